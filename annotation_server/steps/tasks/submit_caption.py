"""A person hands in a caption: stored once per submission id, never thrown away.

The hottest write of the server, so it is three statements: lock, read, and one that writes caption, task, working copy and
concepts together.
"""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from annotation_server import audit
from annotation_server.choices import RoundState, StartingText, TaskState
from annotation_server.errors import RoundClosed, SubmissionReused, TaskNotYours
from annotation_server.models import Caption, Project, User
from annotation_server.models.task import HELD_OR_DONE
from annotation_server.queries.people.membership import refuse_paused
from annotation_server.rules.secret_lot import secret_lot
from annotation_server.rules.task_in_hand import TaskInHand, task_in_hand
from annotation_server.texts.concepts import ConceptOutcomeGiven, refuse_idle_reasons
from annotation_server.texts.planting import is_left_in
from annotation_server.texts.text import as_caption
from annotation_server.texts.word_edits import measure_edit

STORE = """
WITH stored AS (
    INSERT INTO caption (task_id, annotator_id, parent_id, draft_id, alt_text_id, submission_id, text, seconds, pasted_share,
        words, words_changed, similarity, parent_similarity, check_passed, late)
    VALUES (%(task)s, %(annotator)s, %(parent)s, %(draft)s, %(alt_text)s, %(submission)s, %(text)s, %(seconds)s,
        %(pasted_share)s, %(words)s, %(words_changed)s, %(similarity)s, %(parent_similarity)s, %(check_passed)s, %(late)s)
    RETURNING id, created_at
), moved AS (
    UPDATE task SET {move} WHERE id = %(task)s
), kept AS (
    UPDATE working_copy SET text = %(text)s, version = version + 1, saved_at = statement_timestamp(), lease_lost = false,
        concepts = NULL
    WHERE task_id = %(task)s AND annotator_id = %(annotator)s
), ledger AS (
    INSERT INTO concept (caption_id, phrase, outcome, reason)
    SELECT stored.id, one.phrase, one.outcome, one.reason
    FROM stored, unnest(%(phrases)s::text[], %(outcomes)s::text[], %(reasons)s::text[]) AS one (phrase, outcome, reason)
)
SELECT id, created_at FROM stored
"""
SUBMITTED = STORE.format(
    move="state = 'submitted', annotator_id = %(annotator)s, lease_expires_at = NULL, needs_review = %(needs_review)s, "
    "review_level = 0, current_caption_id = (SELECT id FROM stored)"
)
# Nothing of the task changes: it is somebody else's. The reviewers' queue shows what is late.
LATE = STORE.format(move="state = state")
KEEP_WORDS = """
UPDATE working_copy SET text = %s, version = version + 1, saved_at = statement_timestamp()
WHERE task_id = %s AND annotator_id = %s
"""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The stored caption, and whether this very submission had been stored before."""

    caption: Caption
    repeated: bool


def submit_caption(
    *,
    task_id: int,
    annotator: User,
    submission_id: UUID,
    text: str,
    seconds: float | None,
    concepts: list[ConceptOutcomeGiven],
    pasted_share: float | None = None,
) -> Submission:
    """Store the caption and mark the task as submitted.

    A lease that ran out does not matter while nobody else has the task; if somebody has, the caption is stored as late and
    a reviewer decides: once, and only for whoever lost the task by its lease. Raises NotFound, InvalidText, InvalidSettings,
    RoundClosed and Paused (the text is kept as the working copy), SubmissionReused, TaskNotYours. The caption that is
    returned has what was stored, but not its related objects.
    """
    refuse_idle_reasons(concepts)
    try:
        with transaction.atomic():
            task = task_in_hand(task_id=task_id, person=annotator, submission_id=submission_id)
            text = as_caption(text=text, limit=task.caption_limit)
            if repeated := _repeated(task=task, annotator=annotator, submission_id=submission_id, text=text):
                return Submission(caption=repeated, repeated=True)
            if task.round_state == RoundState.OPEN and not task.is_paused:
                how = {"seconds": seconds, "pasted_share": pasted_share}
                caption = _store(task, annotator, submission_id, text, how, concepts)
                return Submission(caption=caption, repeated=False)
            with connection.cursor() as cursor:
                cursor.execute(KEEP_WORDS, [text, task.id, annotator.pk])
    except IntegrityError as error:
        return _after_a_race(
            error, task_id=task_id, annotator=annotator, submission_id=submission_id, text=text
        )
    refuse_paused(user=annotator, projects=Project.objects.filter(pk=task.project_id))
    raise RoundClosed("The round was closed meanwhile. Your words are kept as the working copy of this task.")


def _repeated(*, task: TaskInHand, annotator: User, submission_id: UUID, text: str) -> Caption | None:
    """The caption that this submission id made before. Raises SubmissionReused when it was another text, task or person."""
    if task.before_id is None:
        return None
    if (task.before_task_id, task.before_annotator_id, task.before_text) != (task.id, annotator.pk, text):
        raise SubmissionReused(
            "This submission id was used for another text. Make a new id for each submission."
        )
    return Caption.objects.get(pk=task.before_id)


def _is_late(*, task: TaskInHand, annotator: User) -> bool:
    """May this person submit, and does somebody else have the task by now? Raises TaskNotYours."""
    if task.state == TaskState.CANCELLED and task.held_once:
        raise TaskNotYours(
            "The image of this task was taken down, so it takes no caption any more. Get your next task."
        )
    if task.annotator_id == annotator.pk:
        if task.state in {TaskState.CLAIMED, TaskState.RETURNED}:
            return False
        raise TaskNotYours(
            "You have submitted this task already. To change it, undo the submission or ask a reviewer."
        )
    if task.held_once and task.state == TaskState.PENDING and not task.was_skipped:
        return False  # Given back, and nobody has taken it.
    if task.lease_lost and task.state in HELD_OR_DONE:
        return True
    raise TaskNotYours(
        "You do not hold this task. Get your next one; what you typed is still on your screen."
    )


def _store(
    task: TaskInHand,
    annotator: User,
    submission_id: UUID,
    text: str,
    how: dict[str, float | None],
    concepts: list[ConceptOutcomeGiven],
) -> Caption:
    late = _is_late(task=task, annotator=annotator)
    edit = measure_edit(text=text, starting_text=task.starting_text, parent_text=_parent_text(task))
    check_passed = not is_left_in(wrong=task.check_wrong, caption=text) if task.check_wrong else None
    row: dict[str, Any] = {
        "task": task.id,
        "annotator": annotator.pk,
        "parent": task.parent_id,
        "draft": task.draft_id if task.starting_source == StartingText.DRAFT else None,
        "alt_text": task.alt_text_id,
        "submission": submission_id,
        "text": text,
        "late": late,
        "check_passed": check_passed,
        **how,
        **asdict(edit),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            LATE if late else SUBMITTED,
            {**row, **_ledger(concepts), "needs_review": _comes_up(task)},
        )
        caption_id, created_at = cursor.fetchone()
    caption = Caption(
        id=caption_id,
        task_id=task.id,
        annotator_id=annotator.pk,
        submission_id=submission_id,
        text=text,
        late=late,
        created_at=created_at,
    )
    audit.record(
        actor=annotator,
        verb="caption.submitted",
        subject=caption,
        project=task.project_id,
        after={"task": task.id, "late": late},
    )
    return caption


def _parent_text(task: TaskInHand) -> str | None:
    """A check task's parent is compared as it was shown, with its error: else the figure would give the check away."""
    planted = task.check_wrong and task.starting_source == StartingText.PREVIOUS_CAPTION
    return task.starting_text if planted and not task.was_returned else task.parent_text


def _comes_up(task: TaskInHand) -> bool:
    """Whether a reviewer sees it: what came back once, and the sample. Checks like all others: a verdict would tell them."""
    return bool(task.was_returned) or _is_sampled(task)


def _is_sampled(task: TaskInHand) -> bool:
    """Whether the task is in the round's review sample: that neither depends on the text nor changes, and nobody can tell
    beforehand."""
    return secret_lot(purpose="review sample", of=f"{task.round_id}:{task.id}").random() < task.review_share


def _ledger(given: list[ConceptOutcomeGiven]) -> dict[str, list[str]]:
    """Three columns, one row per phrase."""
    by_phrase = {one.phrase: one for one in given}.values()
    return {
        "phrases": [one.phrase for one in by_phrase],
        "outcomes": [one.outcome for one in by_phrase],
        "reasons": [one.reason or "" for one in by_phrase],
    }


def _after_a_race(
    error: IntegrityError, *, task_id: int, annotator: User, submission_id: UUID, text: str
) -> Submission:
    """One submission id for two tasks at once: the loser is refused like any reuse."""
    with transaction.atomic():
        task = task_in_hand(task_id=task_id, person=annotator, submission_id=submission_id)
        repeated = _repeated(task=task, annotator=annotator, submission_id=submission_id, text=text)
    if repeated is None:
        raise error
    return Submission(caption=repeated, repeated=True)
