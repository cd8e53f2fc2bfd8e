"""An archive that came as one tar, unpacked under our own eyes: only files that an archive has, under names that it gives
them, each hashed on its way. Anything else in it and the whole is refused: nobody but this software writes such a file.
"""

import hashlib
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.release import MANIFEST

BLOCK = 1 << 20
OURS = re.compile(
    r"manifest\.json|people\.jsonl|tables/[a-z_]+\.jsonl"
    r"|pictures/(images|renditions)/[0-9a-f]{2}/[0-9a-f]{64}(\.[a-z]+){1,2}|pictures/guidelines/[0-9a-f]{64}\.webp"
    r"|checkpoints/[0-9]{1,9}(/\w[\w.-]*)+",
    re.ASCII,
)


def unpack_archive(
    *, path: Path, to: Path, byte_limit: int, tell: Callable[[int, int], None]
) -> list[dict[str, Any]]:
    """Unpack into the empty folder `to`; returns each file's name, size and SHA-256, but the manifest's. `tell(done, total)`
    is called with bytes; what it raises ends it. Raises UnreadableSource."""
    total = path.stat().st_size
    entries = []
    unpacked = 0
    try:
        with tarfile.open(path, "r:") as opened:
            for member in _members(opened):
                tell(member.offset_data, total)
                unpacked += member.size
                if unpacked > byte_limit:
                    raise UnreadableSource(f"The archive unpacks to more than {byte_limit:,} bytes.")
                entries.append(_take(opened, member, to))
    except tarfile.TarError as error:
        raise UnreadableSource(
            f"The file is no archive of a project, or a part of it is missing ({str(error)[:150]})."
        ) from error
    if not (to / MANIFEST).is_file():
        raise UnreadableSource(
            f"The file is no archive of a project, or a part of it is missing: no {MANIFEST}."
        )
    return [entry for entry in entries if entry["name"] != MANIFEST]


def _members(opened: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (member := opened.next()) is not None:
        opened.members.clear()  # type: ignore[attr-defined]  # It would remember every one.
        if member.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or not OURS.fullmatch(member.name):
            raise UnreadableSource(f"'{member.name[:200]}' is nothing that an archive of a project has.")
        yield member


def _take(opened: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> dict[str, Any]:
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
    return {"name": member.name, "bytes": member.size, "sha256": digest.hexdigest()}
