"""A round's captions are measured by whoever holds the job, all of them anew."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from annotation_server.choices import JobKind, JobState, Verdict
from annotation_server.errors import FencedOff
from annotation_server.models import Caption, CaptionMeasure, Image, Job, Round, User
from annotation_server.progress import silent
from annotation_server.queries.reports.captions_to_measure import captions_to_measure
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.measure_captions import Measure, request_measures, store_measures
from tests.conftest import held

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]


def measure(caption: Caption, clip_score: float) -> Measure:
    return Measure(caption_id=caption.pk, encoder="e", vector=[1.0, 0.0], clip_score=clip_score, cider=None)


@pytest.fixture
def doubled(ana: User, ben: User, make_images: Images, open_round: Open, hand_in: HandIn) -> list[Caption]:
    """One image captioned by ana and ben, another one by ana alone."""
    make_images(2)
    round = open_round(annotators_per_image=2, review_share=1.0)
    texts = ((ana, "A green iguana."), (ana, "A lava lizard."), (ben, "An iguana on a rock."))
    return [hand_in(round, person, text) for person, text in texts]


def test_first_captions_have_those_of_others_as_references(doubled: list[Caption], rita: User) -> None:
    of_ana, alone, of_ben = doubled
    fixed = review_caption(
        caption=of_ben, reviewer=rita, verdict=Verdict.FIXED, comment="", text="A marine iguana.", limit=99
    ).fixed_caption
    assert fixed is not None
    rows = list(captions_to_measure(round=of_ana.task.round))
    assert [(row["row_id"], row["caption"], row["references"]) for row in rows] == [
        (str(of_ana.pk), "A green iguana.", ["An iguana on a rock."]),
        (str(of_ben.pk), "An iguana on a rock.", ["A green iguana."]),
        (str(fixed.pk), "A marine iguana.", []),
        (str(alone.pk), "A lava lizard.", []),
    ]
    withdraw_image(image=alone.task.image, withdrawn_by=None, reason="By mail.")
    assert len(list(captions_to_measure(round=of_ana.task.round))) == 3


def test_measures_take_the_place_of_earlier_ones(doubled: list[Caption]) -> None:
    round = doubled[0].task.round
    for scores in ((20.0, 21.0), (30.0, 31.0)):
        found = [measure(caption, score) for caption, score in zip(doubled, scores, strict=False)]
        job = request_measures(round=round, requested_by=None)
        assert store_measures(hold=held(job), found=found, progress=silent) == 2
        assert Job.objects.get(pk=job.pk).state == JobState.SUCCEEDED
        assert list(CaptionMeasure.objects.order_by("caption").values_list("clip_score", flat=True)) == list(
            scores
        )


def test_one_job_at_a_time_and_a_lost_one_stores_nothing(doubled: list[Caption]) -> None:
    round = doubled[0].task.round
    job = request_measures(round=round, requested_by=None)
    assert request_measures(round=round, requested_by=None) == job
    zombie = held(job)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    held(job)
    with pytest.raises(FencedOff):
        store_measures(hold=zombie, found=[measure(doubled[0], 20.0)], progress=silent)
    assert CaptionMeasure.objects.count() == 0


def test_an_admin_asks_for_it_over_the_api_and_on_the_command_line(
    doubled: list[Caption], ada: User, client_of: Callable[[User], APIClient]
) -> None:
    round = doubled[0].task.round
    asked = client_of(ada).post(f"/api/v1/rounds/{round.pk}/measure/")
    assert (asked.status_code, asked.json()["kind"]) == (202, "measure_captions")
    call_command("measure_captions", "iguanas", 1)
    [job] = Job.objects.filter(kind=JobKind.MEASURE_CAPTIONS)
    assert (job.round, job.requested_by) == (round, ada)
