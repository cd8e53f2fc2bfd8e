"""Skipping, flagging and giving back."""

from collections.abc import Callable

import pytest

from annotation_server.choices import TaskState, Verdict
from annotation_server.errors import InvalidText, TaskNotYours
from annotation_server.models import Caption, Event, Image, Round, Skip, Task, User, WorkingCopy
from annotation_server.queries.review.review_queue import review_queue
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import flag_task, release_task, skip_task

HandIn = Callable[..., Caption]


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    """An open round with one task."""
    make_images(1)
    return open_round(review_share=1.0)


@pytest.fixture
def task(round: Round, ana: User) -> Task:
    """Held by ana."""
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    return Task.objects.get(pk=task_id)


def test_a_skipped_task_goes_on_to_somebody_else(task: Task, ana: User, ben: User, round: Round) -> None:
    skip_task(task=task, annotator=ana, reason=" Too dark. ")
    task.refresh_from_db()
    assert (task.state, task.annotator, task.lease_expires_at) == (TaskState.PENDING, None, None)
    assert list(Skip.objects.values_list("annotator__username", "reason", "note")) == [
        ("ana", "", "Too dark.")
    ]
    assert Event.objects.get(verb="task.skipped").after == {
        "reason": "",
        "note": "Too dark.",
        "retired": False,
    }
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [task.pk]


def test_a_task_that_two_people_skipped_stays_skipped(task: Task, ana: User, ben: User, round: Round) -> None:
    skip_task(task=task, annotator=ana, reason="Too dark.")
    claim_tasks(round_id=round.pk, annotator=ben, count=1)
    skip_task(task=task, annotator=ben, reason="Too dark.")
    task.refresh_from_db()
    assert (task.state, task.annotator) == (TaskState.SKIPPED, None)


def test_a_flagged_task_is_still_held_and_comes_up_for_review(
    task: Task, ana: User, rita: User, round: Round, hand_in: HandIn
) -> None:
    flag_task(task=task, annotator=ana, reason="Is this a person?")
    task.refresh_from_db()
    assert (task.state, task.annotator, task.flagged, task.flag_note) == (
        TaskState.CLAIMED,
        ana,
        True,
        "Is this a person?",
    )
    caption = hand_in(round, ana, task=task)
    Task.objects.filter(pk=task.pk).update(needs_review=False)
    assert list(review_queue(round=round, reviewer=rita)) == [caption]


def test_a_task_given_back_keeps_its_words(task: Task, ana: User, round: Round) -> None:
    WorkingCopy.objects.filter(task=task).update(text="So far", version=3)
    release_task(task=task, annotator=ana)
    task.refresh_from_db()
    assert (task.state, task.annotator) == (TaskState.PENDING, None)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == [task.pk]
    assert WorkingCopy.objects.get(task=task, annotator=ana).text == "So far"


def test_a_returned_task_stays_with_its_author(
    task: Task, ana: User, rita: User, round: Round, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana, task=task)
    review_caption(
        caption=caption, reviewer=rita, verdict=Verdict.RETURNED, comment="No.", text=None, limit=9
    )
    release_task(task=task, annotator=ana)
    task.refresh_from_db()
    assert (task.state, task.annotator) == (TaskState.RETURNED, ana)


@pytest.mark.parametrize("reason", ["", "  \n", "nul \x00", "x" * 2_001])
def test_a_reason_is_asked_for(task: Task, ana: User, reason: str) -> None:
    for step in (skip_task, flag_task):
        with pytest.raises(InvalidText):
            step(task=task, annotator=ana, reason=reason)
    task.refresh_from_db()
    assert (task.state, task.flagged, Skip.objects.count()) == (TaskState.CLAIMED, False, 0)


def test_only_who_holds_the_task_may(task: Task, ben: User) -> None:
    for step in (skip_task, flag_task):
        with pytest.raises(TaskNotYours):
            step(task=task, annotator=ben, reason="Mine.")
    with pytest.raises(TaskNotYours):
        release_task(task=task, annotator=ben)
