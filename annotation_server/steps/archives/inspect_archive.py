"""A worker looks into an archive that was uploaded: unpacks it, checks every hash, and tells what is in it before a project is
made of it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from annotation_server import jobs
from annotation_server.files.trees import remove_tree
from annotation_server.intake import upload_files as files
from annotation_server.models import ArchiveImport
from annotation_server.progress import Progress
from annotation_server.queries.archives.archive_people import people_of
from annotation_server.queries.archives.archive_rows import row_counts
from annotation_server.releases.archive import checked_manifest, contents_of
from annotation_server.releases.archive_unpacking import unpacked_archive


def inspect_archive(*, archive_import: ArchiveImport, hold: jobs.Hold, progress: Progress) -> None:
    """Store the preview and end the job. What was unpacked for nothing is removed. Raises UnreadableSource, ServiceUnavailable,
    FencedOff, JobCancelled."""
    files.refuse_too_large(archive_import.byte_count)  # Unpacked it takes as much again.
    to = files.attempts_folder(
        folder=files.folder_of(upload=archive_import), name="unpacked", token=hold.fencing_token
    )
    try:
        manifest = _unpacked(archive_import, to, progress)
        contents = contents_of(manifest)
        people = [person.as_dict() for person in people_of(folder=to)]
        with transaction.atomic():
            preview = {"path": to.name, "people": people, **contents}
            ArchiveImport.objects.filter(pk=archive_import.pk).update(preview=preview)
            jobs.finish(hold=hold, result={"project": contents["project"]})
    except (OperationalError, InterfaceError):
        raise  # The database went away, perhaps with the preview stored.
    except BaseException:
        remove_tree(to)
        raise


def _unpacked(archive_import: ArchiveImport, to: Path, progress: Progress) -> dict[str, Any]:
    """The manifest of what is in the folder now."""
    try:
        with unpacked_archive(
            path=files.upload_path(upload=archive_import),
            to=to,
            byte_limit=settings.IMPORT_SOURCE_LIMIT,
            progress=progress,
        ) as found:
            manifest = checked_manifest(to, found=found)
    except OSError as error:
        raise files.no_space(error) from error
    row_counts(manifest=manifest)
    return manifest
