"""doccano's image-captioning export, JSON Lines or JSON: {"filename", "label": [captions], "Comments"}.

Its captions were written by annotators, so they arrive as captions of round 1, one of each person.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_objects import first_object, objects, rows_of
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.source import Source

NAME = "doccano"
ENCODED = True
COMMENT = "It is a comment, not a caption."


def recognises(path: Path) -> bool:
    """Objects with both `filename` and `label`."""
    return {"filename", "label"} <= set(first_object(path))


def read(*, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
    """Rows in the file's order. Raises UnreadableSource."""
    if not recognises(path):
        raise UnreadableSource(f"{path} is not of the format {NAME}.")
    known = Columns(names=["filename", "id"], said=columns, meant={"label": "round1"})
    ledger = Ledger()

    def cells_of(cells: dict[str, Any]) -> dict[str, Any]:
        comments = cells.get("Comments")
        if isinstance(comments, list) and comments:
            ledger.leave(Kind.ANNOTATION, COMMENT, example=str(comments[0])[:200], count=len(comments))
        return cells

    found, total = objects(path, encoding)
    rows = rows_of(found, known, path.parent, cells_of=cells_of)
    return Source(format=NAME, rows=rows, total=total, columns=known, ledger=ledger)
