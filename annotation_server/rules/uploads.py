"""What holds for an upload of either kind, an Import or an ArchiveImport, inside a step's transaction."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import F, Sum
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import ImportState, JobKind
from annotation_server.errors import ImportNotReady, NotFound
from annotation_server.models import ArchiveImport, Import, Job, Project, Upload, User
from annotation_server.queries.imports.import_state import import_state

U = TypeVar("U", bound=Upload)
KINDS: tuple[type[Upload], ...] = (Import, ArchiveImport)
CAN_START = {ImportState.READY, ImportState.STOPPED}
ROOM_IS_KEPT_FOR = timedelta(days=1)


def project_of(upload: Upload) -> Project | None:
    """An archive that is brought in has none yet."""
    return upload.project if isinstance(upload, Import) else None


def named(upload: Upload) -> dict[str, object]:
    """What it is, for the audit log."""
    return {
        "file_name": upload.file_name,
        "address": upload.address if isinstance(upload, Import) else "",
    }


def still_to_come(*, besides: Upload | None = None) -> int:
    """Bytes of uploads that were announced of late: an older one that was left takes no room from anybody."""
    return sum(_still_to_come(kind, besides) for kind in KINDS)


def _still_to_come(kind: type[Upload], besides: Upload | None) -> int:
    late = kind._default_manager.filter(received__lt=F("byte_count"), created_at__gt=Now() - ROOM_IS_KEPT_FOR)
    others = late.exclude(pk=besides.pk) if isinstance(besides, kind) else late
    return others.aggregate(left=Sum(F("byte_count") - F("received")))["left"] or 0


def hold_upload(upload: U) -> U | None:
    """The row with its jobs, locked until the transaction ends; None where it is gone. Its project is not locked: other work
    of the project goes on."""
    rows = type(upload)._default_manager.select_for_update(of=("self",))
    return rows.select_related("job", "inspection").filter(pk=upload.pk).first()


def hold_upload_that_is(states: Collection[ImportState], upload: U, *, otherwise: str) -> U:
    """The same of one in one of these states. Raises ImportNotReady, which says what to do `otherwise`; NotFound."""
    if (locked := hold_upload(upload)) is None:
        raise NotFound("There is no such import any more.")
    if (state := import_state(locked)) not in states:
        raise ImportNotReady(f"The import is {state}{otherwise}")
    return locked


def queue_inspection(upload: Upload) -> None:
    """It is here, or its address is known: a worker looks into it."""
    is_archive = isinstance(upload, ArchiveImport)
    upload.inspection = queue_job(
        upload,
        kind=JobKind.INSPECT_ARCHIVE if is_archive else JobKind.INSPECT_SOURCE,
        requested_by=upload.requested_by,
    )
    upload.save(update_fields=["inspection"])
    audit.record(
        actor=upload.requested_by,
        verb="import.received",
        subject=upload,
        project=project_of(upload),
        after={**named(upload), "bytes": upload.byte_count},
    )


def start_upload(
    upload: U, *, kind: JobKind, started_by: User, options: dict[str, Any], fields: dict[str, Any]
) -> U:
    """A worker brings in what is in it. `options` go into the audit log, `fields` into the row. Raises ImportNotReady."""
    locked = hold_upload_that_is(
        CAN_START, upload, otherwise="; only one that is ready or stopped can be started."
    )
    locked.job = queue_job(locked, kind=kind, requested_by=started_by)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=["job", *fields])
    audit.record(
        actor=started_by,
        verb="import.started",
        subject=locked,
        project=project_of(locked),
        after={"options": options},
    )
    return locked


def queue_job(upload: Upload, *, kind: JobKind, requested_by: User | None) -> Job:
    """A worker does this with it, once the transaction is committed."""
    return jobs.enqueue(
        kind=kind,
        project=project_of(upload),
        requested_by=requested_by,
        parameters={upload._meta.db_table: upload.pk},
    )
