"""Autosave: keep what was typed so far and extend the lease."""

from datetime import datetime

from django.db import connection, transaction

from annotation_server.choices import TaskState
from annotation_server.errors import NewerTextSaved, TaskNotYours
from annotation_server.formats.text import as_typed
from annotation_server.models import Task, User, WorkingCopy

EXTEND_LEASE = """
UPDATE task SET lease_expires_at = statement_timestamp() + make_interval(mins => round.lease_minutes)
FROM round
WHERE task.id = %s AND task.annotator_id = %s AND task.state = 'claimed' AND round.id = task.round_id
  AND round.state = 'open'
RETURNING task.lease_expires_at
"""

SAVE = """
UPDATE working_copy SET text = %s, version = version + 1, saved_at = statement_timestamp()
WHERE task_id = %s AND annotator_id = %s AND version = %s
RETURNING version
"""


def save_working_copy(
    *, task: Task, annotator: User, text: str, version: int, limit: int
) -> tuple[int, datetime | None]:
    """Store the text as the version after `version`; returns (new version, when the lease ends).

    The lease is None when the task is in other hands or the round is closed: the words are kept all the same. Raises
    NewerTextSaved (with the newer text) when another tab was ahead, TaskNotYours when the caller never held the task.
    """
    text = as_typed(text=text, limit=limit)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SAVE, [text, task.pk, annotator.pk, version])
        saved = cursor.fetchone()
        if saved is None:
            return _not_saved(task=task, annotator=annotator, text=text)
        cursor.execute(EXTEND_LEASE, [task.pk, annotator.pk])
        extended = cursor.fetchone()
    return saved[0], extended[0] if extended else None


def _not_saved(*, task: Task, annotator: User, text: str) -> tuple[int, datetime | None]:
    copy = WorkingCopy.objects.filter(task=task, annotator=annotator).first()
    if copy is None:
        raise TaskNotYours(
            "You do not hold this task. Get your next one; what you typed is still on your screen."
        )
    if copy.text == text:  # The same save again, after a lost answer.
        held = Task.objects.filter(pk=task.pk, annotator=annotator, state=TaskState.CLAIMED).first()
        return copy.version, held.lease_expires_at if held else None
    raise NewerTextSaved(
        "A newer text of this task was saved from another tab or device. Choose which one to keep.",
        text=copy.text,
        version=copy.version,
    )
