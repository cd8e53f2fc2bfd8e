"""CSV: a line an image, a column a round. Cells that a spreadsheet would run as a formula are put behind an apostrophe."""

import csv
import json
from collections.abc import Iterable

from annotation_server.formats.writers.jsonl import copy_picture
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "csv"
# OWASP's list of what starts a formula somewhere.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data.csv; lists are written as JSON in their cell."""
    with (parts.folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names: list[str] = []
        for row in rows:
            copy_picture(row, parts)
            cells = _cells(row, contents)
            if not names:
                names = list(cells)
                writer.writerow(names)
            writer.writerow([guarded(cell) for cell in cells.values()])


def guarded(cell: str) -> str:
    """The cell as plain text for every spreadsheet; readers/table.py takes the apostrophe off again."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _cells(row: ExportRow, contents: Contents) -> dict[str, str]:
    cells = {"image": row.picture_name} if row.picture else {}
    return cells | {
        "sha256": row.sha256,
        "split": row.split,
        "caption": row.caption,
        "caption_source": row.caption_source,
        "alt_texts": json.dumps(row.alt_texts, ensure_ascii=False),
        **{f"round{number}": row.in_round(number) for number in contents.rounds},
        "source": row.source,
        "domain": row.domain,
        "licence": row.licence,
        "source_key": row.source_key,
        "source_url": row.source_url,
        "width": str(row.width),
        "height": str(row.height),
        "face_boxes": json.dumps(row.face_boxes),
    }
