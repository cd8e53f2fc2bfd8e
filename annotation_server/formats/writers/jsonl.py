"""JSON Lines: one object an image, every round side by side with where each text came from."""

from collections.abc import Iterable
from typing import Any

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.columns import COLUMNS
from annotation_server.formats.writers.json_line import json_line
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "jsonl"
DATA = "data.jsonl"


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data.jsonl, images/ if the export holds pictures, and the dataset card."""
    tally = Tally()
    with (parts.folder / DATA).open("w", encoding="utf-8", newline="\n") as file:
        for row in tally.counted(rows):
            copy_picture(row, parts)
            file.write(json_line(as_record(row)))
    features = {"image": "string", **COLUMNS} if tally.has_pictures else COLUMNS
    write_card(
        folder=parts.folder, contents=contents, tally=tally, files={tally.name: DATA}, features=features
    )


def as_record(row: ExportRow) -> dict[str, Any]:
    """The row as plain data. `caption` first among the texts: it is what most readers look for."""
    record: dict[str, Any] = {"image": row.picture_name} if row.picture else {}
    return record | {
        "sha256": row.sha256,
        "split": row.split,
        "caption": row.caption,
        "caption_source": row.caption_source,
        "alt_texts": row.alt_texts,
        "rounds": [{**vars(caption)} for caption in row.captions],
        "source": row.source,
        "domain": row.domain,
        "licence": row.licence,
        "source_key": row.source_key,
        "image_url": row.image_url,
        "page_url": row.page_url,
        "width": row.width,
        "height": row.height,
        "face_boxes": row.face_boxes,
    }


def copy_picture(row: ExportRow, parts: Parts) -> None:
    """The row's picture under its own name."""
    if row.picture:
        parts.put(name=row.picture_name, source=row.picture)
