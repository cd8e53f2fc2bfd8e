"""What the readers of objects share: a JSON list of them or JSON Lines, whichever the file is, and a row for each."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from annotation_server.formats.readers import jsonl
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.text_lines import count_lines

NO_OBJECT = "It is not a JSON object."

Cells = dict[str, Any]
# Numbers, each with the object or with what is wrong with it.
Numbered = Iterable[tuple[int, Cells | str]]


def numbered(objects: Iterable[Any]) -> Numbered:
    """Those of a list, from 1 on."""
    return (
        (number, one if isinstance(one, dict) else NO_OBJECT) for number, one in enumerate(objects, start=1)
    )


def first_object(path: Path) -> Cells:
    """Of lines or of a list; an empty one where there is none."""
    first = jsonl.first_object(path) if path.is_file() else None
    return (list_of_objects(document(path)) or [{}])[0] if first is None else first


def objects(path: Path, encoding: str) -> tuple[Numbered, int]:
    """All of them, and how many there are. Lines first: they may be more than a document may have."""
    if jsonl.recognises(path):
        return jsonl.objects(path, encoding), count_lines(path)
    found = list_of_objects(document(path)) or []
    return numbered(found), len(found)


def rows_of(
    found: Numbered,
    columns: Columns,
    folder: Path,
    *,
    cells_of: Callable[[Cells], Cells] = lambda cells: cells,
) -> Iterator[ImportRow]:
    """A row for each; what is no object has a problem. `cells_of` says what an object's cells are."""
    for number, one in found:
        if isinstance(one, str):
            yield ImportRow(number=number, name=f"row {number}", problem=one)
        else:
            yield columns.row(number=number, cells=cells_of(one), folder=folder)
