"""What a release's files are, proven by their SHA-256: a few are in its manifest; the pictures, of which there may be millions,
are a line each in a file that `sha256sum --check` reads and the manifest names. So neither the manifest nor the memory of who
writes or checks it grows with them.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Literal

from annotation_server.errors import UnreadableSource

# An archive's, and an export's: what begins with an underscore pandas and pyarrow do not take for rows.
MANIFEST = "manifest.json"
EXPORT_MANIFEST = "_manifest.json"
PICTURE_LIST = "pictures.sha256"
# The folders whose files are in that list: of exports, of archives.
PICTURE_FOLDERS = ("images/", "pictures/")
LONGEST_LINE = 4_096
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)\n")

# A file's name below the release's folder, and its SHA-256. Wherever there are many, they come in the order of the names.
Hashed = tuple[str, str]
Problem = Literal["changed", "missing", "added"]


class PictureList:
    """The list under way, in a file that can be read again; a line of it as it is added."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._last = file, ""
        self._digest = hashlib.sha256()
        self._length = self._count = self._picture_bytes = 0
        self._is_ordered = True

    def add(self, *, name: str, size: int, sha256: str) -> None:
        """The next one."""
        line = f"{sha256}  {name}\n".encode()
        self._file.write(line)
        self._digest.update(line)
        self._length += len(line)
        self._count += 1
        self._picture_bytes += size
        self._is_ordered &= name > self._last
        self._last = name

    def entries(self) -> list[dict[str, Any]]:
        """For the manifest: the list's own, with the number of pictures and their size; none where there are none. Raises
        ValueError when they came in another order than that of their names."""
        if not self._is_ordered:
            raise ValueError("Pictures are listed in the order of their names.")
        listed = {"listed_files": self._count, "listed_bytes": self._picture_bytes}
        own = {"name": PICTURE_LIST, "bytes": self._length, "sha256": self._digest.hexdigest()}
        return [own | listed] if self._count else []

    def __iter__(self) -> Iterator[Hashed]:
        """Sorted by name. If they arrived in another order (in a repacked tar), sorting takes memory."""
        self._file.seek(0)
        lines = (line.decode().removesuffix("\n").partition("  ") for line in self._file)
        hashed = ((name, sha256) for sha256, _, name in lines)
        return hashed if self._is_ordered else iter(sorted(hashed))


def is_picture(name: str) -> bool:
    """Whether the list has it, not the manifest."""
    return name.startswith(PICTURE_FOLDERS)


def manifest_in(folder: Path) -> Path:
    """The manifest of the release in the folder: an archive's if it has one, otherwise an export's, there or not."""
    archives = folder / MANIFEST
    return archives if archives.is_file() else folder / EXPORT_MANIFEST


def file_entries(folder: Path) -> list[dict[str, Any]]:
    """For the manifest: name, size and SHA-256 of every file below the folder, in the order of the names. Where there are
    pictures they are written to their list, whose entry tells how many they are and of what size."""
    entries = []
    left_out = {manifest_in(folder).name, PICTURE_LIST}
    path = folder / PICTURE_LIST
    with path.open("wb") as file:
        pictures = PictureList(file)
        for name in names_below(folder):
            size, sha256 = (folder / name).stat().st_size, sha256_of(folder / name)
            if is_picture(name):
                pictures.add(name=name, size=size, sha256=sha256)
            elif name not in left_out:
                entries.append({"name": name, "bytes": size, "sha256": sha256})
    of_list = pictures.entries()
    if not of_list:
        path.unlink()
    return sorted(entries + of_list, key=lambda entry: str(entry["name"]))


def names_below(folder: Path, inside: str = "") -> Iterator[str]:
    """Of every file, in their order; as many at a time as one folder has."""
    with os.scandir(folder / inside) as found:
        names = sorted(
            _name(inside, one) for one in found if one.is_file() or one.is_dir(follow_symlinks=False)
        )
    for name in names:
        if name.endswith("/"):
            yield from names_below(folder, name)
        else:
            yield name


def _name(inside: str, one: "os.DirEntry[str]") -> str:
    return f"{inside}{one.name}/" if one.is_dir(follow_symlinks=False) else f"{inside}{one.name}"


def hashed_files(folder: Path) -> Iterator[Hashed]:
    """Every file below the folder but the manifest, as it is."""
    manifest = manifest_in(folder).name
    return ((name, sha256_of(folder / name)) for name in names_below(folder) if name != manifest)


def listed_files(folder: Path, manifest: dict[str, Any]) -> Iterator[Hashed]:
    """Every file as the manifest and the list of pictures say. Raises UnreadableSource."""
    named = sorted((str(entry["name"]), str(entry["sha256"])) for entry in manifest["files"])
    has_list = any(name == PICTURE_LIST for name, _ in named)
    return merge(named, read_list(folder / PICTURE_LIST) if has_list else ())


def read_list(path: Path) -> Iterator[Hashed]:
    """Nothing where there is no such file: then it is missing. Raises UnreadableSource."""
    last = ""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), start=1):
                found = LINE.fullmatch(line)
                if found is None or found[2] <= last:
                    raise UnreadableSource(
                        f"Line {number} of {path.name} is not a SHA-256 and the name of a file, in the order of the names."
                    )
                last = found[2]
                yield found[2], found[1]
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise UnreadableSource(f"{path.name} cannot be read ({type(error).__name__}).") from error


def differences(*, said: Iterable[Hashed], found: Iterable[Hashed]) -> Iterator[tuple[str, Problem]]:
    """The names of files that are not what was said, in their order, and what is wrong with each."""
    both = merge(((name, 0, sha256) for name, sha256 in said), ((name, 1, sha256) for name, sha256 in found))
    for name, group in groupby(both, key=lambda one: one[0]):
        sides = {side: sha256 for _, side, sha256 in group}
        if 1 not in sides:
            yield name, "missing"
        elif 0 not in sides:
            yield name, "added"
        elif sides[0] != sides[1]:
            yield name, "changed"


def sha256_of(path: Path) -> str:
    """Of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
