"""JSON Lines, plain or gzipped: one object a line, with the image's path (relative to the file) or address and its texts."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.ledger import Ledger
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.text_lines import (
    BROKEN,
    LINE_LIMIT,
    TooLong,
    count_lines,
    lines,
    not_decoded,
)

NAME = "jsonl"
ENCODED = True
# The first line may be broken: so many are looked at.
LOOKED_AT = 20
BEGINNING = re.compile(r"\s*\{\s*[\"}]")
TOO_LONG = f"The line is longer than {LINE_LIMIT:,} bytes."


def recognises(path: Path) -> bool:
    """A file of which one of the first lines is a JSON object, or that begins with broken ones."""
    return path.is_file() and first_object(path) is not None


def first_object(path: Path) -> dict[str, Any] | None:
    """That of the first line that has one; an empty one when all that were looked at are broken, too long or too deep. None for
    another kind of file."""
    begun = False
    try:
        for line in islice(lines(path), LOOKED_AT):
            if not line.strip():
                continue
            if not BEGINNING.match(line):
                return None
            if isinstance(cells := _object(line, ""), dict):
                return cells
            begun = True
    except BROKEN:
        return None
    return {} if begun else None


def read(*, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
    """Rows in the file's order. Empty lines are passed over."""
    first = next((cells for _, cells in objects(path, encoding) if isinstance(cells, dict)), {})
    known = Columns(names=first, said=columns)
    return Source(
        format=NAME,
        rows=_rows(path, known, encoding),
        total=count_lines(path),
        columns=known,
        ledger=Ledger(),
    )


def objects(path: Path, encoding: str = "") -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Line numbers with the object of the line, or with what is wrong with it."""
    number = 0
    try:
        for number, line in enumerate(lines(path, encoding), start=1):
            if not line.isspace():
                yield number, _object(line, encoding)
    except BROKEN as error:
        yield number + 1, f"The file breaks off here ({str(error)[:150]})."


def _rows(path: Path, columns: Columns, encoding: str) -> Iterator[ImportRow]:
    for number, cells in objects(path, encoding):
        if isinstance(cells, str):
            yield ImportRow(number=number, name=f"line {number}", problem=cells)
        else:
            yield columns.row(number=number, cells=cells, folder=path.parent)


def _object(line: str, encoding: str) -> dict[str, Any] | str:
    if isinstance(line, TooLong):
        return TOO_LONG
    if problem := not_decoded(line, name="The line", encoding=encoding):
        return problem
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"The line is not JSON ({str(error)[:100]})."
    return cells if isinstance(cells, dict) else "The line is not a JSON object."
