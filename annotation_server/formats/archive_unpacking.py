"""An archive that came as one tar, unpacked under our own eyes: only files that an archive has, under names that it gives
them, each hashed on its way. Anything else in it and the whole is refused: nobody but this software writes such a file.
"""

import hashlib
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import merge
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.formats.checksums import MANIFEST, Hashed, PictureList, is_picture

BLOCK = 1 << 20
OURS = re.compile(
    r"manifest\.json|pictures\.sha256|people\.jsonl|tables/[a-z_]+\.jsonl"
    r"|pictures/(images|renditions)/[0-9a-f]{2}/[0-9a-f]{64}(\.[a-z]+){1,2}|pictures/guidelines/[0-9a-f]{64}\.webp"
    r"|checkpoints/[0-9]{1,9}(/\w[\w.-]*)+",
    re.ASCII,
)


@contextmanager
def unpacked_archive(
    *, path: Path, to: Path, byte_limit: int, tell: Callable[[int, int], None]
) -> Iterator[Iterator[Hashed]]:
    """Unpack into the empty folder `to`; gives each file's name and SHA-256, but the manifest's, in the order of the names.
    `tell(done, total)` is called with bytes; what it raises ends it. Raises UnreadableSource."""
    with tempfile.TemporaryFile() as file:
        pictures = PictureList(file)
        others = _unpack(path, to, byte_limit, tell, pictures)
        yield merge(sorted(others), pictures)


def _unpack(
    path: Path, to: Path, byte_limit: int, tell: Callable[[int, int], None], pictures: PictureList
) -> list[Hashed]:
    total = path.stat().st_size
    others = []
    unpacked = 0
    try:
        with tarfile.open(path, "r:") as opened:
            for member in _members(opened):
                tell(member.offset_data, total)
                unpacked += member.size
                if unpacked > byte_limit:
                    raise UnreadableSource(f"The archive unpacks to more than {byte_limit:,} bytes.")
                sha256 = _take(opened, member, to)
                if is_picture(member.name):
                    pictures.add(name=member.name, size=member.size, sha256=sha256)
                elif member.name != MANIFEST:
                    others.append((member.name, sha256))
    except tarfile.TarError as error:
        raise UnreadableSource(
            f"The file is no archive of a project, or a part of it is missing ({str(error)[:150]})."
        ) from error
    if not (to / MANIFEST).is_file():
        raise UnreadableSource(
            f"The file is no archive of a project, or a part of it is missing: no {MANIFEST}."
        )
    return others


def _members(opened: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (member := opened.next()) is not None:
        opened.members.clear()  # type: ignore[attr-defined]  # It would remember every one.
        if member.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or not OURS.fullmatch(member.name):
            raise UnreadableSource(f"'{member.name[:200]}' is nothing that an archive of a project has.")
        yield member


def _take(opened: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> str:
    """Its SHA-256."""
    target = to / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = opened.extractfile(member)
    if source is None or target.exists():
        raise UnreadableSource(f"'{member.name}' is in the archive twice.")
    digest = hashlib.sha256()
    with source, target.open("xb") as file:
        while block := source.read(BLOCK):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()
