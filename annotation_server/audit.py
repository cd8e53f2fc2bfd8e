"""The only place that writes the audit log."""

import json

from django.db import connection
from django.db.models import Model

from annotation_server.models import Project, User

# Plain SQL: an event goes with every submission.
RECORD = """
INSERT INTO event (actor_id, project_id, verb, object_type, object_id, before, after)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def record(
    *,
    actor: User | None,
    verb: str,
    subject: Model,
    project: Project | int | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Add one Event: who did `verb` to `subject`, and what changed. Call it inside the change's own transaction.

    `project` is the project or its id.
    """
    who = actor.pk if actor else None
    where = project.pk if isinstance(project, Project) else project
    values = [
        who,
        where,
        verb,
        subject._meta.db_table,
        str(subject.pk),
        json.dumps(before or {}),
        json.dumps(after or {}),
    ]
    with connection.cursor() as cursor:
        cursor.execute(RECORD, values)
