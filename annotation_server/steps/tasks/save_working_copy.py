"""Autosave: keep what was typed and decided so far and extend the lease."""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from annotation_server.choices import TaskState
from annotation_server.errors import NewerTextSaved, TaskNotYours
from annotation_server.models import Project, Task, User, WorkingCopy
from annotation_server.queries.people.membership import refuse_paused
from annotation_server.texts.text import as_typed

EXTEND_LEASE = """
UPDATE task SET lease_expires_at = statement_timestamp() + make_interval(mins => round.lease_minutes)
FROM round
WHERE task.id = %s AND task.annotator_id = %s AND task.state = 'claimed' AND round.id = task.round_id
  AND round.state = 'open'
RETURNING task.lease_expires_at
"""

SAVE = """
UPDATE working_copy SET text = %s, version = version + 1, saved_at = statement_timestamp(),
    concepts = coalesce(%s::jsonb, concepts)
WHERE task_id = %s AND annotator_id = %s AND version = %s
RETURNING version
"""


def save_working_copy(
    *,
    task: Task,
    annotator: User,
    text: str,
    version: int,
    limit: int,
    concepts: list[dict[str, Any]] | None = None,
) -> tuple[int, datetime | None]:
    """Store the text as the version after `version`; returns (new version, when the lease ends).

    `concepts` are all that is decided so far, {phrase, outcome, reason} each; None leaves them as they are. The text may be
    longer than a caption may be, `limit` is what can be stored at all: people cut what they have before they hand it in.
    The lease is None when the task is in other hands or the round is closed: the words are kept all the same. Raises
    NewerTextSaved (with the newer text) when another tab was ahead, TaskNotYours when the caller never held the task, Paused
    (with the new version) once the words are kept.
    """
    text = as_typed(text=text, limit=limit)
    with transaction.atomic(), connection.cursor() as cursor:
        decided = None if concepts is None else json.dumps(concepts)
        cursor.execute(SAVE, [text, decided, task.pk, annotator.pk, version])
        saved = cursor.fetchone()
        if saved is None:
            return _not_saved(task=task, annotator=annotator, text=text, concepts=concepts)
        cursor.execute(EXTEND_LEASE, [task.pk, annotator.pk])
        extended = cursor.fetchone()
    if extended is None:  # Whoever is paused holds nothing.
        projects = Project.objects.filter(pk=task.round.project_id)
        refuse_paused(user=annotator, projects=projects, version=saved[0])
    return saved[0], extended[0] if extended else None


def _not_saved(
    *, task: Task, annotator: User, text: str, concepts: list[dict[str, Any]] | None
) -> tuple[int, datetime | None]:
    copy = WorkingCopy.objects.filter(task=task, annotator=annotator).first()
    if copy is None:
        raise TaskNotYours(
            "You do not hold this task. Get your next one; what you typed is still on your screen."
        )
    if copy.text == text:  # The same save again, after a lost answer.
        if concepts is not None:
            WorkingCopy.objects.filter(pk=copy.pk).update(concepts=concepts)
        held = Task.objects.filter(pk=task.pk, annotator=annotator, state=TaskState.CLAIMED).first()
        return copy.version, held.lease_expires_at if held else None
    raise NewerTextSaved(
        "A newer text of this task was saved from another tab or device. Choose which one to keep.",
        text=copy.text,
        version=copy.version,
    )
