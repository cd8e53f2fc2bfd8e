"""Closing: what is unfinished is cancelled, what was handed in is accepted unless it is flagged, and the job follows."""

from collections.abc import Callable

import pytest
from django.db.models import Count

from annotation_server.choices import JobKind, RoundState, TaskState, Verdict
from annotation_server.errors import RoundClosed
from annotation_server.models import Caption, Image, Job, Project, Round, Task, User
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import ClosingCheck, check_closing, close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import flag_task
from tests.at_once import at_once


@pytest.fixture
def round(
    project: Project,
    ana: User,
    ben: User,
    rita: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> Round:
    """One task of each kind: accepted, returned, flagged, waiting for review, submitted, claimed, pending."""
    make_images(7)
    round = open_round()
    captions = [hand_in(round, ana, f"Text {number}.") for number in range(4)]
    for caption, verdict in ((captions[0], Verdict.ACCEPTED), (captions[1], Verdict.RETURNED)):
        review_caption(caption=caption, reviewer=rita, verdict=verdict, comment="Why?", text=None, limit=99)
    Task.objects.filter(pk=captions[2].task_id).update(needs_review=True)
    [flagged, _] = claim_tasks(round_id=round.pk, annotator=ben, count=2)
    flag_task(task=Task.objects.get(pk=flagged), annotator=ben, reason="Look at this.")
    hand_in(round, ben, task=Task.objects.get(pk=flagged))
    return round


def by_state(round: Round) -> dict[str, int]:
    counted = Task.objects.filter(round=round).order_by().values("state").annotate(n=Count("id"))
    return {row["state"]: row["n"] for row in counted}


def test_the_check_counts_and_changes_nothing(round: Round) -> None:
    before = by_state(round)
    assert check_closing(round=round) == ClosingCheck(
        unfinished=3, waiting_for_review=2, flagged=1, accepted_if_closed=3
    )
    assert by_state(round) == before


def test_closing_settles_every_task(round: Round) -> None:
    close_round(round=round, closed_by=None)
    round.refresh_from_db()
    assert round.state == RoundState.CLOSING
    assert by_state(round) == {TaskState.ACCEPTED: 3, TaskState.CANCELLED: 3, TaskState.SUBMITTED: 1}
    assert Task.objects.get(round=round, state=TaskState.SUBMITTED).flagged


def test_closing_queues_the_training_set(round: Round, ada: User) -> None:
    job = close_round(round=round, closed_by=ada)
    assert list(Job.objects.values_list("pk", "kind", "round", "requested_by")) == [
        (job.pk, JobKind.BUILD_TRAINING_SET, round.pk, ada.pk)
    ]


def test_a_second_close_is_refused(round: Round) -> None:
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        close_round(round=round, closed_by=None)
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_closes_at_once_one_counts(round: Round) -> None:
    answers = at_once([lambda: close_round(round=round, closed_by=None)] * 4)
    assert sum(isinstance(one, Job) for one in answers) == 1
    assert {type(one) for one in answers if isinstance(one, Exception)} == {RoundClosed}
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_claims_during_a_close_leave_no_task_held(
    person: Callable[..., User], make_images: Callable[..., list[Image]], open_round: Callable[..., Round]
) -> None:
    make_images(200)
    round = open_round()
    people = [person(f"person{number}") for number in range(16)]

    def claim(one: User) -> object:
        return claim_tasks(round_id=round.pk, annotator=one, count=5)

    def close() -> object:
        return close_round(round=round, closed_by=None)

    claims = [lambda one=one: claim(one) for one in people]
    answers = at_once([*claims[:8], close, *claims[8:]])
    assert {type(one) for one in answers if isinstance(one, Exception)} <= {RoundClosed}
    assert isinstance(answers[8], Job)
    assert by_state(round) == {TaskState.CANCELLED: 200}
