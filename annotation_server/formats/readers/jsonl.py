"""JSON Lines: one object a line, with the image's path (relative to the file) or address and its texts."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

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
    first = next((cells for _, cells in objects(path) if isinstance(cells, dict)), {})
    known = Columns(names=first, said=columns)
    return Source(format=NAME, rows=_rows(path, known), total=count_lines(path), columns=known)


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Line numbers with the object of the line, or with what is wrong with it."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                _skip_rest(file)
                yield number, f"The line is longer than {LINE_LIMIT:,} bytes."
            elif line.strip():
                yield number, _object(line)


def count_lines(path: Path) -> int:
    """Lines of the file, empty ones too."""
    with path.open("rb") as file:
        count, last = 0, b"\n"
        while block := file.read(1 << 20):
            count, last = count + block.count(b"\n"), block[-1:]
    return count + (last != b"\n")


def _rows(path: Path, columns: Columns) -> Iterator[ImportRow]:
    for number, cells in objects(path):
        if isinstance(cells, str):
            yield ImportRow(number=number, name=f"line {number}", problem=cells)
        else:
            yield columns.row(number=number, cells=cells, folder=path.parent)


def _object(line: bytes) -> dict[str, Any] | str:
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"The line is not JSON ({str(error)[:100]})."
    return cells if isinstance(cells, dict) else "The line is not a JSON object."


def _skip_rest(file: BinaryIO) -> None:
    while (more := file.readline(LINE_LIMIT)) and not more.endswith(b"\n"):
        pass
