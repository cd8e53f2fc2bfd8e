"""CSV: a line an image, a column a round. Cells that a spreadsheet would run as a formula are put behind an apostrophe."""

import csv
import json
from collections.abc import Iterable

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.jsonl import copy_picture
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "csv"
DATA = "data.csv"
NUMBERS = {"width": "int32", "height": "int32"}
# OWASP's list of what starts a formula somewhere.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data.csv and the dataset card; lists are written as JSON in their cell."""
    tally, names = Tally(), list[str]()
    encoding = "utf-8-sig" if contents.byte_order_mark else "utf-8"
    with (parts.folder / DATA).open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in tally.counted(rows):
            copy_picture(row, parts)
            cells = _cells(row, contents)
            if not names:
                names = list(cells)
                writer.writerow(names)
            writer.writerow([guarded(cell) for cell in cells.values()])
    features = {name: NUMBERS.get(name, "string") for name in names}
    write_card(
        folder=parts.folder, contents=contents, tally=tally, files={tally.name: DATA}, features=features
    )


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
        "image_url": row.image_url,
        "page_url": row.page_url,
        "width": str(row.width),
        "height": str(row.height),
        "face_boxes": json.dumps(row.face_boxes),
    }
