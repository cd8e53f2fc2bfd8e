"""The files of an upload on the server: what is sent piece by piece or fetched, what it unpacks to, and the outcomes.

IMPORTS_ROOT/import-7/upload/iguanas.zip    what came in
                      unpacked-1/…          where it is an archive of files; 1 is the fencing token of who unpacked it
                      rows.csv              what became of each row
"""

import os
import re
import shutil
import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from annotation_server.errors import InvalidSettings, ServiceUnavailable
from annotation_server.files.allowance import refuse_full_disk
from annotation_server.files.trees import remove_tree
from annotation_server.models import ArchiveImport, Upload
from annotation_server.places import archive_import_folder, import_folder, imports_root

CHUNK_LIMIT = 64 * 1024 * 1024
BLOCK = 1 << 20
OUTCOMES = "rows.csv"


def folder_of(*, upload: Upload) -> Path:
    """All its files."""
    if isinstance(upload, ArchiveImport):
        return archive_import_folder(archive_import_id=upload.pk)
    return import_folder(import_id=upload.pk)


def upload_path(*, upload: Upload) -> Path:
    """Where the uploaded file grows, under a name of which nothing is left that could mean a path."""
    return folder_of(upload=upload) / "upload" / safe_name(upload.file_name)


def inspected_path(*, upload: Upload) -> Path:
    """Where the source lies that a worker has looked into: the upload itself, or what it unpacked to."""
    preview: dict[str, Any] = upload.preview or {}
    return folder_of(upload=upload) / str(preview["path"])


def rows_path(*, import_id: int) -> Path:
    """The outcomes of an import's rows."""
    return import_folder(import_id=import_id) / OUTCOMES


def safe_name(name: str) -> str:
    """The last part of the name, in letters, digits, dots, hyphens and underscores; it starts with none of the signs."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w.-]+", "_", last, flags=re.ASCII).lstrip("._-")[-100:] or "upload"


def take_chunk(*, folder: Path, stream: BinaryIO, limit: int) -> Path:
    """Write what comes into a file of its own, for `append` to take over. Raises InvalidSettings, ServiceUnavailable."""
    chunk = folder / f"chunk-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with chunk.open("wb") as file:
            while block := stream.read(BLOCK):
                file.write(block)
                if file.tell() > limit:
                    raise InvalidSettings(
                        f"The piece is longer than {limit:,} bytes: too much, or more than was announced."
                    )
    except OSError as error:
        chunk.unlink(missing_ok=True)
        raise no_space(error) from error
    except BaseException:
        chunk.unlink(missing_ok=True)
        raise
    return chunk


def append(*, chunk: Path, to: Path, at: int) -> int:
    """Put the chunk at that place of the file, where it ends so far; returns how long the file is now. What a server that
    died left beyond that place is overwritten. Raises ServiceUnavailable."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.touch()
        with chunk.open("rb") as source, to.open("r+b") as target:
            target.truncate(at)
            target.seek(at)
            shutil.copyfileobj(source, target, BLOCK)
            target.flush()
            os.fsync(target.fileno())
            return target.tell()
    except OSError as error:
        raise no_space(error) from error


def attempts_folder(*, folder: Path, name: str, token: int) -> Path:
    """unpacked-2: an empty folder for the worker with that fencing token. What workers before it left is gone.
    Raises ServiceUnavailable."""
    for earlier in range(1, token + 1):
        remove_tree(folder / f"{name}-{earlier}")
    own = folder / f"{name}-{token}"
    try:
        own.mkdir(parents=True)
    except OSError as error:
        raise no_space(error) from error
    return own


def refuse_too_large(byte_count: int, *, others_to_come: int = 0) -> None:
    """`others_to_come`: what the disk must take besides. Raises InvalidSettings, ServiceUnavailable."""
    limit = settings.IMPORT_SOURCE_LIMIT
    if byte_count > limit:
        raise InvalidSettings(
            f"The source has {byte_count:,} bytes; at most {limit:,} are taken (IMPORT_SOURCE_LIMIT)."
        )
    refuse_no_room(byte_count + others_to_come)


def refuse_no_room(byte_count: int) -> None:
    """Raises ServiceUnavailable where the disk cannot take so much more."""
    refuse_full_disk(folder=imports_root(), byte_count=byte_count)


def remove_source(*, folder: Path) -> None:
    """What was brought in, not the outcomes."""
    for left in folder.glob("*"):
        if left.is_dir():
            remove_tree(left)
        elif left.name != OUTCOMES:
            left.unlink(missing_ok=True)


def no_space(error: OSError) -> ServiceUnavailable:
    """The refusal for a disk that takes no more."""
    return ServiceUnavailable(
        f"The server cannot keep the file ({error.strerror or error}). Ask its owner to free some space, then go on."
    )
