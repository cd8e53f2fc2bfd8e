"""An annotator passes a task on, asks a reviewer to look at it, or gives it back; with one of the project's reasons, their own
words, or both."""

from dataclasses import dataclass

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import TaskState
from annotation_server.errors import InvalidText, TaskNotYours
from annotation_server.models import Skip, Task, User, WorkingCopy
from annotation_server.texts.text import as_typed

NOTE_LIMIT = 2_000
# So many different people must skip a task before nobody else is asked.
SKIPS_TO_RETIRE = 2


@dataclass(frozen=True, kw_only=True)
class Why:
    """`reason` is one of the project's list or empty, `note` free words."""

    reason: str
    note: str


def _why(*, reason: str, note: str, listed: list[str], needed: bool = True) -> Why:
    """A reason that is not in the list is taken as the person's own words. Raises InvalidText."""
    reason, note = (as_typed(text=text, limit=NOTE_LIMIT).strip() for text in (reason, note))
    if reason not in listed:
        reason, note = "", "\n".join(part for part in (reason, note) if part)
    if needed and not reason and not note:
        raise InvalidText("Say why: choose a reason or write a few words. They are what a reviewer goes by.")
    return Why(reason=reason, note=note)


def _held(*, task: Task, annotator: User) -> Task:
    """The task, locked. Raises TaskNotYours unless the annotator holds it."""
    found = (
        Task.objects.select_for_update(of=("self",))
        .select_related("round__project")
        .filter(pk=task.pk, annotator=annotator, state__in=[TaskState.CLAIMED, TaskState.RETURNED])
        .first()
    )
    if found is None:
        raise TaskNotYours("You do not hold this task. Get your next one.")
    return found


def skip_task(*, task: Task, annotator: User, reason: str, note: str = "") -> None:
    """Pass the task on to somebody else; after SKIPS_TO_RETIRE people have, it stays skipped."""
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        why = _why(reason=reason, note=note, listed=held.round.project.skip_reasons)
        Skip.objects.get_or_create(task=held, annotator=annotator, defaults=vars(why))
        retired = held.skips.count() >= SKIPS_TO_RETIRE
        _give_back(held, annotator, TaskState.SKIPPED if retired else TaskState.PENDING)
        _record(held, annotator, "task.skipped", {**vars(why), "retired": retired})


def flag_task(*, task: Task, annotator: User, reason: str, note: str = "") -> None:
    """Ask for a reviewer's eyes; the annotator goes on holding the task."""
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        why = _why(reason=reason, note=note, listed=held.round.project.flag_reasons)
        Task.objects.filter(pk=held.pk).update(flagged=True, flag_reason=why.reason, flag_note=why.note)
        _record(held, annotator, "task.flagged", vars(why))


def release_task(*, task: Task, annotator: User, reason: str = "", note: str = "") -> None:
    """Give a claimed task back at once instead of when its lease ends. The working copy stays for a later return."""
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        if held.state == TaskState.RETURNED or held.current_caption_id:
            return  # It came back from review: it stays with its author.
        why = _why(reason=reason, note=note, listed=held.round.project.release_reasons, needed=False)
        _give_back(held, annotator, TaskState.PENDING)
        if why.reason or why.note:
            _record(held, annotator, "task.released", vars(why))


def _give_back(task: Task, annotator: User, state: TaskState) -> None:
    """Of their own will: that they lost the task once before, by their lease, gives them no late caption any more."""
    Task.objects.filter(pk=task.pk).update(state=state, annotator=None, lease_expires_at=None)
    WorkingCopy.objects.filter(task=task, annotator=annotator, lease_lost=True).update(lease_lost=False)


def _record(task: Task, annotator: User, verb: str, after: dict[str, object]) -> None:
    audit.record(actor=annotator, verb=verb, subject=task, project=task.round.project, after=after)
