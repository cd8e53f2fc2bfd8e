"""doccano's image-captioning export, JSON Lines or JSON: {"filename", "label": [captions], "Comments"}.

Its captions were written by annotators, so the first one arrives as a caption of round 1.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.formats.readers import jsonl
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "doccano"


def recognises(path: Path) -> bool:
    """Objects with both `filename` and `label`."""
    if jsonl.recognises(path):
        with path.open("rb") as file:
            first = json.loads(file.readline(jsonl.LINE_LIMIT))
    else:
        first = (list_of_objects(document(path)) or [{}])[0]
    return {"filename", "label"} <= set(first)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Rows in the file's order."""
    known = Columns(names=["filename", "id"], said={"label": "round1", "Comments": "ignore", **columns})
    if jsonl.recognises(path):
        rows, total = jsonl.objects(path), jsonl.count_lines(path)
    else:
        objects = document(path)
        rows, total = enumerate(objects, start=1), len(objects)
    return Source(format=NAME, rows=_rows(rows, known, path.parent), total=total, columns=known)


def _rows(objects: Iterator[tuple[int, Any]], columns: Columns, folder: Path) -> Iterator[ImportRow]:
    for number, cells in objects:
        if not isinstance(cells, dict):
            yield ImportRow(number=number, name=f"row {number}", problem=str(cells))
            continue
        labels = cells.get("label")
        label = labels[0] if isinstance(labels, list) and labels else labels
        yield columns.row(number=number, cells={**cells, "label": label}, folder=folder)
