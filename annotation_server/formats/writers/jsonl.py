"""JSON Lines: one object an image, every round side by side with where each text came from."""

import json
from collections.abc import Iterable
from typing import Any

from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "jsonl"
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data.jsonl, and images/ where the export holds pictures."""
    with (parts.folder / "data.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            copy_picture(row, parts)
            file.write(_as_json(as_record(row)) + "\n")


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
        "source_url": row.source_url,
        "width": row.width,
        "height": row.height,
        "face_boxes": row.face_boxes,
    }


def copy_picture(row: ExportRow, parts: Parts) -> None:
    """The row's picture under its own name."""
    if row.picture:
        parts.put(name=row.picture_name, source=row.picture)
