"""Somebody says which file they are about to send, and there is room for it."""

from typing import Any

from annotation_server.errors import InvalidSettings
from annotation_server.intake.upload_files import refuse_too_large
from annotation_server.models import ArchiveImport, Import, Project, User
from annotation_server.rules.uploads import still_to_come
from annotation_server.texts.text import refuse_unstorable

NAME_LIMIT = 250


def announce_import(*, project: Project, file_name: str, byte_count: int, requested_by: User) -> Import:
    """An import whose file is about to come, in pieces. Raises InvalidSettings, InvalidText, ServiceUnavailable."""
    return Import.objects.create(
        project=project, requested_by=requested_by, **_announced(file_name, byte_count)
    )


def announce_archive(*, file_name: str, byte_count: int, requested_by: User) -> ArchiveImport:
    """The same of the archive of a project."""
    return ArchiveImport.objects.create(requested_by=requested_by, **_announced(file_name, byte_count))


def _announced(file_name: str, byte_count: int) -> dict[str, Any]:
    refuse_unstorable(file_name)
    if byte_count < 1:
        raise InvalidSettings("The file is empty.")
    refuse_too_large(byte_count, others_to_come=still_to_come())
    return {"file_name": file_name[-NAME_LIMIT:] or "upload", "byte_count": byte_count}
