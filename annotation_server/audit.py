"""The only place that writes the audit log."""

from django.db.models import Model

from annotation_server.models import Event, Project, User


def record(
    *,
    actor: User | None,
    verb: str,
    subject: Model,
    project: Project | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Add one Event: who did `verb` to `subject`, and what changed. Call it inside the change's own transaction."""
    Event.objects.create(
        actor=actor,
        project=project,
        verb=verb,
        object_type=subject._meta.db_table,
        object_id=str(subject.pk),
        before=before or {},
        after=after or {},
    )
