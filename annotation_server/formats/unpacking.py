"""Zip archives, unpacked under our own eyes: no member leaves the folder, no link is made, the size is counted as it comes.

Tar files need none of this: their members are streamed and never become files (readers/webdataset.py).
"""

import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.folder import EXTENSIONS

MEMBERS_LIMIT = 5_000_000
KEPT_REASONS = 1_000
BLOCK = 1 << 20
# Deflate packs no more than about 1,000 to 1; what comes near it is no collection of pictures.
RATIO_LIMIT = 200
RATIO_FROM_BYTES = 100 * 1024 * 1024


@dataclass(kw_only=True)
class Unpacked:
    """`skipped` are members that were left out, with the reason; only the first ones. `skipped_count` is how many."""

    members: int = 0
    byte_count: int = 0
    skipped_count: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)

    def skip(self, name: str, reason: str) -> None:
        """The member was left out."""
        self.skipped_count += 1
        if len(self.skipped) < KEPT_REASONS:
            self.skipped.append({"name": name[:300], "reason": reason})


def is_zip(path: Path) -> bool:
    """By its content."""
    return path.is_file() and zipfile.is_zipfile(path)


def unpack(*, archive: Path, to: Path, byte_limit: int, tell: Callable[[int, int], None]) -> Unpacked:
    """Unpack into the empty folder `to`. `tell(done, total)` is called for each member; what it raises ends it.

    Raises UnreadableSource: no zip archive, too many members, more than `byte_limit` bytes, or a bomb.
    """
    found = Unpacked()
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            if len(members) > MEMBERS_LIMIT:
                raise UnreadableSource(
                    f"The archive has {len(members):,} members; at most {MEMBERS_LIMIT:,} are taken."
                )
            for number, member in enumerate(members):
                tell(number, len(members))
                _take(opened, member, to, found, byte_limit)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableSource(f"The archive cannot be read ({str(error)[:150]}).") from error
    return found


def root_of(folder: Path) -> Path:
    """The source in an unpacked archive: the only folder in it, or the only file unless that is a picture; else the whole."""
    while True:
        entries = list(folder.iterdir())
        if len(entries) != 1 or entries[0].suffix.lower() in EXTENSIONS:
            return folder
        if entries[0].is_file():
            return entries[0]
        folder = entries[0]


def _take(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, found: Unpacked, byte_limit: int
) -> None:
    if member.is_dir():
        return
    if reason := _refusal(member):
        found.skip(member.filename, reason)
        return
    target = to / PurePosixPath(member.filename.replace("\\", "/"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, target.open("xb") as file:
            while block := source.read(BLOCK):
                file.write(block)
                found.byte_count += len(block)
                _refuse_bomb(member, file.tell(), found, byte_limit)
        found.members += 1
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        found.skip(member.filename, f"It is damaged ({str(error)[:150]}).")
    except (OSError, ValueError) as error:  # A name that no file can have, or one that is there already.
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        found.skip(member.filename, f"It cannot be unpacked ({reason}).")


def _refusal(member: zipfile.ZipInfo) -> str:
    """Why the member is left out; empty when it is taken."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    kind = stat.S_IFMT(member.external_attr >> 16)
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        return "Its name leads out of the archive."
    if kind not in {0, stat.S_IFREG}:
        return "It is a link or a device, not a file."
    if member.flag_bits & 0x1:
        return "It is encrypted."
    if "__MACOSX" in path.parts or path.name.startswith("."):
        return "It is a hidden file."
    return ""


def _refuse_bomb(member: zipfile.ZipInfo, size: int, found: Unpacked, byte_limit: int) -> None:
    if found.byte_count > byte_limit:
        raise UnreadableSource(f"The archive unpacks to more than {byte_limit:,} bytes.")
    if size > RATIO_FROM_BYTES and size > RATIO_LIMIT * max(member.compress_size, 1):
        raise UnreadableSource(
            f"'{member.filename[:200]}' unpacks to more than {RATIO_LIMIT} times its size; such archives are not taken."
        )
