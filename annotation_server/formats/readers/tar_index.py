"""What a tar file holds, before anything of it is read: each member's name, size and place, or why it is no part of a sample.

Contents come afterwards, in the order in which they are asked for: by their place in a plain tar; in a compressed one by a
second reading, with what is not yet wanted kept in memory up to a limit. Nothing is extracted: no name becomes a path.
"""

import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from annotation_server.formats.readers.ledger import HIDDEN, is_hidden

LINK = "It is a link or a device, not a file."
LEADS_OUT = "Its name leads out of the archive."
MEMBERS_LIMIT = 1_000_000
# A sample has at most so many bytes; in a compressed archive, so many wait for the other members of their samples.
WAITING_LIMIT = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive, by its number in it."""

    number: int
    name: str
    size: int
    place: int


@dataclass(kw_only=True)
class TarIndex:
    """`members` are regular files with a harmless name; `left` the others with a reason each, `problem` says where the archive
    breaks off."""

    path: Path
    members: list[Member] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    is_plain: bool = True


def index_of(path: Path) -> TarIndex:
    """Read all headers."""
    found = TarIndex(path=path, is_plain=_is_plain(path))
    try:
        with tarfile.open(path, "r:" if found.is_plain else "r|*") as archive:
            for number, member in enumerate(archive):
                archive.members = []  # type: ignore[attr-defined]  # tarfile would keep them all.
                if number >= MEMBERS_LIMIT:
                    found.problem = f"The archive has more than {MEMBERS_LIMIT:,} members: split it."
                    break
                if member.isdir():
                    continue
                if why := _why_left(member):
                    found.left.append((member.name, why))
                else:
                    found.members.append(Member(number, member.name, member.size, member.offset_data))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        found.problem = f"The archive breaks off here ({str(error)[:150]})."
    return found


def contents(index: TarIndex, samples: Sequence[Sequence[Member]]) -> Iterator[dict[int, bytes]]:
    """Of each sample, in their order: the number of each member and its bytes; one that cannot be read is missing."""
    if index.is_plain:
        yield from _by_place(index.path, samples)
    else:
        yield from _in_order(index.path, samples)


def _is_plain(path: Path) -> bool:
    try:
        with tarfile.open(path, "r:"):
            return True
    except (tarfile.TarError, OSError, EOFError):
        return False


def _why_left(member: tarfile.TarInfo) -> str:
    if not member.isreg() or member.issparse():
        return LINK
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts:
        return LEADS_OUT
    return HIDDEN if any(is_hidden(part) for part in path.parts) else ""


def _by_place(path: Path, samples: Sequence[Sequence[Member]]) -> Iterator[dict[int, bytes]]:
    with path.open("rb") as file:
        for sample in samples:
            found = {}
            is_bounded = sum(member.size for member in sample) <= WAITING_LIMIT
            for member in sample if is_bounded else ():
                file.seek(member.place)
                content = file.read(member.size)
                if len(content) == member.size:
                    found[member.number] = content
            yield found


def _in_order(path: Path, samples: Sequence[Sequence[Member]]) -> Iterator[dict[int, bytes]]:
    """A sample is given when it and all before it are there."""
    wanted = {member.number for sample in samples for member in sample}
    waiting: dict[int, bytes] = {}
    size = 0
    left = iter(samples)
    sample = next(left, None)
    try:
        with tarfile.open(path, "r|*") as archive:
            for number, member in enumerate(archive):
                if number in wanted and size + member.size <= WAITING_LIMIT:
                    file = archive.extractfile(member)
                    waiting[number] = file.read() if file else b""
                    size += member.size
                while sample is not None and sample[-1].number <= number:
                    found = {one.number: waiting.pop(one.number) for one in sample if one.number in waiting}
                    size -= sum(map(len, found.values()))
                    yield found
                    sample = next(left, None)
    except (tarfile.TarError, OSError, EOFError, ValueError):
        pass  # The index has said where it breaks off.
    while sample is not None:
        yield {one.number: waiting.pop(one.number) for one in sample if one.number in waiting}
        sample = next(left, None)
