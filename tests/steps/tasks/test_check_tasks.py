"""Check tasks: planted at launch, unrecognisable to annotators, scored, reviewed when failed, never exported or trained on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from rest_framework.test import APIClient

from annotation_server.choices import CheckKind, StartingText, TaskState, Verdict
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Image,
    Project,
    Round,
    Task,
    TrainingSetRow,
    User,
    WorkingCopy,
)
from annotation_server.options.export_round import ExportOptions
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.reports.provenance import WordOrigin, word_origins
from annotation_server.queries.reports.round_report import round_report
from annotation_server.queries.review.review_queue import review_queue
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.exports.export_round import export_round
from annotation_server.steps.review.adjudicate import adjudicate
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import skip_task

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]
TEXT = "A green iguana basks on a rock near Puerto Ayora."


def accept(caption: Caption, reviewer: User) -> None:
    review_caption(
        caption=caption, reviewer=reviewer, verdict=Verdict.ACCEPTED, comment="", text=None, limit=1_000
    )


@pytest.fixture
def checked_round(
    ana: User, rita: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> Round:
    """A second round from the reviewed captions of the first: ten tasks and five checks."""
    make_images(10)
    first = open_round(review_share=1.0)
    for _ in range(10):
        accept(hand_in(first, ana, TEXT), rita)
    train(first)
    return open_round(starting_text=StartingText.PREVIOUS_CAPTION, check_share=0.5, seed=3)


def checks_of(round: Round) -> list[Task]:
    return list(Task.objects.filter(round=round).exclude(check_kind="").order_by("position"))


def take(round: Round, annotator: User, task: Task) -> None:
    """As if the claim had come to it."""
    Task.objects.filter(round=round, position__lt=task.position, state=TaskState.PENDING).update(
        state=TaskState.SKIPPED
    )
    assert claim_tasks(round_id=round.pk, annotator=annotator, count=1) == [task.pk]


def test_a_launch_plants_errors_into_reviewed_captions(checked_round: Round) -> None:
    checks = checks_of(checked_round)
    assert len(checks) == 5
    assert len({check.image_id for check in checks}) == 5
    for check in checks:
        assert check.previous_caption is not None
        assert check.previous_caption.text == TEXT
        assert check.starting_text != TEXT
        assert check.check_wrong in check.starting_text
        assert check.check_kind in CheckKind.values
    tasks = Task.objects.filter(round=checked_round).order_by("position")
    assert len({task.position for task in tasks}) == 15
    assert [task.pk for task in tasks] == sorted(task.pk for task in tasks)
    usual = [task.image_id for task in tasks if task.position % 2 == 0]
    assert usual == sorted(set(Image.objects.values_list("id", flat=True)))


def test_what_no_reviewer_saw_is_no_basis_of_a_check(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(4)
    first = open_round()
    for _ in range(4):
        hand_in(first, ana, TEXT)
    train(first)
    settings = RoundSettings(starting_text=StartingText.PREVIOUS_CAPTION, check_share=0.5)
    preview = launch_preview(project=project, settings=settings)
    assert (preview.tasks, preview.checks) == (4, 0)
    assert preview.warnings == [
        "2 check tasks are wanted, but only 0 can be made: they need drafts, or previous captions that were reviewed."
    ]
    from_drafts = RoundSettings(starting_text=StartingText.DRAFT, check_share=0.5)
    assert launch_preview(project=project, settings=from_drafts).checks == 2


def test_the_preview_shows_what_would_be_planted(project: Project, checked_round: Round) -> None:
    checks = checks_of(checked_round)
    settings = RoundSettings(starting_text=StartingText.PREVIOUS_CAPTION, check_share=0.5, seed=3)
    preview = launch_preview(project=project, settings=settings)
    assert preview.checks == 5
    assert {one["after"] for one in preview.planted} <= {check.starting_text for check in checks}
    assert {one["before"] for one in preview.planted} == {TEXT}
    assert len(preview.planted) == 3


def test_more_than_half_are_refused(make_images: Images, open_round: Open) -> None:
    make_images(1)
    with pytest.raises(ValidationError):
        open_round(check_share=0.6)


def shape(value: Any) -> Any:
    """Names and types, without the values."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return [shape(one) for one in value[:1]] if isinstance(value, list) else type(value).__name__


def test_an_annotator_cannot_tell_a_check(
    checked_round: Round, ben: User, client_of: Callable[..., APIClient]
) -> None:
    client = client_of(ben)
    check = checks_of(checked_round)[-1]
    real = Task.objects.filter(round=checked_round, check_kind="").order_by("position").first()
    assert real is not None
    take(checked_round, ben, real)
    ordinary = client.get(f"/api/v1/tasks/{real.pk}/").json()
    body = {"submission_id": "00000000-0000-0000-0000-000000000001", "text": "An iguana."}
    of_ordinary = client.post(f"/api/v1/tasks/{ordinary['id']}/submit/", body, format="json").json()
    take(checked_round, ben, check)
    shown = client.get(f"/api/v1/tasks/{check.pk}/").json()
    assert shape(shown) == shape(ordinary)
    assert shown["previous_caption"] == shown["starting_text"] == check.starting_text
    body["submission_id"] = "00000000-0000-0000-0000-000000000002"
    answer = client.post(
        f"/api/v1/tasks/{check.pk}/submit/", body | {"text": check.starting_text}, format="json"
    )
    assert shape(answer.json()) == shape(of_ordinary)
    mine = client.get("/api/v1/captions/?mine=1").json()["results"]
    assert shape(mine[0]) == shape(mine[1])
    assert (mine[0]["parent_similarity"], mine[0]["similarity"]) == (1.0, 1.0)
    text = json.dumps([shown, answer.json(), mine, client.get(f"/api/v1/rounds/{checked_round.pk}/").json()])
    assert "check_kind" not in text
    assert '"check_share": null' in text
    assert client.get(f"/api/v1/rounds/{checked_round.pk}/review-queue/").status_code == 403


def test_the_words_of_a_failed_check_are_not_the_annotators(
    checked_round: Round, ben: User, hand_in: HandIn
) -> None:
    check = checks_of(checked_round)[0]
    take(checked_round, ben, check)
    origins = word_origins(caption=hand_in(checked_round, ben, check.starting_text, task=check))
    assert "round 2 by ben" not in {one.origin for one in origins}
    assert WordOrigin(origin="round 2 by ben", words=["Really"]) in word_origins(
        caption=Caption(
            task=check,
            annotator=ben,
            parent=check.previous_caption,
            alt_text=check.alt_text,
            text=f"Really {check.starting_text}",
        )
    )


def test_a_draft_with_an_error_is_shown_as_if_it_were_written_so(
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
    client_of: Callable[..., APIClient],
) -> None:
    make_images(4)
    first = open_round()
    for _ in range(4):
        hand_in(first, ana, TEXT)
    train(first)
    round = open_round(starting_text=StartingText.DRAFT, check_share=0.25)
    [check] = checks_of(round)
    take(round, ben, check)
    shown = client_of(ben).get(f"/api/v1/tasks/{check.pk}/").json()
    assert (
        "".join(shown["draft"]["pieces"])
        == shown["draft"]["text"]
        == shown["starting_text"]
        == check.starting_text
    )


def test_people_are_scored(
    checked_round: Round, ben: User, rita: User, person: Callable[..., User], hand_in: HandIn
) -> None:
    eva = person("eva")
    first, second, *_ = checks_of(checked_round)
    take(checked_round, ben, first)
    failed = hand_in(checked_round, ben, f"Well: {first.starting_text}", task=first)
    take(checked_round, eva, second)
    passed = hand_in(checked_round, eva, TEXT, task=second)
    assert (failed.check_passed, passed.check_passed) == (False, True)
    of_ben, of_eva = people_report(round=checked_round)
    assert (of_ben.checks, of_ben.checks_passed) == (1, 0)
    assert (of_eva.checks, of_eva.checks_passed) == (1, 1)


@pytest.mark.parametrize(("share", "coming_up"), [(0.0, 0), (1.0, 15)])
def test_checks_come_up_for_review_as_all_others_do(
    checked_round: Round,
    rita: User,
    person: Callable[..., User],
    hand_in: HandIn,
    share: float,
    coming_up: int,
) -> None:
    Round.objects.filter(pk=checked_round.pk).update(review_share=share)
    for one in (person("eva"), person("fay")):
        while claim_tasks(round_id=checked_round.pk, annotator=one, count=1):
            for task in Task.objects.filter(annotator=one, state=TaskState.CLAIMED):
                hand_in(checked_round, one, task.starting_text, task=task)
    assert review_queue(round=checked_round, reviewer=rita).count() == coming_up


def test_correcting_it_after_the_review_does_not_count(
    checked_round: Round, ben: User, rita: User, hand_in: HandIn
) -> None:
    Round.objects.filter(pk=checked_round.pk).update(review_share=1.0)
    check = checks_of(checked_round)[0]
    take(checked_round, ben, check)
    failed = hand_in(checked_round, ben, check.starting_text, task=check)
    review_caption(
        caption=failed, reviewer=rita, verdict=Verdict.RETURNED, comment="No.", text=None, limit=99
    )
    assert hand_in(checked_round, ben, TEXT, task=check).check_passed
    [of_ben] = people_report(round=checked_round)
    assert (of_ben.checks, of_ben.checks_passed) == (1, 0)


def test_a_claim_is_filled_up_where_an_image_would_come_twice(checked_round: Round, ben: User) -> None:
    """One too few would tell that one of its images has a check."""
    ids = claim_tasks(round_id=checked_round.pk, annotator=ben, count=9)
    images = list(Task.objects.filter(pk__in=ids).values_list("image", flat=True))
    assert (len(ids), len(set(images))) == (9, 9)


def test_nobody_gets_an_error_in_a_text_that_they_met_without_it(
    checked_round: Round, ben: User, ana: User, hand_in: HandIn, train: Train, open_round: Open
) -> None:
    """Their earlier task still shows it, and so does their own caption."""
    for task_id in claim_tasks(round_id=checked_round.pk, annotator=ben, count=20):
        skip_task(task=Task.objects.get(pk=task_id), annotator=ben, reason="", note="Later.")
    seen = set(WorkingCopy.objects.filter(annotator=ben).values_list("task__previous_caption", flat=True))
    train(checked_round)
    again = open_round(
        starting_text=StartingText.PREVIOUS_CAPTION, check_share=0.5, seed=3, own_previous_allowed=True
    )
    checks = {check.pk: check.previous_caption_id for check in checks_of(again)}
    assert seen & set(checks.values())
    of_ana = claim_tasks(round_id=again.pk, annotator=ana, count=5)
    of_ben = claim_tasks(round_id=again.pk, annotator=ben, count=20)
    assert (len(of_ana), len(of_ben)) == (5, 5)
    assert not set(of_ana) & checks.keys()
    assert not {checks.get(task_id) for task_id in of_ben} & seen


def test_choosing_a_caption_accepts_the_check_of_the_image_too(
    ana: User,
    ben: User,
    rita: User,
    person: Callable[..., User],
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(2)
    first = open_round()
    for _ in range(2):
        accept(hand_in(first, ana, TEXT), rita)
    train(first)
    round = open_round(starting_text=StartingText.PREVIOUS_CAPTION, annotators_per_image=2, check_share=0.25)
    [check] = checks_of(round)
    captions = {}
    for one, task in zip(
        (ben, person("eva"), person("fay")), Task.objects.filter(round=round, image=check.image), strict=True
    ):
        take(round, one, task)
        captions[task.pk] = hand_in(round, one, TEXT, task=task)
    seen = [caption.pk for task, caption in captions.items() if task != check.pk]
    adjudicate(round=round, image_id=check.image_id, seen=seen, chosen=seen[0], decided_by=rita)
    assert set(Task.objects.filter(pk__in=captions).values_list("state", flat=True)) == {TaskState.ACCEPTED}


def test_only_admins_see_the_checks_counted(
    checked_round: Round,
    ben: User,
    rita: User,
    ada: User,
    client_of: Callable[..., APIClient],
    hand_in: HandIn,
) -> None:
    def counts(user: User) -> dict[str, int]:
        told = client_of(user).get(f"/api/v1/rounds/{checked_round.pk}/").json()["counts"]
        return {name: number for name, number in told.items() if number}

    for task_id in claim_tasks(round_id=checked_round.pk, annotator=ben, count=9):
        hand_in(checked_round, ben, TEXT, task=Task.objects.get(pk=task_id))
    assert counts(ada) == {"pending": 6, "submitted": 9, "total": 15}
    assert counts(ben) == counts(rita) == {"pending": 4, "submitted": 6, "total": 10}


def test_leaving_errors_in_raises_an_alarm(checked_round: Round, ben: User, hand_in: HandIn) -> None:
    for check in checks_of(checked_round)[:3]:
        take(checked_round, ben, check)
        hand_in(checked_round, ben, check.starting_text, task=check)
    [of_ben] = people_report(round=checked_round)
    assert of_ben.alarms == ["Left the planted error in 3 of 3 check tasks."]


@pytest.fixture
def closed_round(
    checked_round: Round, ben: User, person: Callable[..., User], hand_in: HandIn, train: Train
) -> Round:
    """Everything was handed in, the checks by eva, with a word that tells their captions."""
    eva = person("eva")
    for check in checks_of(checked_round):
        Task.objects.filter(pk=check.pk).update(
            state=TaskState.CLAIMED, annotator=eva, lease_expires_at=check.round.opened_at
        )
        hand_in(checked_round, eva, f"{TEXT} TELLTALE", task=check)
    while claim_tasks(round_id=checked_round.pk, annotator=ben, count=1):
        hand_in(checked_round, ben, f"{TEXT} By ben.")
    train(checked_round)
    return checked_round


@pytest.mark.django_db(transaction=True)
def test_checks_reach_no_training_set_no_export_and_no_next_round(
    closed_round: Round, project: Project, open_round: Open, tmp_path: Path
) -> None:
    assert (
        Task.objects.filter(round=closed_round, state=TaskState.ACCEPTED).exclude(check_kind="").count() == 5
    )
    trained = TrainingSetRow.objects.filter(training_set__through_round=closed_round)
    assert {row.caption.text for row in trained} == {f"{TEXT} By ben."}
    export_round(
        project=project,
        round=closed_round,
        format="jsonl",
        folder=tmp_path / "out",
        options=ExportOptions(),
        requested_by=None,
        progress=lambda **_: None,
    )
    written = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "By ben." in written
    assert "TELLTALE" not in written
    third = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    assert set(Task.objects.filter(round=third).values_list("starting_text", flat=True)) == {
        f"{TEXT} By ben."
    }
    assert round_report(round=closed_round).drafted.captions == 10


def test_the_database_keeps_checks_out_of_training_sets(
    closed_round: Round, refused: Callable[[str], Any]
) -> None:
    caption = Caption.objects.filter(task__round=closed_round).exclude(task__check_kind="").first()
    assert caption is not None
    row = TrainingSetRow.objects.filter(training_set__through_round=closed_round).first()
    assert row is not None
    with refused("training_set_row_not_held_out"):
        TrainingSetRow.objects.create(
            training_set=row.training_set, caption=caption, image_id=caption.task.image_id
        )


def test_what_was_planted_never_changes(checked_round: Round, refused: Callable[[str], Any]) -> None:
    with refused("task_starting_text_is_fixed"):
        Task.objects.filter(round=checked_round).exclude(check_kind="").update(check_wrong="something else")
