"""JSON Lines: one object a line, with the image's path (relative to the file) or address and its texts."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "jsonl"
# A longer line is not a row of texts but a mistake; reading it whole could take all memory.
LINE_LIMIT = 16 * 1024 * 1024


def recognises(path: Path) -> bool:
    """A file whose first line is a JSON object."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        line = file.readline(LINE_LIMIT).strip()
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Rows in the file's order. Empty lines are passed over."""
    known = Columns(names=_first_names(path), said=columns)
    return Source(format=NAME, rows=_rows(path, known), total=_count_lines(path), columns=known)


def _rows(path: Path, columns: Columns) -> Iterator[ImportRow]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                _skip_rest(file)
                yield _problem(number, f"The line is longer than {LINE_LIMIT:,} bytes.")
            elif line.strip():
                yield _row(line, number=number, columns=columns, folder=path.parent)


def _row(line: bytes, *, number: int, columns: Columns, folder: Path) -> ImportRow:
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _problem(number, f"The line is not JSON ({str(error)[:100]}).")
    if not isinstance(cells, dict):
        return _problem(number, "The line is not a JSON object.")
    return columns.row(number=number, cells=cells, folder=folder)


def _problem(number: int, reason: str) -> ImportRow:
    return ImportRow(number=number, name=f"line {number}", problem=reason)


def _skip_rest(file: Any) -> None:
    while (more := file.readline(LINE_LIMIT)) and not more.endswith(b"\n"):
        pass


def _first_names(path: Path) -> list[str]:
    with path.open("rb") as file:
        first = json.loads(file.readline(LINE_LIMIT))
    return list(first)


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            count, last = 0, b"\n"
            while block := file.read(1 << 20):
                count, last = count + block.count(b"\n"), block[-1:]
            return count + (last != b"\n")
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read ({error.strerror}).") from error
