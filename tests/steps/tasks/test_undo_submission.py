"""Taking a submission back."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from annotation_server.choices import TaskState
from annotation_server.errors import RoundClosed, TaskNotYours
from annotation_server.models import Caption, Image, Round, Task, User, WorkingCopy
from annotation_server.queries.review.review_queue import review_queue
from annotation_server.queries.review.standing_reviews import reviews_at_hand
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.steps.tasks.undo_submission import undo_submission


def submit(task_id: int, annotator: User, text: str) -> Caption:
    submission = submit_caption(
        task_id=task_id,
        annotator=annotator,
        submission_id=uuid4(),
        text=text,
        seconds=None,
        concepts=[],
    )
    return Caption.objects.get(pk=submission.caption.pk)


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(1)
    return open_round()


def test_the_annotator_goes_on_with_the_text_and_the_next_caption_is_its_child(
    round: Round, ana: User
) -> None:
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    first = submit(task_id, ana, "A lizard.")
    undo_submission(caption=first, annotator=ana)
    assert Task.objects.get(pk=task_id).state == TaskState.CLAIMED
    assert WorkingCopy.objects.get(task=task_id, annotator=ana).text == "A lizard."
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == [task_id]
    second = submit(task_id, ana, "An iguana.")
    assert second.parent == first
    assert Task.objects.get(pk=task_id).current_caption == second
    with pytest.raises(TaskNotYours):
        undo_submission(caption=first, annotator=ana)


def test_what_was_taken_back_is_not_read_with_the_last_one(round: Round, ana: User, rita: User) -> None:
    """One person can make any number of them."""
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    for turn in range(3):
        caption = submit(task_id, ana, f"An iguana {turn}.")
        undo_submission(caption=caption, annotator=ana)
    last = submit(task_id, ana, "An iguana.")
    Task.objects.update(needs_review=True)
    for rows in (
        review_queue(round=round, reviewer=rita),
        Caption.objects.prefetch_related(*reviews_at_hand()).filter(pk=last.pk),
    ):
        [read] = rows
        assert list(read.task.captions.all()) == [last]


def test_nobody_elses_and_not_after_the_round_closed(round: Round, ana: User, ben: User) -> None:
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    caption = submit(task_id, ana, "An iguana.")
    with pytest.raises(TaskNotYours):
        undo_submission(caption=caption, annotator=ben)
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        undo_submission(caption=caption, annotator=ana)
