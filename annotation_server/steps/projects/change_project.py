"""An admin changes a project's own settings."""

from django.core.exceptions import ValidationError
from django.db import transaction

from annotation_server import audit
from annotation_server.errors import InvalidSettings
from annotation_server.models import Project, User
from annotation_server.texts.language import refuse_malformed_language
from annotation_server.texts.text import refuse_long_captions

REASONS = ("skip_reasons", "flag_reasons", "release_reasons")
CHANGEABLE = (
    "name",
    "language",
    "caption_limit",
    "blur_faces",
    "asks_for_concepts",
    "review_levels",
    "review_level_names",
    *REASONS,
)


def change_project(*, project: Project, changed_by: User, changes: dict[str, object]) -> Project:
    """Only the fields of CHANGEABLE; what stays the same makes no event. Raises InvalidSettings."""
    with transaction.atomic():
        current = Project.objects.select_for_update().get(pk=project.pk)
        before = {
            name: getattr(current, name)
            for name in CHANGEABLE
            if name in changes and _differs(current, name, changes)
        }
        if not before:
            return current
        after = {name: changes[name] for name in before}
        if "language" in after:
            refuse_malformed_language(str(after["language"]))
        if isinstance(limit := after.get("caption_limit"), int):
            refuse_long_captions(limit)
        for name, value in after.items():
            setattr(current, name, value)
        try:
            current.clean_fields(exclude={field.name for field in Project._meta.fields} - set(after))
        except ValidationError as error:
            raise InvalidSettings(" ".join(error.messages)) from error
        current.save(update_fields=list(after))
        audit.record(
            actor=changed_by,
            verb="project.changed",
            subject=current,
            project=current,
            before=before,
            after=after,
        )
    return current


def _differs(project: Project, name: str, changes: dict[str, object]) -> bool:
    return bool(getattr(project, name) != changes[name])
