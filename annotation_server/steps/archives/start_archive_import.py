"""An owner has seen what is in an archive and has a project made of it."""

from collections.abc import Mapping

from django.db import transaction

from annotation_server.choices import JobKind
from annotation_server.errors import InvalidSettings
from annotation_server.models import ArchiveImport, Project, User
from annotation_server.queries.archives.archive_people import ArchivePerson, refuse_unseen
from annotation_server.rules.uploads import start_upload
from annotation_server.texts.slug import refuse_malformed_slug


def start_archive_import(
    *, archive_import: ArchiveImport, slug: str, started_by: User, confirmed: Mapping[str, str] | None = None
) -> ArchiveImport:
    """Have a worker make a project of the archive, with that slug. `confirmed`: see import_archive. Raises ImportNotReady,
    InvalidSettings."""
    refuse_malformed_slug(slug)
    if Project.objects.filter(slug=slug).exists():
        raise InvalidSettings(f"There is a project '{slug}' already. Choose another slug.")
    found = (archive_import.preview or {}).get("people", [])
    refuse_unseen(people=[ArchivePerson(**person) for person in found], confirmed=confirmed or {})
    chosen = {"slug": slug, "confirmed": dict(confirmed or {})}
    with transaction.atomic():
        return start_upload(
            archive_import,
            kind=JobKind.IMPORT_ARCHIVE,
            started_by=started_by,
            options=chosen,
            fields=chosen,
        )
