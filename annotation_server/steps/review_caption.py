"""A reviewer's verdict on a caption: accept, return with a comment, or fix and accept."""

from dataclasses import asdict
from uuid import uuid4

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState, Verdict
from annotation_server.errors import InvalidSettings, InvalidText, RoundClosed, TaskNotReviewable
from annotation_server.formats.text import as_caption, as_typed
from annotation_server.formats.word_edits import measure_edit
from annotation_server.models import Caption, Review, Task, User
from annotation_server.queries.locks import share_round

COMMENT_LIMIT = 5_000


def review_caption(
    *,
    caption: Caption,
    reviewer: User,
    verdict: Verdict,
    comment: str,
    text: str | None,
    limit: int,
    anchor: tuple[int, int] | None = None,
) -> Review:
    """Store the verdict; the task becomes accepted, or goes back to its author.

    Of two reviewers the first decides. Accepting a late caption makes it the task's. Raises TaskNotReviewable, RoundClosed,
    InvalidText. `anchor` is the range of the caption's characters that the comment is about.
    """
    comment = as_typed(text=comment, limit=COMMENT_LIMIT).strip()
    if verdict == Verdict.RETURNED and not comment:
        raise InvalidText("Say what is to be changed: a returned caption needs a comment.")
    if anchor is not None and not 0 <= anchor[0] < anchor[1] <= len(caption.text):
        raise InvalidSettings("The anchor lies outside of the caption. Mark the words again.")
    with transaction.atomic():
        share_round(round_id=caption.task.round_id)
        task = (
            Task.objects.select_for_update(of=("self",))
            .select_related("round__project")
            .get(pk=caption.task_id)
        )
        _refuse_unless_reviewable(task=task, caption=caption, reviewer=reviewer)
        fixed = None
        if verdict == Verdict.FIXED:
            fixed = _fixed(caption=caption, reviewer=reviewer, text=as_caption(text=text or "", limit=limit))
        review = Review.objects.create(
            caption=caption,
            reviewer=reviewer,
            verdict=verdict,
            comment=comment,
            anchor=list(anchor) if anchor else None,
            fixed_caption=fixed,
        )
        _move_task(task=task, caption=fixed or caption, author=caption.annotator, verdict=verdict)
        audit.record(
            actor=reviewer,
            verb=f"caption.{verdict}",
            subject=caption,
            project=task.round.project,
            after={"task": task.pk, "comment": comment, "fixed_caption": fixed.pk if fixed else None},
        )
    return review


def _refuse_unless_reviewable(*, task: Task, caption: Caption, reviewer: User) -> None:
    if task.round.state != RoundState.OPEN:
        raise RoundClosed("The round is closed, and with it the review.")
    if caption.annotator_id == reviewer.pk:
        raise TaskNotReviewable("This is your own caption; somebody else has to review it.")
    if Review.objects.filter(caption=caption).exists():
        raise TaskNotReviewable(
            "Another reviewer has decided on this caption meanwhile. Go on with the next one."
        )
    current = task.state == TaskState.SUBMITTED and task.current_caption_id == caption.pk
    if not current and not caption.late:
        raise TaskNotReviewable("This caption is not waiting for a verdict. Reload the queue.")


def _fixed(*, caption: Caption, reviewer: User, text: str) -> Caption:
    """The reviewer's own version, a child of the one they read."""
    edit = measure_edit(text=text, starting_text=caption.task.starting_text, parent_text=caption.text)
    return Caption.objects.create(
        task=caption.task,
        annotator=reviewer,
        parent=caption,
        draft_id=caption.draft_id,
        alt_text_id=caption.alt_text_id,
        submission_id=uuid4(),
        text=text,
        **asdict(edit),
    )


def _move_task(*, task: Task, caption: Caption, author: User, verdict: Verdict) -> None:
    if verdict != Verdict.RETURNED:
        Task.objects.filter(pk=task.pk).update(
            state=TaskState.ACCEPTED,
            annotator=author,
            current_caption=caption,
            lease_expires_at=None,
            flagged=False,
        )
    elif not caption.late:
        Task.objects.filter(pk=task.pk).update(state=TaskState.RETURNED)
