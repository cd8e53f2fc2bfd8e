"""Reviewing: one verdict per caption, never one's own, on the text that was read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from annotation_server.choices import Role, TaskState, Verdict
from annotation_server.errors import InvalidSettings, InvalidText, RoundClosed, TaskNotReviewable
from annotation_server.models import Caption, Event, Image, Review, Round, Task, User
from annotation_server.queries.review.review_queue import review_queue, siblings
from annotation_server.queries.tasks.task_view import task_views
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.undo_submission import undo_submission
from tests.at_once import at_once

HandIn = Callable[..., Caption]


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    """An open round with one task, everything of which comes up for review."""
    make_images(1)
    return open_round(review_share=1.0)


@pytest.fixture
def caption(round: Round, ana: User, hand_in: HandIn) -> Caption:
    """By ana."""
    return hand_in(round, ana)


def review(
    caption: Caption, reviewer: User, verdict: Verdict, comment: str = "", text: str | None = None
) -> Review:
    return review_caption(
        caption=caption, reviewer=reviewer, verdict=verdict, comment=comment, text=text, limit=1_000
    )


def test_an_accepted_caption_is_the_tasks(caption: Caption, rita: User) -> None:
    review(caption, rita, Verdict.ACCEPTED, " Good. ")
    task = Task.objects.get(pk=caption.task_id)
    assert (task.state, task.current_caption) == (TaskState.ACCEPTED, caption)
    assert list(Review.objects.values_list("reviewer__username", "verdict", "comment")) == [
        ("rita", "accepted", "Good.")
    ]
    assert Event.objects.filter(verb="caption.accepted", actor=rita, object_id=str(caption.pk)).count() == 1


def test_a_returned_caption_goes_back_to_its_author(caption: Caption, rita: User, ana: User) -> None:
    review(caption, rita, Verdict.RETURNED, "Which species?")
    task = Task.objects.get(pk=caption.task_id)
    assert (task.state, task.annotator, task.current_caption) == (TaskState.RETURNED, ana, caption)


def test_a_fix_is_a_child_that_takes_its_place(caption: Caption, rita: User, ana: User) -> None:
    review(caption, rita, Verdict.FIXED, text="A marine iguana.")
    task = Task.objects.get(pk=caption.task_id)
    fixed = Review.objects.get().fixed_caption
    assert fixed is not None
    assert (fixed.text, fixed.parent, fixed.annotator) == ("A marine iguana.", caption, rita)
    assert (task.state, task.annotator, task.current_caption) == (TaskState.ACCEPTED, ana, fixed)
    assert Caption.objects.get(pk=caption.pk).text == "A green iguana."


def test_the_queue_holds_what_is_to_be_decided(caption: Caption, rita: User, ana: User, round: Round) -> None:
    assert list(review_queue(round=round, reviewer=rita)) == [caption]
    assert list(review_queue(round=round, reviewer=ana)) == []
    review(caption, rita, Verdict.ACCEPTED)
    assert list(review_queue(round=round, reviewer=rita)) == []


def test_nobody_reviews_their_own(round: Round, rita: User, hand_in: HandIn) -> None:
    own = hand_in(round, rita)
    with pytest.raises(TaskNotReviewable):
        review(own, rita, Verdict.ACCEPTED)
    assert Review.objects.count() == 0


def test_a_second_verdict_is_refused(caption: Caption, rita: User, ada: User) -> None:
    review(caption, rita, Verdict.ACCEPTED)
    with pytest.raises(TaskNotReviewable):
        review(caption, ada, Verdict.RETURNED, "No.")
    assert Task.objects.get(pk=caption.task_id).state == TaskState.ACCEPTED


def test_a_return_needs_a_comment_and_a_fix_a_text(caption: Caption, rita: User) -> None:
    for verdict, comment, text in [
        (Verdict.RETURNED, " ", None),
        (Verdict.FIXED, "", None),
        (Verdict.FIXED, "", " \n"),
        (Verdict.FIXED, "", "x" * 1_001),
        (Verdict.ACCEPTED, "nul \x00", None),
    ]:
        with pytest.raises(InvalidText):
            review(caption, rita, verdict, comment, text)
    assert (Review.objects.count(), Caption.objects.count()) == (0, 1)


def test_a_caption_that_was_taken_back_cannot_be_decided_on(
    caption: Caption, rita: User, ana: User, round: Round, hand_in: HandIn
) -> None:
    undo_submission(caption=caption, annotator=ana)
    with pytest.raises(TaskNotReviewable):
        review(caption, rita, Verdict.ACCEPTED)
    newer = hand_in(round, ana, "A marine iguana.")
    with pytest.raises(TaskNotReviewable):
        review(caption, rita, Verdict.ACCEPTED)
    review(newer, rita, Verdict.ACCEPTED)


def test_a_closed_round_takes_no_verdicts(caption: Caption, rita: User, round: Round) -> None:
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        review(caption, rita, Verdict.ACCEPTED)


@pytest.fixture
def late_caption(round: Round, ana: User, ben: User, hand_in: HandIn) -> Caption:
    """Ana's, of a task that ben has by now."""
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    Task.objects.filter(pk=task_id).update(lease_expires_at=Now() - timedelta(seconds=1))
    claim_tasks(round_id=round.pk, annotator=ben, count=1)
    return hand_in(round, ana, "Ana's.", task=Task.objects.get(pk=task_id))


def test_a_late_caption_waits_for_a_reviewer(late_caption: Caption, rita: User, round: Round) -> None:
    assert list(review_queue(round=round, reviewer=rita)) == [late_caption]


def test_a_late_caption_that_is_accepted_is_the_tasks(
    late_caption: Caption, rita: User, ana: User, ben: User, round: Round, hand_in: HandIn
) -> None:
    review(late_caption, rita, Verdict.ACCEPTED)
    task = Task.objects.get(pk=late_caption.task_id)
    assert (task.state, task.annotator, task.current_caption) == (TaskState.ACCEPTED, ana, late_caption)
    of_ben = hand_in(round, ben, "Ben's.", task=task)
    assert of_ben.late
    assert Task.objects.get(pk=task.pk).current_caption == late_caption


def test_a_late_caption_that_is_returned_leaves_the_holder_alone(
    late_caption: Caption, rita: User, ben: User
) -> None:
    review(late_caption, rita, Verdict.RETURNED, "The other one is better.")
    task = Task.objects.get(pk=late_caption.task_id)
    assert (task.state, task.annotator) == (TaskState.CLAIMED, ben)


@pytest.mark.django_db(transaction=True)
def test_of_reviewers_at_once_one_decides(caption: Caption, person: Callable[..., User]) -> None:
    reviewers = [person(f"reviewer{number}", Role.REVIEWER) for number in range(8)]
    verdicts = [Verdict.ACCEPTED, Verdict.RETURNED] * 4
    answers = at_once(
        [
            lambda one=one, verdict=verdict: review(caption, one, verdict, "So.")  # type: ignore[misc]
            for one, verdict in zip(reviewers, verdicts, strict=True)
        ]
    )
    decided = [one for one in answers if isinstance(one, Review)]
    assert len(decided) == 1
    assert {type(one) for one in answers if isinstance(one, Exception)} == {TaskNotReviewable}
    assert Review.objects.get() == decided[0]
    assert Task.objects.get(pk=caption.task_id).state == decided[0].verdict


@pytest.mark.django_db(transaction=True)
def test_a_verdict_and_an_undo_at_once_have_one_outcome(caption: Caption, rita: User, ana: User) -> None:
    verdict, undone = at_once(
        [
            lambda: review(caption, rita, Verdict.ACCEPTED),
            lambda: undo_submission(caption=caption, annotator=ana),
        ]
    )
    task = Task.objects.get(pk=caption.task_id)
    if isinstance(verdict, Exception):
        assert (undone, task.state, Review.objects.count()) == (None, TaskState.CLAIMED, 0)
    else:
        assert isinstance(undone, Exception)
        assert task.state == TaskState.ACCEPTED


def test_a_comment_can_be_about_certain_words(caption: Caption, rita: User, ana: User) -> None:
    def returned(anchor: tuple[int, int]) -> Review:
        return review_caption(
            caption=caption,
            reviewer=rita,
            verdict=Verdict.RETURNED,
            comment="Marine?",
            text=None,
            limit=99,
            anchor=anchor,
        )

    for outside in [(-1, 3), (3, 3), (0, len(caption.text) + 1)]:
        with pytest.raises(InvalidSettings):
            returned(outside)
    assert returned((2, 7)).anchor == [2, 7]
    [view] = task_views(task_ids=[caption.task_id], viewer_id=ana.pk)
    assert view["review"] == {
        "verdict": "returned",
        "comment": "Marine?",
        "anchor": [2, 7],
        "reviewer": "rita",
        "caption_text": "A green iguana.",
    }
    assert caption.text[2:7] == "green"


def test_the_others_captions_of_the_image_come_along(
    ana: User,
    ben: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
) -> None:
    make_images(2)
    round = open_round(annotators_per_image=2)
    of_ana, of_ben = hand_in(round, ana, "Ana's."), hand_in(round, ben, "Ben's.")
    assert of_ana.task.image_id == of_ben.task.image_id or of_ana.task.slot == of_ben.task.slot
    hand_in(round, ben, "Ben's other.")
    found = siblings(round=round, captions=[of_ana])
    texts = [one.text for one in found[of_ana.task.image_id]]
    assert set(texts) == {"Ana's.", *(c.text for c in Caption.objects.filter(task__image=of_ana.task.image))}
    assert list(found) == [of_ana.task.image_id]
