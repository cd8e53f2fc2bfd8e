"""Tar archives that are no WebDataset shards (our own downloads, a packed folder with its table), unpacked under our own eyes
as zips are: plain files with harmless names, everything else is told, the size is counted as it comes.

A shard stays as it is: its members are streamed and never become files (readers/webdataset.py).
"""

import tarfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import EXPORT_MANIFEST
from annotation_server.formats.readers.ledger import HIDDEN
from annotation_server.formats.readers.split_names import split_of_folder
from annotation_server.formats.readers.tar_index import LINK, index_of
from annotation_server.formats.readers.tar_samples import PICTURES, TEXTS, key_and_kind
from annotation_server.intake.unpacked import (
    MEMBERS_LIMIT,
    Folder,
    Unpacked,
    is_hidden_name,
    reason_to_leave_name,
)
from annotation_server.progress import Progress

BREAKS_OFF = "The archive breaks off here: what comes after it is missing."
BROKEN = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError)
# No member of a sample: tables, pages, shards in an archive of shards, archives.
OF_FOLDERS = {
    *("csv", "tsv", "jsonl", "ndjson", "parquet", "arrow", "token", "gz", "tar", "tgz", "zip"),
    *("md", "qmd", "rmd", "html", "htm"),
}  # fmt: skip


def is_tar_of_files(path: Path) -> bool:
    """A tar whose members say what they are by their places among each other: a table beside pictures, splits, shards."""
    return path.is_file() and tarfile.is_tarfile(path) and _are_files(_names(path))


def unpack_tar(
    *,
    archive: Path,
    to: Path,
    byte_limit: int,
    progress: Progress,
    member_limit: int = MEMBERS_LIMIT,
) -> Unpacked:
    """Unpack into the empty folder `to`. `progress` is called for each block; what it raises ends it.

    Raises UnreadableSource: too many members, more than `byte_limit` bytes, or a bomb; ServiceUnavailable: the disk has too
    little space."""
    found = Unpacked()
    into = Folder(
        path=to, byte_limit=byte_limit, found=found, packed=archive.stat().st_size, file_limit=member_limit
    )
    last = archive.name
    try:
        with tarfile.open(archive, "r|*", errors="surrogateescape") as opened:
            for number, member in enumerate(opened):
                opened.members = []  # type: ignore[attr-defined]  # tarfile would keep them all.
                if number >= member_limit:
                    raise UnreadableSource(
                        f"The archive has more than {member_limit:,} members; no more are taken."
                    )
                so_far = partial(progress, done=number, total=0, message="unpacking")
                so_far()
                last = _name(member, found)
                _take(opened, member, last, into, each_block=so_far)
    except BROKEN as error:
        if not found.members:
            raise UnreadableSource(f"The archive cannot be read ({str(error)[:150]}).") from error
        found.skip(last, BREAKS_OFF)
    return found


def _take(
    opened: tarfile.TarFile, member: tarfile.TarInfo, name: str, into: Folder, each_block: Callable[[], None]
) -> None:
    if member.isdir():
        return
    if reason := _reason_to_leave(member, name):
        into.found.skip(name, reason)
    elif (source := opened.extractfile(member)) is not None:
        into.take(source, name, each_block=each_block)


def _reason_to_leave(member: tarfile.TarInfo, name: str) -> str:
    if not member.isreg() or member.issparse():
        return LINK
    return reason_to_leave_name(name) or (HIDDEN if is_hidden_name(name) else "")


def _name(member: tarfile.TarInfo, found: Unpacked) -> str:
    """Names that are not UTF-8 are read as old programs write them, and told."""
    try:
        member.name.encode()
    except UnicodeEncodeError:
        found.names_read["latin-1"] += 1
        return member.name.encode(errors="surrogateescape").decode("latin-1")
    return member.name


def _names(path: Path) -> list[str]:
    return [member.name for member in index_of(path).members]


def _are_files(names: list[str]) -> bool:
    members = [(PurePosixPath(name), *key_and_kind(name)) for name in names]
    for path, _, kind in members:
        if kind in OF_FOLDERS or path.name == EXPORT_MANIFEST:
            return True
        if any(split_of_folder(folder) for folder in path.parts[:-1]):
            return True
    texts = {key for _, key, kind in members if kind in TEXTS or kind == "json"}
    pictures = {key for _, key, kind in members if kind in PICTURES}
    return not pictures or (bool(texts) and not texts & pictures)
