"""An annotator passes a task on, asks a reviewer to look at it, or gives it back."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import TaskState
from annotation_server.errors import InvalidText, TaskNotYours
from annotation_server.formats.text import as_typed
from annotation_server.models import Skip, Task, User

REASON_LIMIT = 2_000
# So many different people must skip a task before nobody else is asked.
SKIPS_TO_RETIRE = 2


def _reason(text: str) -> str:
    text = as_typed(text=text, limit=REASON_LIMIT).strip()
    if not text:
        raise InvalidText("Say why, in a few words: the reason is what a reviewer goes by.")
    return text


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


def skip_task(*, task: Task, annotator: User, reason: str) -> None:
    """Pass the task on to somebody else; after SKIPS_TO_RETIRE people have, it stays skipped."""
    reason = _reason(reason)
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        Skip.objects.get_or_create(task=held, annotator=annotator, defaults={"reason": reason})
        retired = held.skips.count() >= SKIPS_TO_RETIRE
        Task.objects.filter(pk=held.pk).update(
            state=TaskState.SKIPPED if retired else TaskState.PENDING, annotator=None, lease_expires_at=None
        )
        audit.record(
            actor=annotator,
            verb="task.skipped",
            subject=held,
            project=held.round.project,
            after={"reason": reason, "retired": retired},
        )


def flag_task(*, task: Task, annotator: User, reason: str) -> None:
    """Ask for a reviewer's eyes; the annotator goes on holding the task."""
    reason = _reason(reason)
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        Task.objects.filter(pk=held.pk).update(flagged=True, flag_note=reason)
        audit.record(
            actor=annotator,
            verb="task.flagged",
            subject=held,
            project=held.round.project,
            after={"reason": reason},
        )


def release_task(*, task: Task, annotator: User) -> None:
    """Give a claimed task back at once instead of when its lease ends. The working copy stays for a later return."""
    with transaction.atomic():
        held = _held(task=task, annotator=annotator)
        if held.state == TaskState.RETURNED or held.current_caption_id:
            return  # It came back from review: it stays with its author.
        Task.objects.filter(pk=held.pk).update(state=TaskState.PENDING, annotator=None, lease_expires_at=None)
