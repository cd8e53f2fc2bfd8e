"""A worker looks into an archive that was uploaded: unpacks it, checks every hash, and tells what is in it before a project is
made of it."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from annotation_server import jobs
from annotation_server.formats import incoming as files
from annotation_server.formats.archive import checked_manifest, contents_of
from annotation_server.formats.archive_unpacking import unpacked_archive
from annotation_server.models import Import
from annotation_server.queries.archive_rows import row_counts


def inspect_archive(*, incoming: Import, hold: jobs.Hold, progress: Callable[..., None]) -> None:
    """Store the preview and end the job. Raises UnreadableSource, ServiceUnavailable."""
    try:
        to = files.attempts_folder(import_id=incoming.pk, name="unpacked", token=hold.fencing_token)
        with unpacked_archive(
            path=files.upload_path(import_id=incoming.pk, file_name=incoming.file_name),
            to=to,
            byte_limit=settings.IMPORT_SOURCE_LIMIT,
            tell=lambda done, total: progress(done=done, total=total, message="unpacking, bytes"),
        ) as found:
            manifest = checked_manifest(to, found=found)
    except OSError as error:
        raise files.no_space(error) from error
    row_counts(manifest=manifest)
    contents = contents_of(manifest)
    with transaction.atomic():
        Import.objects.filter(pk=incoming.pk).update(preview={"path": to.name, **contents})
        jobs.finish(hold=hold, result={"project": contents["project"]})
