"""Own captions are reopened: any that nobody reviewed. Until the next one is handed in the caption stands, whatever happens."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from annotation_server.choices import TaskState, Verdict
from annotation_server.errors import Paused, TaskNotYours
from annotation_server.models import Caption, Event, Image, Membership, Round, Task, User, WorkingCopy
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.people.change_member import deactivate_person, pause_member
from annotation_server.steps.people.remove_member import remove_member
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import check_closing, close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.save_working_copy import save_working_copy
from annotation_server.steps.tasks.skip_task import release_task, skip_task
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.steps.tasks.undo_submission import undo_submission
from tests.at_once import at_once

HandIn = Callable[..., Caption]
STANDS = (TaskState.SUBMITTED, "ana")


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(3)
    return open_round()


def reopen(caption: Caption) -> None:
    undo_submission(
        caption=Caption.objects.select_related("task").get(pk=caption.pk), annotator=caption.annotator
    )


def end_lease(caption: Caption) -> None:
    Task.objects.filter(pk=caption.task_id).update(lease_expires_at=Now() - timedelta(seconds=1))


def now(caption: Caption) -> tuple[str, str | None]:
    task = Task.objects.select_related("annotator").get(pk=caption.task_id)
    return task.state, task.annotator.username if task.annotator else None


def test_an_earlier_one_and_the_last_are_reopened_and_come_first(
    round: Round, ana: User, hand_in: HandIn
) -> None:
    first, second = hand_in(round, ana, "A lizard."), hand_in(round, ana, "A rock.")
    [third] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    reopen(second)
    reopen(first)
    assert [event.object_id for event in Event.objects.filter(verb="caption.undone").order_by("id")] == [
        str(second.pk),
        str(first.pk),
    ]
    assert claim_tasks(round_id=round.pk, annotator=ana, count=3) == [first.task_id, second.task_id, third]
    assert WorkingCopy.objects.get(task=first.task_id).text == "A lizard."


def test_it_stands_again_when_the_lease_has_ended_and_goes_to_nobody_else(
    round: Round, ana: User, ben: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    reopen(caption)
    assert caption.task_id not in claim_tasks(round_id=round.pk, annotator=ben, count=9)
    assert now(caption) == (TaskState.CLAIMED, "ana")
    end_lease(caption)
    assert caption.task_id not in claim_tasks(round_id=round.pk, annotator=ben, count=9)
    assert now(caption) == STANDS
    assert not WorkingCopy.objects.filter(task=caption.task_id, lease_lost=True).exists()


def test_its_author_goes_on_with_it_after_the_lease_unless_somebody_asked_meanwhile(
    round: Round, ana: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    reopen(caption)
    end_lease(caption)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == [caption.task_id]
    assert now(caption) == (TaskState.CLAIMED, "ana")


def test_words_typed_before_the_lease_ended_are_there_when_it_is_reopened_again(
    round: Round, ana: User, ben: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana, "A lizard.")
    reopen(caption)
    task, copy = Task.objects.get(pk=caption.task_id), WorkingCopy.objects.get(task=caption.task_id)
    save_working_copy(task=task, annotator=ana, text="A lizard on", version=copy.version, limit=99)
    end_lease(caption)
    claim_tasks(round_id=round.pk, annotator=ben, count=9)
    reopen(caption)
    assert WorkingCopy.objects.get(task=caption.task_id, annotator=ana).text == "A lizard on"


def test_what_a_reviewer_returned_still_goes_to_others_after_the_lease(
    round: Round, ana: User, ben: User, rita: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    review_caption(
        caption=caption, reviewer=rita, verdict=Verdict.RETURNED, comment="Why?", text=None, limit=99
    )
    claim_tasks(round_id=round.pk, annotator=ana, count=1)
    end_lease(caption)
    assert caption.task_id in claim_tasks(round_id=round.pk, annotator=ben, count=9)


def test_it_stands_when_the_round_is_closed(round: Round, ana: User, hand_in: HandIn) -> None:
    plain, flagged = hand_in(round, ana), hand_in(round, ana)
    Task.objects.filter(pk=flagged.task_id).update(flagged=True)
    for caption in (plain, flagged):
        reopen(caption)
    check = check_closing(round=round)
    assert (check.unfinished, check.accepted_if_closed, check.flagged) == (1, 1, 1)
    close_round(round=round, closed_by=None)
    assert now(plain) == (TaskState.ACCEPTED, "ana")
    assert now(flagged) == STANDS


@pytest.mark.parametrize("how", ["paused", "removed", "deactivated"])
def test_it_stands_when_its_author_leaves(
    round: Round, ana: User, ada: User, hand_in: HandIn, how: str
) -> None:
    caption = hand_in(round, ana)
    reopen(caption)
    [other] = set(claim_tasks(round_id=round.pk, annotator=ana, count=2)) - {caption.task_id}
    member = Membership.objects.get(user=ana)
    if how == "paused":
        assert pause_member(membership=member, paused_by=ada) == 1
    elif how == "removed":
        assert remove_member(membership=member, removed_by=ada) == 1
    else:
        assert deactivate_person(user=ana, deactivated_by=ada) == 1
    assert now(caption) == STANDS
    assert Task.objects.get(pk=other).state == TaskState.PENDING


def test_giving_it_back_keeps_it_with_its_author_and_skipping_passes_it_on(
    round: Round, ana: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    reopen(caption)
    release_task(task=Task.objects.get(pk=caption.task_id), annotator=ana)
    assert now(caption) == (TaskState.CLAIMED, "ana")
    skip_task(task=Task.objects.get(pk=caption.task_id), annotator=ana, reason="Too dark.")
    assert now(caption) == (TaskState.PENDING, None)


def refusal(caption: Caption, annotator: User) -> str:
    with pytest.raises(TaskNotYours) as refused:
        undo_submission(
            caption=Caption.objects.select_related("task").get(pk=caption.pk), annotator=annotator
        )
    return refused.value.message


def test_the_refusal_says_why(round: Round, ana: User, ben: User, rita: User, hand_in: HandIn) -> None:
    reviewed, again, gone = (hand_in(round, ana) for _ in range(3))
    assert refusal(reviewed, ben).startswith("This caption is somebody else's.")
    review_caption(caption=reviewed, reviewer=rita, verdict=Verdict.ACCEPTED, comment="", text=None, limit=99)
    assert refusal(reviewed, ana).startswith("A reviewer has decided")
    reopen(again)
    assert refusal(again, ana).startswith("You have taken this caption back already.")
    submit_caption(
        task_id=again.task_id,
        annotator=ana,
        submission_id=uuid4(),
        text="A newer one.",
        seconds=None,
        concepts=[],
    )
    assert refusal(again, ana).startswith("This caption is not its task's any more")
    withdraw_image(image=gone.task.image, reason="Asked for.", withdrawn_by=None)
    assert refusal(gone, ana).startswith("This picture was taken down")


def test_who_is_paused_reopens_nothing(round: Round, ana: User, ada: User, hand_in: HandIn) -> None:
    caption = hand_in(round, ana)
    pause_member(membership=Membership.objects.get(user=ana), paused_by=ada)
    with pytest.raises(Paused):
        reopen(caption)
    assert now(caption) == STANDS


@pytest.mark.django_db(transaction=True)
def test_of_a_reviewer_and_the_author_at_once_one_wins(
    round: Round, ana: User, rita: User, hand_in: HandIn
) -> None:
    for _ in range(3):
        caption = hand_in(round, ana)
        answers = at_once(
            [
                lambda caption=caption: reopen(caption),  # type: ignore[misc]
                lambda caption=caption: review_caption(  # type: ignore[misc]
                    caption=caption,
                    reviewer=rita,
                    verdict=Verdict.ACCEPTED,
                    comment="",
                    text=None,
                    limit=99,
                ),
            ]
        )
        refused = [isinstance(answer, Exception) for answer in answers]
        assert sorted(refused) == [False, True]
        assert now(caption) == ((TaskState.ACCEPTED if refused[0] else TaskState.CLAIMED), "ana")
