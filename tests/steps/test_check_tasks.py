"""Check tasks: planted at launch, unrecognisable to annotators, scored, reviewed when failed, never exported or trained on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import CheckKind, StartingText, TaskState, Verdict
from annotation_server.errors import InvalidSettings
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Export,
    Image,
    Project,
    Round,
    Task,
    TrainingSetRow,
    User,
)
from annotation_server.queries.launch_plan import RoundSettings
from annotation_server.queries.launch_preview import launch_preview
from annotation_server.queries.people_report import people_report
from annotation_server.queries.provenance import WordOrigin, word_origins
from annotation_server.queries.review_queue import review_queue
from annotation_server.queries.round_report import round_report
from annotation_server.steps.claim_task import claim_tasks
from annotation_server.steps.export_round import write_export
from annotation_server.steps.review_caption import review_caption

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
    positions = (
        Task.objects.filter(round=checked_round).order_by("position").values_list("position", "check_kind")
    )
    assert len({position for position, _ in positions}) == 15
    assert [position for position, kind in positions if not kind] == [2 * number for number in range(1, 11)]


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
    with pytest.raises(InvalidSettings):
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
    [ordinary] = client.post(f"/api/v1/rounds/{checked_round.pk}/claim/", {"count": 1}, format="json").json()[
        "tasks"
    ]
    assert not Task.objects.get(pk=ordinary["id"]).check_kind
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


def test_a_draft_with_an_error_has_tokens_that_fit_it(
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
    assert shown["draft"]["text"] == shown["starting_text"] == check.starting_text


def test_people_are_scored_and_failures_come_up_for_review(
    checked_round: Round, ben: User, rita: User, person: Callable[..., User], hand_in: HandIn
) -> None:
    eva = person("eva")
    first, second, *_ = checks_of(checked_round)
    take(checked_round, ben, first)
    failed = hand_in(checked_round, ben, f"Well: {first.starting_text}", task=first)
    take(checked_round, eva, second)
    passed = hand_in(checked_round, eva, TEXT, task=second)
    assert (failed.check_passed, passed.check_passed) == (False, True)
    assert [caption.pk for caption in review_queue(round=checked_round, reviewer=rita)] == [failed.pk]
    of_ben, of_eva = people_report(round=checked_round)
    assert (of_ben.checks, of_ben.checks_passed) == (1, 0)
    assert (of_eva.checks, of_eva.checks_passed) == (1, 1)


def test_correcting_it_after_the_review_does_not_count(
    checked_round: Round, ben: User, rita: User, hand_in: HandIn
) -> None:
    check = checks_of(checked_round)[0]
    take(checked_round, ben, check)
    failed = hand_in(checked_round, ben, check.starting_text, task=check)
    review_caption(
        caption=failed, reviewer=rita, verdict=Verdict.RETURNED, comment="No.", text=None, limit=99
    )
    assert hand_in(checked_round, ben, TEXT, task=check).check_passed
    [of_ben] = people_report(round=checked_round)
    assert (of_ben.checks, of_ben.checks_passed) == (1, 0)


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
    export = Export.objects.create(project=project, round=closed_round, format="jsonl")
    write_export(export=export, folder=tmp_path / "out", progress=lambda **_: None)
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
