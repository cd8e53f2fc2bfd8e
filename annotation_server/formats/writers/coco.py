"""COCO captions: {"images", "annotations"}, one caption an image, as pycocotools reads them.

What COCO has no place for (alt-texts, split, source) stands in further keys of the image, which its readers pass over.
"""

import json
import shutil
from collections.abc import Iterable
from typing import Any

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.columns import Kind
from annotation_server.formats.writers.jsonl import copy_picture
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "coco"
DATA = "captions.json"
# `file_name` and `split` are the image's, for readers that look at annotations alone.
ANNOTATION: dict[str, Kind] = {
    "id": "int64",
    "image_id": "int64",
    "caption": "string",
    "file_name": "string",
    "split": "string",
}


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """captions.json and the dataset card. The annotations are put aside meanwhile, so that neither list is held in memory."""
    aside = parts.folder / "annotations.partial"
    licences: dict[str, int] = {}
    tally = Tally()
    with (parts.folder / DATA).open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"images": [')
        with aside.open("w", encoding="utf-8", newline="\n") as annotations:
            for number, row in enumerate(tally.counted(rows), start=1):
                copy_picture(row, parts)
                between = ",\n" if number > 1 else "\n"
                licence = licences.setdefault(row.licence, len(licences) + 1)
                file.write(between + json.dumps(_image(row, number, licence), ensure_ascii=False))
                annotations.write(between + json.dumps(_annotation(row, number), ensure_ascii=False))
        file.write('\n],\n"annotations": [')
        with aside.open(encoding="utf-8", newline="") as annotations:
            shutil.copyfileobj(annotations, file)
        about = {"project": contents.project, "language": contents.language, "round": contents.round}
        named = [{"id": number, "name": name, "url": ""} for name, number in licences.items()]
        file.write(f'\n],\n"licenses": {json.dumps(named, ensure_ascii=False)},\n')
        file.write(f'"info": {json.dumps({"description": contents.name}, ensure_ascii=False)},\n')
        file.write(f'"altogether": {json.dumps(about)},\n"type": "captions"}}\n')
    aside.unlink()
    write_card(
        folder=parts.folder,
        contents=contents,
        tally=tally,
        files={tally.name: DATA},
        features=ANNOTATION,
        settings={"field": "annotations"},
    )


def _image(row: ExportRow, number: int, licence: int) -> dict[str, Any]:
    return {
        "id": number,
        "file_name": _file_name(row),
        "width": row.width,
        "height": row.height,
        "license": licence,
        "coco_url": row.image_url,
        "page_url": row.page_url,
        "sha256": row.sha256,
        "alt_texts": row.alt_texts,
        "split": row.split,
        "source": row.source,
        "domain": row.domain,
        "source_key": row.source_key,
        "caption_source": row.caption_source,
        "face_boxes": row.face_boxes,
    }


def _annotation(row: ExportRow, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "image_id": number,
        "caption": row.caption,
        "file_name": _file_name(row),
        "split": row.split,
    }


def _file_name(row: ExportRow) -> str:
    return row.picture_name or row.sha256
