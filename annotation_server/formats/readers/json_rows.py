"""A JSON file that is a list of objects, one an image."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "json_rows"


def recognises(path: Path) -> bool:
    """A list of objects with a column for the image."""
    rows = list_of_objects(document(path))
    return rows is not None and bool({"image", "image_url"} & _fields(rows[0]))


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Objects in their order."""
    rows = list_of_objects(document(path))
    if rows is None:
        raise UnreadableSource(f"{path} is not a JSON list of objects.")
    known = Columns(names=rows[0], said=columns)
    return Source(format=NAME, rows=rows_of(rows, known, path.parent), total=len(rows), columns=known)


def rows_of(objects: list[Any], columns: Columns, folder: Path) -> Iterator[ImportRow]:
    """A row for each; what is no object has a problem."""
    for number, cells in enumerate(objects, start=1):
        if isinstance(cells, dict):
            yield columns.row(number=number, cells=cells, folder=folder)
        else:
            yield ImportRow(number=number, name=f"row {number}", problem="It is not a JSON object.")


def _fields(cells: dict[str, Any]) -> set[str]:
    return set(Columns(names=cells, said={}).field_of.values())
