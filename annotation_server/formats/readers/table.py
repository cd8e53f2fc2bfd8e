"""CSV and TSV, plain or gzipped (WIT, Conceptual Captions and other lists): a line of column names, then a row an image."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "table"
DELIMITERS = "\t,;|"
CELL_LIMIT = 16 * 1024 * 1024
# What a spreadsheet would take for a formula; our own writer puts an apostrophe before it (writers/csv.py).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def recognises(path: Path) -> bool:
    """Text whose first line names a column for the image, or has just a text and an address."""
    if not path.is_file():
        return False
    try:
        with _open(path) as file:
            first = file.readline(CELL_LIMIT)
    except (OSError, EOFError, UnicodeError):
        return False
    names = _names(first)
    return names is not None


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Rows in the file's order. A table without names has the caption and the image's address, in either order."""
    with _open(path) as file:
        names = _names(file.readline(CELL_LIMIT)) or []
    headless = bool(names) and names[0].startswith("\x00")
    known = Columns(names=[name.lstrip("\x00") for name in names], said=columns)
    return Source(format=NAME, rows=_rows(path, known, names), total=_count(path, headless), columns=known)


def _names(first: str) -> list[str] | None:
    """The column names; marked by a NUL where the first line is a row already. None when this is no table of images."""
    if not first.strip() or "\x00" in first:
        return None
    cells = next(csv.reader([first], delimiter=_delimiter(first)), [])
    fields = set(Columns(names=cells, said={}).field_of.values())
    if fields & {"image", "image_url"}:
        return cells
    addresses = [cell.startswith(("http://", "https://")) for cell in cells]
    if len(cells) == 2 and sum(addresses) == 1:
        return ["\x00image_url", "\x00caption"] if addresses[0] else ["\x00caption", "\x00image_url"]
    return None


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _rows(path: Path, columns: Columns, names: list[str]) -> Iterator[ImportRow]:
    csv.field_size_limit(CELL_LIMIT)
    with _open(path) as file:
        delimiter = _delimiter(file.readline(CELL_LIMIT))
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        if not names[0].startswith("\x00"):
            next(reader)
        plain = [name.lstrip("\x00") for name in names]
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except (csv.Error, UnicodeError) as error:
                yield ImportRow(
                    number=number, name=f"row {number}", problem=f"The row cannot be read ({error})."
                )
                if isinstance(error, UnicodeError):
                    return
                continue
            if cells is None:
                return
            if cells:
                yield _row(cells, plain, number=number, columns=columns, folder=path.parent)


def _row(cells: list[str], names: list[str], *, number: int, columns: Columns, folder: Path) -> ImportRow:
    if len(cells) != len(names):
        problem = f"The row has {len(cells)} cells; the table has {len(names)} columns."
        return ImportRow(number=number, name=f"row {number}", problem=problem)
    found = {name: _unguarded(cell) for name, cell in zip(names, cells, strict=True)}
    return columns.row(number=number, cells=found, folder=folder)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell


def _count(path: Path, headless: bool) -> int:
    """Lines; quoted cells may span several, so it is an upper bound. Unknown for gzip: counting would read it twice."""
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return 0
        file.seek(0)
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return lines if headless else max(0, lines - 1)


def _open(path: Path) -> TextIO:
    """As text, whatever it is packed and encoded in."""
    with path.open("rb") as file:
        start = file.read(2)
    encoding = "utf-16" if start in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    if start == b"\x1f\x8b":
        return gzip.open(path, "rt", encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")
