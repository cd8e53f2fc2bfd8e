"""Zip archives, unpacked under our own eyes: no member leaves the folder, no link is made, the size is counted as it comes."""

import stat
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.files.allowance import refuse_full_disk
from annotation_server.formats.readers.ledger import HIDDEN
from annotation_server.formats.readers.tar_index import LINK
from annotation_server.intake import zip_members
from annotation_server.intake.unpacked import (
    MEMBERS_LIMIT,
    Folder,
    Unpacked,
    is_hidden_name,
    reason_to_leave_name,
)
from annotation_server.progress import Progress

# What needs more memory than its bytes say (LZMA: up to 4 GiB for a dictionary) is not among them.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}


def is_zip(path: Path) -> bool:
    """By its content."""
    return path.is_file() and zipfile.is_zipfile(path)


def unpack(
    *,
    archive: Path,
    to: Path,
    byte_limit: int,
    progress: Progress,
    member_limit: int = MEMBERS_LIMIT,
    names_in: str = "",
) -> Unpacked:
    """Unpack into the empty folder `to`. `progress` is called for each block; what it raises ends it. `names_in` is
    the encoding of names that are not UTF-8, where the archive does not say it.

    Raises UnreadableSource: no zip archive, too many members, more than `byte_limit` bytes, or a bomb; ServiceUnavailable: the
    disk has too little space.
    """
    found = Unpacked()
    try:
        with archive.open("rb") as file:
            zip_members.refuse_too_many(file, member_limit=member_limit)
        with zipfile.ZipFile(archive) as opened:
            taken = _taken(opened, found, names_in)
            size = zip_members.refuse_bomb(
                [member for member, _ in taken],
                packed=zip_members.archive_size(archive),
                byte_limit=byte_limit,
            )
            refuse_full_disk(folder=to, byte_count=size, file_count=len(taken))
            into = Folder(path=to, byte_limit=byte_limit, found=found, file_limit=member_limit)
            for number, (member, name) in enumerate(taken):
                so_far = partial(progress, done=number, total=len(taken), message="unpacking")
                so_far()
                _take(opened, member, name, into, each_block=so_far)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise UnreadableSource(f"The archive cannot be read ({str(error)[:150]}).") from error
    return found


def _take(
    opened: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, into: Folder, each_block: Callable[[], None]
) -> None:
    try:
        with opened.open(member) as source:
            into.take(source, name, each_block=each_block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        into.found.skip(name, f"It is damaged ({str(error)[:150]}).")


def _taken(opened: zipfile.ZipFile, found: Unpacked, names_in: str) -> list[tuple[zipfile.ZipInfo, str]]:
    """The members that become files, with their names."""
    taken = []
    for member in opened.infolist():
        name, read_as = zip_members.name_of(member, encoding=names_in)
        if name.endswith("/"):  # zipfile's own question stumbles over a name that is empty.
            continue
        if reason := _refusal(member, name):
            found.skip(name, reason)
            continue
        if read_as:
            found.names_read[read_as] += 1
        taken.append((member, name))
    return taken


def _refusal(member: zipfile.ZipInfo, name: str) -> str:
    """Why the member is left out; empty when it is taken."""
    if reason := reason_to_leave_name(name):
        return reason
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG}:
        return LINK
    if member.flag_bits & 0x1:
        return "It is encrypted."
    if member.compress_type not in METHODS:
        return "It is packed by a method that is not taken: use deflate."
    return HIDDEN if is_hidden_name(name) else ""
