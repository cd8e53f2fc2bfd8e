"""Where a picture is that does not lie where its row says: another folder, another spelling, no extension.

Looked up by its own name below the source, when the first one is missing; what two files could be is refused by name.
"""

import os
import sqlite3
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

from annotation_server.formats.readers.ledger import PICTURES, walk
from annotation_server.formats.readers.row import ImportRow

# A table that lies in somebody's home must not have all of it searched.
FILES_LIMIT = 5_000_000


OUTSIDE = "The picture lies outside the source's folder."


class Lookup:
    """`folder` is where rows' names begin, `root` what may be searched, `images` where somebody said that the pictures are.
    `confined`: no other folder is even looked into."""

    def __init__(self, *, folder: Path, root: Path, images: Path | None, confined: bool) -> None:
        self._folder, self._root, self._images = folder, root, images
        self._confined = confined
        self._index: _Index | None = None

    def placed(self, row: ImportRow) -> ImportRow:
        """The row with its picture found, or with the reason why it is not clear which one it is."""
        picture = row.picture
        if row.problem or not isinstance(picture, Path):
            return row
        name = self._name(picture)
        found = self._said(name) or (picture if self._may_be(picture) else None)
        if found == picture:
            return row
        found = found or self._below(name.replace("\\", "/"))
        if found is None:
            candidates = self._searched(name)
            if len(candidates) > 1:
                problem = f"{len(candidates)} files could be '{name[:300]}': write the path from the source's folder on."
                return replace(row, picture=None, problem=problem)
            found = candidates[0] if candidates else None
        if found is None and self._confined and not is_below(picture, self._root):
            return replace(row, picture=None, problem=OUTSIDE)  # Whether it is there is not even asked.
        return replace(row, picture=found) if found else row

    def _name(self, picture: Path) -> str:
        try:
            return picture.relative_to(self._folder).as_posix()
        except ValueError:
            return picture.as_posix()

    def _said(self, name: str) -> Path | None:
        """In the folder that somebody named, under its path or its name alone."""
        if self._images is None:
            return None
        plain = name.replace("\\", "/").lstrip("/")
        for one in (plain, PurePosixPath(plain).name):
            if ".." not in PurePosixPath(one).parts and is_file(self._images / one):
                return self._images / one
        return None

    def _below(self, name: str) -> Path | None:
        path = self._folder / name.lstrip("/")
        return path if ".." not in path.parts and self._may_be(path) else None

    def _may_be(self, path: Path) -> bool:
        return (not self._confined or is_below(path, self._root)) and is_file(path)

    def _searched(self, name: str) -> list[Path]:
        if self._index is None:
            self._index = _Index(self._images or self._root)
        return self._index.find(name)


class _Index:
    """Every picture below a folder by its name, in a table on the disk: a million names must not fill the memory."""

    def __init__(self, root: Path) -> None:
        self._table = sqlite3.connect("")  # Private, temporary, gone with its connection.
        self._table.execute("CREATE TABLE file (name TEXT, path BLOB)")
        pictures = (
            (key, os.fsencode(path))
            for (path, why), _ in zip(walk(root), range(FILES_LIMIT), strict=False)
            if not why and (Path(path).suffix.lower() in PICTURES or not Path(path).suffix)
            for key in _keys(path)
        )
        self._table.executemany("INSERT INTO file VALUES (?, ?)", pictures)
        self._table.execute("CREATE INDEX file_name ON file (name)")

    def find(self, name: str) -> list[Path]:
        """The files of that name, with as much of its path as fits best; or those that have an extension besides."""
        parts = _plain(name).split("/")
        for key in (parts[-1], f"{parts[-1]}."):
            rows = self._table.execute("SELECT path FROM file WHERE name = ? ORDER BY path", [key])
            if found := [os.fsdecode(path) for (path,) in rows]:
                fits = [_common_end(_plain(path).split("/"), parts) for path in found]
                return [Path(path) for path, fit in zip(found, fits, strict=True) if fit == max(fits)]
        return []


def _keys(path: str) -> tuple[str, str]:
    """Its name, and its name without the extension, which a dot marks."""
    name = _plain(path).rpartition("/")[2]
    return name, f"{name.rpartition('.')[0] or name}."


def _plain(name: str) -> str:
    r"""As it is compared: composed characters, small letters, and / for \."""
    named = name.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", named).casefold().replace("\\", "/")


def _common_end(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left.rpartition(".")[0] != right and left != right:
            break
        count += 1
    return count


def is_below(path: Path, folder: Path) -> bool:
    """By their names alone: the disk is not asked."""
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))  # noqa: PTH100 (links stay as they are)


def is_file(path: Path) -> bool:
    """Whether there is one, whatever somebody wrote for a name."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # No such name can be.
        return False
