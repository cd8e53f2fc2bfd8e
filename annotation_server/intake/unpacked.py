"""Where an archive's members are written, whatever kind of archive it is: below one folder, counted as they come, each one that
is left out with its reason."""

import errno
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from annotation_server.errors import UnreadableSource
from annotation_server.files.allowance import LOOKED_AT_EVERY, refuse_full_disk
from annotation_server.formats.readers.tar_index import LEADS_OUT
from annotation_server.intake import zip_members
from annotation_server.intake.upload_files import no_space

MEMBERS_LIMIT = 2_000_000
KEPT_REASONS = 1_000
BLOCK = 1 << 20
NAMELESS = "It has no name."
# Folders in folders: nobody's collection has more, and programs that go through it may call themselves for each.
MOST_LEVELS = 64
TOO_DEEP = f"It lies more than {MOST_LEVELS} folders deep."
FILES_LOOKED_AT_EVERY = 1_000
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


@dataclass(kw_only=True)
class Unpacked:
    """`skipped` are members that were left out, with the reason; only the first ones. `skipped_count` is how many. `names_read`
    counts names of which the archive does not say how they are written, by the encoding that was taken."""

    members: int = 0
    byte_count: int = 0
    skipped_count: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    names_read: Counter[str] = field(default_factory=Counter)

    def skip(self, name: str, reason: str) -> None:
        """The member was left out."""
        self.skipped_count += 1
        if len(self.skipped) < KEPT_REASONS:
            self.skipped.append({"name": name[:300], "reason": reason})

    def add(self, other: "Unpacked") -> None:
        """Another archive of the same source."""
        self.members += other.members
        self.byte_count += other.byte_count
        self.skipped_count += other.skipped_count
        self.skipped += other.skipped[: KEPT_REASONS - len(self.skipped)]
        self.names_read += other.names_read


@dataclass(frozen=True, kw_only=True)
class Folder:
    """The folder that the members of one archive go to. `packed` is the archive's own size where a bomb shows only while it is
    unpacked; 0: it was looked at before. `file_limit` counts the folders that are made for the members, too."""

    path: Path
    byte_limit: int
    found: Unpacked
    packed: int = 0
    file_limit: int = MEMBERS_LIMIT
    made: set[PurePosixPath] = field(default_factory=set)

    def take(self, source: IO[bytes], name: str, *, each_block: Callable[[], None]) -> None:
        """Write the member, or skip it with the reason. Raises UnreadableSource, ServiceUnavailable, what reading it raises
        (what came so far is removed), and what `each_block` raises."""
        inside = PurePosixPath(name.replace("\\", "/"))
        target = self.path / inside
        is_written = False
        self._count_file(inside)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                is_written = True
                while block := source.read(BLOCK):
                    file.write(block)
                    self._count(len(block))
                    each_block()
            self.found.members += 1
        except (OSError, ValueError) as error:  # A name that no file can have, or one that is there already.
            if is_written:
                target.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in NO_SPACE:
                raise no_space(error) from error
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.found.skip(name, f"It cannot be unpacked ({reason[:150]}).")
        except BaseException:
            if is_written:
                target.unlink(missing_ok=True)
            raise

    def _count_file(self, inside: PurePosixPath) -> None:
        """And the folders above it that are not there yet."""
        before = self._entries
        for parent in inside.parents[:-1]:
            if parent in self.made:
                break
            self.made.add(parent)
        if self._entries >= self.file_limit:
            raise UnreadableSource(
                f"The archive has more than {self.file_limit:,} files and folders; no more are taken (IMPORT_FILES_LIMIT)."
            )
        if (self._entries + 1) // FILES_LOOKED_AT_EVERY > before // FILES_LOOKED_AT_EVERY:
            refuse_full_disk(folder=self.path, byte_count=0)

    @property
    def _entries(self) -> int:
        return self.found.members + len(self.made)

    def _count(self, size: int) -> None:
        before = self.found.byte_count
        self.found.byte_count += size
        if self.found.byte_count > self.byte_limit:
            raise UnreadableSource(f"The archive unpacks to more than {self.byte_limit:,} bytes.")
        if self.packed and zip_members.is_bomb(self.found.byte_count, packed=self.packed):
            raise zip_members.bomb()
        if self.found.byte_count // LOOKED_AT_EVERY > before // LOOKED_AT_EVERY:
            refuse_full_disk(folder=self.path, byte_count=0)


def reason_to_leave_name(name: str) -> str:
    """Why a member of that name is left out; empty when it may be taken."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts:
        return NAMELESS
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return LEADS_OUT
    return TOO_DEEP if len(path.parts) > MOST_LEVELS + 1 else ""


def is_hidden_name(name: str) -> bool:
    """What macOS and version control leave beside people's files."""
    path = PurePosixPath(name.replace("\\", "/"))
    return "__MACOSX" in path.parts or path.name.startswith(".")
