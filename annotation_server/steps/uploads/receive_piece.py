"""A file comes in piece by piece and, when it is whole, is looked into."""

from typing import BinaryIO

from django.db import transaction

from annotation_server.errors import ImportNotReady, NotFound, UploadOutOfStep
from annotation_server.intake import upload_files as files
from annotation_server.models import Import, Upload
from annotation_server.rules.uploads import U, hold_upload, queue_inspection, still_to_come


def receive_piece(*, upload: U, at: int, stream: BinaryIO) -> U:
    """Take the next piece of the upload, which starts at byte `at`. With the last one, a worker looks into the source.

    Pieces come one after the other; a connection that broke goes on where `received` says. Raises UploadOutOfStep,
    ImportNotReady, InvalidSettings, ServiceUnavailable.
    """
    limit = min(files.CHUNK_LIMIT, upload.byte_count - at)
    _refuse_out_of_step(upload, at)
    files.refuse_no_room(still_to_come(besides=upload) + upload.byte_count - at)
    chunk = files.take_chunk(folder=files.folder_of(upload=upload), stream=stream, limit=limit)
    try:
        with transaction.atomic():
            locked = hold_upload(upload)
            if locked is None:
                raise NotFound("There is no such import any more.")
            _refuse_out_of_step(locked, at)
            locked.received = files.append(chunk=chunk, to=files.upload_path(upload=locked), at=at)
            locked.save(update_fields=["received"])
            if locked.received == locked.byte_count:
                queue_inspection(locked)
    finally:
        chunk.unlink(missing_ok=True)
    return locked


def _refuse_out_of_step(upload: Upload, at: int) -> None:
    if isinstance(upload, Import) and upload.address:
        raise ImportNotReady("This import has an address; nothing is uploaded for it.")
    if at != upload.received or at >= upload.byte_count:
        raise UploadOutOfStep(
            f"{upload.received:,} of {upload.byte_count:,} bytes are here: go on from there.",
            received=upload.received,
        )
