"""The ledger of a source: what every part of it was used for, or why it was not. Nothing of a source may be invisible.

A reader decides what is a row, and may pass over anything on its way: a sidecar of another name, a second caption, a hidden
member. Whatever it passes over it tells the ledger, at the place where it does:

    ledger.leave(Kind.ANNOTATION, "Its image is not in the file.", example="annotation 7")
    ledger.leave(Kind.TEXT, "Only the first caption of an annotator is kept.", example=text, count=len(others))
    ledger.leave_file(path, "It is longer than 1,048,576 bytes.")
    ledger.leave(Kind.MEMBER, "It is a hidden file.", example=member.name)

What it uses it tells too, except for what the ledger sees by itself:

    ledger.read_file(path)              a file that the reader itself has read: a table, a sidecar, a shard
    ledger.use(Kind.MEMBER)             a member of an archive, an annotation of a document

By itself the ledger sees the rows (`see_row`, called for each by `open_source`): their pictures' files and their texts
(alt-texts and captions of rounds) are used. When the rows have ended, it walks through the source's folder: each file that
nobody told of is left, with a reason that its name gives. Columns come from `Columns`. So the sum of used and left is what is
there, and a reader that says nothing at all hides no file.

A *reason* is a whole sentence, one of a few in the code of the reader: no name, number or text of the source in it. What
differs is the *example*: the name or text of the first one. A row that cannot be taken needs no ledger: it is an ImportRow
with a `problem`, and has its outcome in the report.

A ledger takes little memory however large the source is: REASONS_LIMIT reasons a kind with one example each, and 8 bytes a
file. An import that is taken up again reads its rows from the first one on, so it counts all of them again and nothing
needs to be stored. A preview reads the first rows only: `complete` is False then, and files that later rows may name are
not counted as left.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

from annotation_server.files.checksums import EXPORT_MANIFEST, PICTURE_LIST
from annotation_server.formats.readers.row import ImportRow
from annotation_server.texts.text import on_one_line

REASONS_LIMIT = 40
EXAMPLE_LENGTH = 200
OTHER_REASONS = "Other reasons."
ROW_REFUSED = "Its row was refused."

HIDDEN = "It is a hidden file."
LINK = "It is a link: links are not followed."
FOLDER_UNREADABLE = "The folder cannot be read."
PICTURE_OF_NO_ROW = "It is a picture that no row names."
TEXT_OF_NO_PICTURE = "It belongs to no picture and is not the source's table."
OF_AN_EXPORT = "It describes an export: nothing of it is a row."
OF_NO_USE = "It is neither a picture nor a text of this format."

# An export's own, beside its manifest.
BESIDE_MANIFEST = frozenset({"README.md", PICTURE_LIST})
PICTURES = frozenset(
    {".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif"}
)
TEXTS = frozenset(
    {".txt", ".caption", ".text", ".json", ".jsonl", ".csv", ".tsv", ".md", ".html", ".htm", ".parquet"}
)


class Kind(StrEnum):
    """What a source consists of."""

    FILE = "file"
    MEMBER = "member"
    COLUMN = "column"
    ANNOTATION = "annotation"
    TEXT = "text"


@dataclass(kw_only=True)
class Left:
    """What was not used for one reason: how many, and the first one."""

    count: int = 0
    example: str = ""


@dataclass(kw_only=True)
class _Page:
    """One kind."""

    used: int = 0
    left: dict[str, Left] = field(default_factory=dict)


class Ledger:
    """Filled by a reader while its rows are taken; see the module."""

    def __init__(self, parts: "Sequence[Ledger]" = ()) -> None:
        """`parts` are the ledgers of the files of a source that several readers read."""
        self.complete = False
        self._parts = parts
        self.rows = 0
        self._pages: dict[Kind, _Page] = {kind: _Page() for kind in Kind}
        self._read = array("q")
        self._left = array("q")

    def use(self, kind: Kind, count: int = 1) -> None:
        """So many were used."""
        self._pages[kind].used += count

    def leave(self, kind: Kind, reason: str, *, example: str = "", count: int = 1) -> None:
        """So many were not used, because `reason`; `example` is kept of the first one."""
        left = self._pages[kind].left
        if reason not in left and len(left) >= REASONS_LIMIT:
            reason = OTHER_REASONS
        one = left.setdefault(reason, Left(example=on_one_line(example[:EXAMPLE_LENGTH])))
        one.count += count

    def read_file(self, path: PurePath) -> None:
        """That file is used."""
        self._read.append(_mark(path))

    def leave_file(self, path: PurePath, reason: str) -> None:
        """That file is not used, because `reason`."""
        self._left.append(_mark(path))
        self.leave(Kind.FILE, reason, example=path.name)

    def see_row(self, row: ImportRow) -> None:
        """A row goes on its way: its picture's file and its texts are used, or left with it if it has a problem. What is
        refused later the import's report takes off again."""
        self.rows += 1
        if isinstance(row.picture, Path):
            self._read.append(_mark(row.picture))
        if not row.problem:
            self._pages[Kind.TEXT].used += row.text_count
        elif row.text_count:
            self.leave(Kind.TEXT, ROW_REFUSED, example=row.name, count=row.text_count)

    def used(self, kind: Kind) -> int:
        """How many were used so far."""
        return self._pages[kind].used + sum(part.used(kind) for part in self._parts)

    def left(self, kind: Kind) -> dict[str, Left]:
        """Reasons with what was left for each."""
        found = {reason: replace(left) for reason, left in self._pages[kind].left.items()}
        for part in self._parts:
            for reason, left in part.left(kind).items():
                one = found.setdefault(reason, Left(example=left.example))
                one.count += left.count
        return found

    def close(self, root: Path) -> None:
        """All rows were read: account for the files of the source, a folder or a file."""
        for part in self._parts:
            self._read += part._read
            self._left += part._left
        files = _Marks(read=self._read, left=self._left, root=root)
        for path, why in walk(root):
            if files.was_left(path):
                continue
            if files.was_read(path):
                self.use(Kind.FILE)
            else:
                self.leave(Kind.FILE, why or why_left(path), example=os.path.relpath(path, root))
        self._read, self._left = array("q"), array("q")
        self.complete = True

    def as_json(self) -> list[dict[str, Any]]:
        """The kinds that the source has anything of, each with what was used and what was left for which reason."""
        pages = [(kind, self.used(kind), self.left(kind)) for kind in Kind]
        return [
            {
                "kind": kind.value,
                "used": used,
                "left": sum(one.count for one in left.values()),
                "reasons": [
                    {"reason": reason, "count": one.count, "example": one.example}
                    for reason, one in sorted(left.items(), key=lambda item: -item[1].count)
                ],
            }
            for kind, used, left in pages
            if used or left
        ]


class _Marks:
    """Which files somebody told of, when all are told."""

    def __init__(self, *, read: "array[int]", left: "array[int]", root: Path) -> None:
        self._read, self._left = array("q", sorted(read)), array("q", sorted(left))
        self._root, self._resolved = _absolute(root), str(root.resolve())

    def was_read(self, path: str) -> bool:
        """As it lies in the folder, or as it is when the links above the folder are followed."""
        return any(_has(self._read, mark) for mark in self._marks(path))

    def was_left(self, path: str) -> bool:
        """Its reason is in the ledger already."""
        return any(_has(self._left, mark) for mark in self._marks(path))

    def _marks(self, path: str) -> Iterator[int]:
        yield hash(path)
        if self._root != self._resolved:
            yield hash(self._resolved + path.removeprefix(self._root))


def walk(root: Path) -> Iterator[tuple[str, str]]:
    """Absolute paths of all files below a folder (or the file), and why one can be no part of a source: hidden, or a link.
    What lies in a hidden folder is hidden; what is behind a link is not looked at."""
    if not root.is_dir():
        yield _absolute(root), ""
        return
    folders = [(_absolute(root), "")]
    while folders:
        folder, why = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            yield folder, FOLDER_UNREADABLE
            continue
        for entry in entries:
            hidden = why or (HIDDEN if is_hidden(entry.name) else "")
            if entry.is_symlink():
                yield entry.path, LINK
            elif entry.is_dir():
                folders.append((entry.path, hidden))
            else:
                yield entry.path, hidden


def is_hidden(name: str) -> bool:
    """What macOS, Windows and version control leave beside people's files."""
    return name.startswith(".") or name in {"__MACOSX", "Thumbs.db", "desktop.ini"}


def why_left(path: str) -> str:
    """The reason that a file's name gives."""
    file, suffix = Path(path), Path(path).suffix.lower()
    if file.name == EXPORT_MANIFEST:
        return OF_AN_EXPORT
    if file.name in BESIDE_MANIFEST and file.with_name(EXPORT_MANIFEST).is_file():
        return OF_AN_EXPORT
    if suffix in PICTURES:
        return PICTURE_OF_NO_ROW
    return TEXT_OF_NO_PICTURE if suffix in TEXTS else OF_NO_USE


def _mark(path: PurePath) -> int:
    """8 bytes for a path. Two paths of one mark would hide one of them: about once in 10^7 sources of a million files."""
    return hash(_absolute(path))


def _absolute(path: PurePath) -> str:
    """Without `..`, and links as they are: what is read is called as it lies in the source."""
    return os.path.abspath(path)  # noqa: PTH100


def _has(marks: "array[int]", mark: int) -> bool:
    place = bisect_left(marks, mark)
    return place < len(marks) and marks[place] == mark
