"""A source comes in: announced, uploaded piece by piece (or named by its address), and, when it is whole, looked into."""

from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import JobKind
from annotation_server.errors import ImportNotReady, InvalidSettings, NotFound, UploadOutOfStep
from annotation_server.intake import incoming as files
from annotation_server.intake.addresses import refuse_address
from annotation_server.models import Import, Project, User
from annotation_server.texts.text import refuse_unstorable

ADDRESS_LIMIT = 4_000
NAME_LIMIT = 250
ROOM_IS_KEPT_FOR = timedelta(days=1)


def announce_upload(
    *, project: Project | None, file_name: str, byte_count: int, requested_by: User
) -> Import:
    """An import whose file is about to come, in pieces; without a project it is the archive of one. Raises InvalidSettings,
    InvalidText, ServiceUnavailable."""
    refuse_unstorable(file_name)
    if byte_count < 1:
        raise InvalidSettings("The file is empty.")
    files.refuse_too_large(byte_count, others_to_come=_still_to_come())
    return Import.objects.create(
        project=project,
        requested_by=requested_by,
        file_name=file_name[-NAME_LIMIT:] or "upload",
        byte_count=byte_count,
    )


def receive_piece(*, incoming: Import, at: int, stream: BinaryIO) -> Import:
    """Take the next piece of the upload, which starts at byte `at`. With the last one, a worker looks into the source.

    Pieces come one after the other; a connection that broke goes on where `received` says. Raises UploadOutOfStep,
    ImportNotReady, InvalidSettings, ServiceUnavailable.
    """
    limit = min(files.CHUNK_LIMIT, incoming.byte_count - at)
    _refuse_out_of_step(incoming, at)
    files.refuse_no_room(_still_to_come(besides=incoming) + incoming.byte_count - at)
    chunk = files.take_chunk(import_id=incoming.pk, stream=stream, limit=limit)
    try:
        with transaction.atomic():
            # Not its project: other work of the project goes on while the piece is written to the disk.
            rows = Import.objects.select_for_update(of=("self",)).select_related("project")
            locked = rows.filter(pk=incoming.pk).first()
            if locked is None:
                raise NotFound("There is no such import any more.")
            _refuse_out_of_step(locked, at)
            path = files.upload_path(import_id=locked.pk, file_name=locked.file_name)
            locked.received = files.append(chunk=chunk, to=path, at=at)
            locked.save(update_fields=["received"])
            if locked.received == locked.byte_count:
                _inspect(locked)
    finally:
        chunk.unlink(missing_ok=True)
    return locked


def import_address(*, project: Project, address: str, requested_by: User) -> Import:
    """An import from an address: a worker fetches it, then looks into it. Raises InvalidSettings, InvalidText."""
    refuse_unstorable(address)
    if len(address) > ADDRESS_LIMIT:
        raise InvalidSettings(f"The address is longer than {ADDRESS_LIMIT:,} characters.")
    refuse_address(address)
    with transaction.atomic():
        incoming = Import.objects.create(project=project, address=address, requested_by=requested_by)
        _inspect(incoming)
    return incoming


def _still_to_come(*, besides: Import | None = None) -> int:
    """Bytes of uploads that were announced of late: an older one that was left takes no room from anybody."""
    late = Import.objects.filter(
        address="", received__lt=F("byte_count"), created_at__gt=Now() - ROOM_IS_KEPT_FOR
    )
    others = late.exclude(pk=besides.pk) if besides else late
    return others.aggregate(left=Sum(F("byte_count") - F("received")))["left"] or 0


def _refuse_out_of_step(incoming: Import, at: int) -> None:
    if incoming.address:
        raise ImportNotReady("This import has an address; nothing is uploaded for it.")
    if at != incoming.received or at >= incoming.byte_count:
        raise UploadOutOfStep(
            f"{incoming.received:,} of {incoming.byte_count:,} bytes are here: go on from there.",
            received=incoming.received,
        )


def _inspect(incoming: Import) -> None:
    incoming.inspection = jobs.enqueue(
        kind=JobKind.INSPECT_ARCHIVE if incoming.project is None else JobKind.INSPECT_SOURCE,
        project=incoming.project,
        requested_by=incoming.requested_by,
        parameters={"import": incoming.pk},
    )
    incoming.save(update_fields=["inspection"])
    audit.record(
        actor=incoming.requested_by,
        verb="import.received",
        subject=incoming,
        project=incoming.project,
        after={"file_name": incoming.file_name, "address": incoming.address, "bytes": incoming.byte_count},
    )
