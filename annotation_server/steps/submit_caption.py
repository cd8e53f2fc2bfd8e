"""A person hands in a caption: stored once per submission id, never thrown away."""

import hashlib
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import ConceptOutcome, DropReason, RoundState, StartingText, TaskState
from annotation_server.errors import InvalidSettings, RoundClosed, SubmissionReused, TaskNotYours
from annotation_server.formats.text import as_caption
from annotation_server.formats.word_edits import measure_edit
from annotation_server.models import Caption, Concept, Task, User, WorkingCopy
from annotation_server.queries.locks import share_round


@dataclass(frozen=True, kw_only=True)
class ConceptOutcomeGiven:
    """What the annotator did with one phrase of the alt-text."""

    phrase: str
    outcome: ConceptOutcome
    reason: DropReason | None = None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The stored caption, and whether this very submission had been stored before."""

    caption: Caption
    repeated: bool


def submit_caption(
    *,
    task: Task,
    annotator: User,
    submission_id: UUID,
    text: str,
    seconds: float | None,
    concepts: list[ConceptOutcomeGiven],
    limit: int,
    pasted_share: float | None = None,
) -> Submission:
    """Store the caption and mark the task as submitted.

    A lease that ran out does not matter while nobody else has the task; if somebody has, the caption is stored as late and
    a reviewer decides. Raises InvalidText, InvalidSettings, RoundClosed (the text is kept as the working copy),
    SubmissionReused, TaskNotYours.
    """
    text = as_caption(text=text, limit=limit)
    _refuse_idle_reasons(concepts)
    try:
        with transaction.atomic():
            share_round(round_id=task.round_id)
            current = Task.objects.select_for_update(of=("self",)).select_related("round").get(pk=task.pk)
            if repeated := _repeated(task=task, annotator=annotator, submission_id=submission_id, text=text):
                return Submission(caption=repeated, repeated=True)
            if current.round.state == RoundState.OPEN:
                late = _is_late(task=current, annotator=annotator)
                how = {"seconds": seconds, "pasted_share": pasted_share}
                caption = _store(current, annotator, submission_id, text, how, late)
                Concept.objects.bulk_create(_concepts(caption, concepts))
                return Submission(caption=caption, repeated=False)
            _keep_words(task=current, annotator=annotator, text=text)
    except IntegrityError as error:
        return _after_a_race(error, task=task, annotator=annotator, submission_id=submission_id, text=text)
    raise RoundClosed("The round was closed meanwhile. Your words are kept as the working copy of this task.")


def _repeated(*, task: Task, annotator: User, submission_id: UUID, text: str) -> Caption | None:
    """The caption that this submission id made before. Raises SubmissionReused when it was another text, task or person."""
    before = Caption.objects.filter(submission_id=submission_id).first()
    if before is None:
        return None
    if (before.task_id, before.annotator_id, before.text) != (task.pk, annotator.pk, text):
        raise SubmissionReused(
            "This submission id was used for another text. Make a new id for each submission."
        )
    return before


def _is_late(*, task: Task, annotator: User) -> bool:
    """May this person submit, and does somebody else have the task by now? Raises TaskNotYours."""
    if task.annotator_id == annotator.pk:
        if task.state in {TaskState.CLAIMED, TaskState.RETURNED}:
            return False
        raise TaskNotYours(
            "You have submitted this task already. To change it, undo the submission or ask a reviewer."
        )
    if not WorkingCopy.objects.filter(task=task, annotator=annotator).exists():
        raise TaskNotYours(
            "You do not hold this task. Get your next one; what you typed is still on your screen."
        )
    return task.state != TaskState.PENDING


def _store(
    task: Task, annotator: User, submission_id: UUID, text: str, how: dict[str, float | None], late: bool
) -> Caption:
    from_draft = task.starting_source == StartingText.DRAFT
    returned = task.current_caption_id if task.annotator_id == annotator.pk else None
    parent_id = returned or task.previous_caption_id
    edit = measure_edit(text=text, starting_text=task.starting_text, parent_text=_text_of(parent_id))
    caption = Caption.objects.create(
        task=task,
        annotator=annotator,
        parent_id=parent_id,
        draft_id=task.draft_id if from_draft else None,
        alt_text_id=task.alt_text_id,
        submission_id=submission_id,
        text=text,
        late=late,
        **how,
        **asdict(edit),
    )
    if late:
        Task.objects.filter(pk=task.pk).update(
            flagged=True, flag_note="A second caption came in after its lease had run out."
        )
    else:
        Task.objects.filter(pk=task.pk).update(
            state=TaskState.SUBMITTED,
            annotator=annotator,
            lease_expires_at=None,
            current_caption=caption,
            needs_review=_is_sampled(task) or returned is not None,
        )
    _keep_words(task=task, annotator=annotator, text=text)
    audit.record(
        actor=annotator,
        verb="caption.submitted",
        subject=caption,
        project=task.round.project,
        after={"task": task.pk, "late": late},
    )
    return caption


def _text_of(caption_id: int | None) -> str | None:
    if caption_id is None:
        return None
    return Caption.objects.values_list("text", flat=True).get(pk=caption_id)


def _is_sampled(task: Task) -> bool:
    """Whether the task is in the round's review sample: by its hash, so it neither depends on the text nor changes."""
    digest = hashlib.sha256(f"{task.round_id}:{task.pk}".encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32 < task.round.review_share


def _refuse_idle_reasons(given: list[ConceptOutcomeGiven]) -> None:
    for one in given:
        if one.reason and one.outcome != ConceptOutcome.DROPPED:
            raise InvalidSettings(
                f"'{one.phrase}' was not dropped, so it has no reason. Leave the reason out."
            )


def _concepts(caption: Caption, given: list[ConceptOutcomeGiven]) -> list[Concept]:
    by_phrase = {one.phrase: one for one in given}
    return [
        Concept(caption=caption, phrase=one.phrase, outcome=one.outcome, reason=one.reason or "")
        for one in by_phrase.values()
    ]


def _keep_words(*, task: Task, annotator: User, text: str) -> None:
    WorkingCopy.objects.filter(task=task, annotator=annotator).update(
        text=text, version=F("version") + 1, saved_at=Now()
    )


def _after_a_race(
    error: IntegrityError, *, task: Task, annotator: User, submission_id: UUID, text: str
) -> Submission:
    """One submission id for two tasks at once: the loser is refused like any reuse."""
    repeated = _repeated(task=task, annotator=annotator, submission_id=submission_id, text=text)
    if repeated is None:
        raise error
    return Submission(caption=repeated, repeated=True)
