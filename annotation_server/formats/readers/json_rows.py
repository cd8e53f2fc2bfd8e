"""A JSON file that is a list of objects, one an image; or an object of such a list, of columns, or of captions by file name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.json_objects import numbered, rows_of
from annotation_server.formats.readers.source import Source

NAME = "json_rows"
PICTURE = re.compile(r".*\.(?:jpe?g|jfif|png|webp|gif|bmp|tiff?|avif|heic)", re.IGNORECASE | re.DOTALL)
LOOKED_AT = 20


def recognises(path: Path) -> bool:
    """Rows with a column for the image."""
    rows = _rows_in(document(path), wanted=True)
    return rows is not None and _has_image(rows[0])


def resembles(path: Path) -> bool:
    """A list of objects, none of whose columns says that it holds the images."""
    return list_of_objects(document(path)) is not None


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Objects in their order. Raises UnreadableSource, InvalidSettings."""
    rows = _rows_in(document(path), wanted=False)
    if rows is None:
        raise UnreadableSource(f"{path} is not a JSON list of objects.")
    known = Columns(names=_names(rows), said=columns, complete=True)
    return Source(
        format=NAME, rows=rows_of(numbered(rows), known, path.parent), total=len(rows), columns=known
    )


def _rows_in(content: Any, *, wanted: bool) -> list[Any] | None:
    """The list itself, or what an object has of one. `wanted`: only lists with a column for the image count in an object."""
    if (rows := list_of_objects(content)) is not None:
        return rows
    if not isinstance(content, dict) or not content:
        return None
    lists = [rows for value in content.values() if (rows := list_of_objects(value)) is not None]
    named = [rows for rows in lists if _has_image(rows[0])]
    if len(named) == 1:
        return named[0]
    if rows := _by_file(content) or _by_column(content):
        return rows
    return lists[0] if len(lists) == 1 and not wanted else None


def _by_file(content: dict[str, Any]) -> list[dict[str, Any]]:
    """{file: caption}, {file: [captions]} or {file: fields}."""
    if not all(PICTURE.fullmatch(name) for name, _ in zip(content, range(LOOKED_AT), strict=False)):
        return []
    return [
        {"image": name, **value} if isinstance(value, dict) else {"image": name, "alt_texts": value}
        for name, value in content.items()
    ]


def _by_column(content: dict[str, Any]) -> list[dict[str, Any]]:
    """{column: [cells]}, or {column: {row: cell}} as pandas writes it. Other entries of the object are no columns."""
    columns: dict[str, list[Any]] = {}
    for name, value in content.items():
        if isinstance(value, list):
            columns[name] = value
        elif isinstance(value, dict) and all(row.isdecimal() for row in value):
            columns[name] = list(value.values())
    lengths = {len(cells) for cells in columns.values()}
    if len(lengths) != 1 or lengths == {0} or not _has_image(columns):
        return []
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _has_image(cells: Mapping[str, Any]) -> bool:
    fields = set(Columns(names=cells, said={}).field_of.values())
    return bool({"image", "image_url"} & fields)


def _names(rows: list[Any]) -> dict[str, None]:
    return dict.fromkeys(name for cells in rows if isinstance(cells, dict) for name in cells)
