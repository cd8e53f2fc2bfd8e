"""The only place that writes the audit log."""

import json
from datetime import datetime

from django.db import connection
from django.db.models import Model

from annotation_server.choices import WebhookVerb
from annotation_server.models import Project, User, Webhook, WebhookDelivery

# Plain SQL: an event goes with every submission.
RECORD = """
INSERT INTO event (actor_id, project_id, verb, object_type, object_id, before, after)
VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id, at
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
        key, at = cursor.fetchone()
    if where is not None and verb in WebhookVerb:
        tell_webhooks(
            project_id=where,
            verb=verb,
            subject=subject,
            actor=actor,
            at=at,
            event_id=key,
            before=before,
            after=after,
        )


def tell_webhooks(
    *,
    project_id: int,
    verb: str,
    subject: Model,
    actor: User | None,
    at: datetime,
    event_id: int | None = None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    only: Webhook | None = None,
) -> list[WebhookDelivery]:
    """Put a message down for each webhook of the project that wants it (or for the one that is tested), to be sent once this
    transaction is committed."""
    hooks = [only] if only else Webhook.objects.filter(project_id=project_id, is_active=True)
    wanted = [hook for hook in hooks if only or not hook.verbs or verb in hook.verbs]
    if not wanted:
        return []
    message = {
        "id": event_id,
        "event": verb,
        "at": at.isoformat(),
        "actor": actor.username if actor else None,
        "object": {"type": subject._meta.db_table, "id": str(subject.pk)},
        "before": before or {},
        "after": after or {},
        "project": Project.objects.values_list("slug", flat=True).get(pk=project_id),
    }
    body = json.dumps(message, ensure_ascii=False)
    return WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook=hook, verb=verb, body=body) for hook in wanted
    )
