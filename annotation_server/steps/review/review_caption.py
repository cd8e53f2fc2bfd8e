"""A reviewer's verdict on a caption: accept, return with a comment, or fix and accept."""

from collections.abc import Sequence

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState, Verdict
from annotation_server.errors import InvalidSettings, InvalidText, RoundClosed, TaskNotReviewable
from annotation_server.models import Adjudication, Caption, Concept, Review, Task, User
from annotation_server.rules.locks import share_round
from annotation_server.rules.rewritten_caption import rewritten_caption, rewritten_concepts
from annotation_server.texts.concepts import ConceptOutcomeGiven, refuse_idle_reasons
from annotation_server.texts.text import as_caption, as_comment


def review_caption(
    *,
    caption: Caption,
    reviewer: User,
    verdict: Verdict,
    comment: str,
    text: str | None,
    limit: int,
    anchor: tuple[int, int] | None = None,
    level: int | None = None,
    concepts: Sequence[ConceptOutcomeGiven] | None = None,
) -> Review:
    """Store the verdict; the task becomes accepted, waits for the next level of review, or goes back to its author.

    `level` is the one that the reviewer decides for; it may be left out in rounds with one. Of two reviewers the first
    decides. Nobody decides twice on one caption, but the reviewer who accepted it may give another verdict instead, until
    somebody else has decided on it. Accepting a late caption makes it the task's. `anchor` is the range of the caption's
    characters that the comment is about. A fix may correct the text (None: it stays), the concept answers (None: those stay
    that the text still bears out), or both. Raises TaskNotReviewable, RoundClosed, InvalidText, InvalidSettings.
    """
    comment = as_comment(comment)
    if verdict == Verdict.RETURNED and not comment:
        raise InvalidText("Say what is to be changed: a returned caption needs a comment.")
    if anchor is not None and not 0 <= anchor[0] < anchor[1] <= len(caption.text):
        raise InvalidSettings("The anchor lies outside of the caption. Mark the words again.")
    _refuse_idle_concepts(verdict, concepts)
    with transaction.atomic():
        share_round(round_id=caption.task.round_id)
        task = (
            Task.objects.select_for_update(of=("self",))
            .select_related("round__project")
            .get(pk=caption.task_id)
        )
        level = _level(task=task, asked=level)
        revision = _revision(task=task, caption=caption, reviewer=reviewer, level=level)
        fixed = None
        if verdict == Verdict.FIXED:
            unchanged = caption.text if concepts is not None else ""
            text = as_caption(text=unchanged if text is None else text, limit=limit)
            fixed = rewritten_caption(task=caption.task, parent=caption, reviewer=reviewer, text=text)
            fixed.save(force_insert=True)
            Concept.objects.bulk_create(rewritten_concepts(caption=fixed, given=concepts))
        review = Review.objects.create(
            caption=caption,
            level=level,
            revision=revision,
            reviewer=reviewer,
            verdict=verdict,
            comment=comment,
            anchor=list(anchor) if anchor else None,
            fixed_caption=fixed,
        )
        _move_task(task=task, read=caption, kept=fixed or caption, verdict=verdict, level=level)
        audit.record(
            actor=reviewer,
            verb=f"caption.{verdict}",
            subject=caption,
            project=task.round.project,
            after={
                "task": task.pk,
                "comment": comment,
                "level": level,
                "revision": revision,
                "fixed_caption": fixed.pk if fixed else None,
            },
        )
    return review


def _level(*, task: Task, asked: int | None) -> int:
    levels = task.round.review_levels
    if asked is None and levels > 1:
        raise InvalidSettings(f"This round has {levels} levels of review. Say which one you decide for.")
    if asked is not None and not 1 <= asked <= levels:
        raise InvalidSettings(f"This round has no review level {asked}; there are {levels}.")
    return asked or 1


def _refuse_idle_concepts(verdict: Verdict, concepts: Sequence[ConceptOutcomeGiven] | None) -> None:
    if concepts is None:
        return
    if verdict != Verdict.FIXED:
        raise InvalidSettings(
            "Concept answers are corrected with the verdict 'fixed'. Give that one, or leave them out."
        )
    refuse_idle_reasons(concepts)


def _revision(*, task: Task, caption: Caption, reviewer: User, level: int) -> int:
    """Which verdict of this reviewer on the caption it would be, counted from 0. Raises RoundClosed, TaskNotReviewable."""
    if task.round.state != RoundState.OPEN:
        raise RoundClosed("The round is closed, and with it the review.")
    if caption.annotator_id == reviewer.pk:
        raise TaskNotReviewable("This is your own caption; somebody else has to review it.")
    decided = {one.level: one for one in Review.objects.filter(caption=caption)}  # the last of each level
    current = task.current_caption_id == caption.pk
    if level in decided:
        before = decided[level]
        if before.reviewer_id != reviewer.pk:
            raise TaskNotReviewable(
                "Another reviewer has decided on this caption meanwhile. Go on with the next one."
            )
        if not (current and before.verdict == Verdict.ACCEPTED and _may_be_revised(task, level)):
            raise TaskNotReviewable(
                "Your verdict on this caption stands: only what you accepted, and nobody has decided on since, can be decided "
                "on again."
            )
        return before.revision + 1
    if reviewer.pk in {one.reviewer_id for one in decided.values()}:
        raise TaskNotReviewable(
            "You have reviewed this caption already; the next level is for somebody else."
        )
    waits = task.state == TaskState.SUBMITTED and current
    is_next = level == task.review_level + 1 if waits else caption.late and level == 1
    if not is_next:
        raise TaskNotReviewable("This caption is not waiting for a verdict. Reload the queue.")
    return 0


def _may_be_revised(task: Task, level: int) -> bool:
    """Nobody has decided on the task since it was accepted at that level."""
    if task.state not in {TaskState.SUBMITTED, TaskState.ACCEPTED} or task.review_level != level:
        return False
    return not Adjudication.objects.filter(round=task.round_id, image=task.image_id).exists()


def _move_task(*, task: Task, read: Caption, kept: Caption, verdict: Verdict, level: int) -> None:
    is_current = task.current_caption_id == read.pk
    if verdict != Verdict.RETURNED:
        Task.objects.filter(pk=task.pk).update(
            state=TaskState.ACCEPTED if level == task.round.review_levels else TaskState.SUBMITTED,
            annotator=task.annotator if is_current else read.annotator,
            current_caption=kept,
            lease_expires_at=None,
            flagged=False,
            needs_review=True,
            review_level=level,
        )
    elif is_current:
        Task.objects.filter(pk=task.pk).update(state=TaskState.RETURNED, review_level=0)
