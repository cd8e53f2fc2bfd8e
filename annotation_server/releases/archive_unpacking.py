"""An archive that came as one tar, unpacked under our own eyes: only files that an archive has, under names that it gives
them, each hashed on its way. Anything else in it and the whole is refused: nobody but this software writes such a file.

The headers are read here and not by `tarfile`, which holds extended ones in memory whatever their size and knows links, sparse
files and other kinds that nothing of ours is. So what comes out is never more than what came in.
"""

import hashlib
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import merge
from pathlib import Path
from typing import BinaryIO

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import MANIFEST, Hashed, PictureList, is_picture
from annotation_server.progress import Progress
from annotation_server.releases.archive_names import printable, refuse_strange_name

BLOCK = 1 << 20
MOST_FILES = 20_000_000
# What a header holds that the tar's own has no room for: a long name, the size of a large file.
EXTENDED_LIMIT = 4_096
EXTENDED = re.compile(rb"[0-9]{1,4} (path|size)=([^\n]*)\n")


@contextmanager
def unpacked_archive(
    *, path: Path, to: Path, byte_limit: int, progress: Progress
) -> Iterator[Iterator[Hashed]]:
    """Unpack into the empty folder `to`; gives each file's name and SHA-256, but the manifest's, in the order of the names.
    `progress` is called with bytes; what it raises ends it. Raises UnreadableSource."""
    with tempfile.TemporaryFile() as file:
        pictures = PictureList(file)
        others = _unpack(path, to, byte_limit, progress, pictures)
        yield merge(sorted(others), pictures)


def _unpack(path: Path, to: Path, byte_limit: int, progress: Progress, pictures: PictureList) -> list[Hashed]:
    total = path.stat().st_size
    others = []
    unpacked = 0
    with path.open("rb") as opened:
        for count, (name, size) in enumerate(_members(opened), start=1):
            progress(done=opened.tell(), total=total, message="unpacking, bytes")
            unpacked += size
            if unpacked > byte_limit:
                raise UnreadableSource(f"The archive unpacks to more than {byte_limit:,} bytes.")
            if count > MOST_FILES:
                raise UnreadableSource(f"The archive has more than {MOST_FILES:,} files.")
            sha256 = _take(opened, name, size, to)
            if is_picture(name):
                pictures.add(name=name, size=size, sha256=sha256)
            elif name != MANIFEST:
                others.append((name, sha256))
    if not (to / MANIFEST).is_file():
        raise _no_archive(f"no {MANIFEST}")
    return others


def _members(opened: BinaryIO) -> Iterator[tuple[str, int]]:
    """Name and size of each file; who asks for the next one has read this one."""
    said: dict[bytes, bytes] = {}
    while (block := opened.read(tarfile.BLOCKSIZE)) not in {b"", bytes(tarfile.BLOCKSIZE)}:
        try:
            member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.TarError, UnicodeDecodeError) as error:
            raise _no_archive(str(error)[:150]) from error
        if member.type == tarfile.XHDTYPE and not said:
            said = _extended(opened, member.size)
            continue
        if member.type not in {tarfile.REGTYPE, tarfile.AREGTYPE}:
            raise UnreadableSource(f"'{printable(member.name)}' is nothing that an archive of a project has.")
        name, size = _as_said(member, said)
        refuse_strange_name(name)
        yield name, size
        opened.read(-size % tarfile.BLOCKSIZE)
        said = {}


def _extended(opened: BinaryIO, size: int) -> dict[bytes, bytes]:
    if not 0 < size <= EXTENDED_LIMIT:
        raise _no_archive("a header is too long")
    content = opened.read(size)
    opened.read(-size % tarfile.BLOCKSIZE)
    found = {one[1]: one[2] for one in EXTENDED.finditer(content)}
    if b"".join(one.group() for one in EXTENDED.finditer(content)) != content:
        raise _no_archive("a header says what no archive of ours does")
    return found


def _as_said(member: tarfile.TarInfo, said: dict[bytes, bytes]) -> tuple[str, int]:
    try:
        name = said[b"path"].decode() if b"path" in said else member.name
        size = int(said[b"size"]) if b"size" in said else member.size
    except ValueError as error:
        raise _no_archive("a header cannot be read") from error
    if size < 0:
        raise _no_archive("a size is less than nothing")
    return name, size


def _take(opened: BinaryIO, name: str, size: int, to: Path) -> str:
    """Its SHA-256."""
    target = to / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with target.open("xb") as file:
            while size:
                block = opened.read(min(size, BLOCK))
                if not block:
                    raise _no_archive("it ends too early")
                size -= len(block)
                digest.update(block)
                file.write(block)
    except FileExistsError as error:
        raise UnreadableSource(f"'{name}' is in the archive twice.") from error
    return digest.hexdigest()


def _no_archive(why: str) -> UnreadableSource:
    return UnreadableSource(f"The file is no archive of a project, or a part of it is missing: {why}.")
