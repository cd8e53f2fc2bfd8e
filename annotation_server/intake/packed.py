"""A source that came packed: a zip, or a tar that is no WebDataset shard, and the folder or file in it that is the source."""

from pathlib import Path

from django.conf import settings

from annotation_server.files.memory_limit import limited_memory
from annotation_server.formats.readers.finding import without_lone_folders
from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.ledger import is_hidden
from annotation_server.intake.tar_unpacking import is_tar_of_files, unpack_tar
from annotation_server.intake.unpacked import Unpacked
from annotation_server.intake.unpacking import is_zip, unpack
from annotation_server.progress import Progress


def is_packed(path: Path) -> bool:
    """By its content. Raises UnreadableSource for a tar whose headers need too much memory."""
    if not path.is_file():
        return False
    with limited_memory(settings.IMPORT_MEMORY_LIMIT):
        return is_zip(path) or is_tar_of_files(path)


def unpack_source(*, archive: Path, to: Path, progress: Progress, byte_limit: int | None = None) -> Unpacked:
    """Unpack into the empty folder `to`, within the bounds of the settings. Raises UnreadableSource, ServiceUnavailable, and
    what `progress` raises."""
    limit = settings.IMPORT_SOURCE_LIMIT if byte_limit is None else byte_limit
    members = settings.IMPORT_FILES_LIMIT
    with limited_memory(settings.IMPORT_MEMORY_LIMIT):
        if is_zip(archive):
            return unpack(
                archive=archive,
                to=to,
                byte_limit=limit,
                member_limit=members,
                names_in=settings.IMPORT_ZIP_ENCODING,
                progress=progress,
            )
        return unpack_tar(archive=archive, to=to, byte_limit=limit, member_limit=members, progress=progress)


def root_of(folder: Path) -> Path:
    """The source in an unpacked archive: the only file in it unless that is a picture; else the folder below which there is
    more than one thing, or a split."""
    root = without_lone_folders(folder)
    entries = [entry for entry in root.iterdir() if not is_hidden(entry.name)]
    is_one = len(entries) == 1 and entries[0].is_file() and entries[0].suffix.lower() not in EXTENSIONS
    return entries[0] if is_one else root
