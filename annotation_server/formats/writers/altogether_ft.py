"""The public annotation set's JSON: {"data": [{"round3", "alt", "url", "img_path", "source", "face_bbox"}, …]}.

Every round up to the exported one is there under its name. Further alt-texts of an image, which that format has no place
for, are in `alts`.
"""

import json
from collections.abc import Iterable
from typing import Any

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.columns import COLUMNS, Kind
from annotation_server.formats.writers.jsonl import copy_picture
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "altogether_ft"
DATA = "data.json"


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data.json, written row by row, and the dataset card."""
    tally = Tally()
    with (parts.folder / DATA).open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"data": [')
        between = "\n"
        for row in tally.counted(rows):
            copy_picture(row, parts)
            file.write(between + json.dumps(_record(row, contents), ensure_ascii=False))
            between = ",\n"
        file.write("\n]}\n")
    write_card(
        folder=parts.folder,
        contents=contents,
        tally=tally,
        files={tally.name: DATA},
        features=_features(contents),
        settings={"field": "data"},
    )


def _features(contents: Contents) -> dict[str, Kind]:
    rounds = sorted({*contents.rounds, contents.round})
    texts: list[str] = [f"round{number}" for number in rounds] + ["alt", "url", "img_path", "source"]
    alts = COLUMNS["alt_texts"]
    return {**dict.fromkeys(texts, "string"), "face_bbox": COLUMNS["face_boxes"], "alts": alts}


def _record(row: ExportRow, contents: Contents) -> dict[str, Any]:
    rounds = {f"round{number}": text for number in contents.rounds if (text := row.in_round(number))}
    record: dict[str, Any] = {
        **rounds,
        f"round{contents.round}": row.caption,
        "alt": row.alt_texts[0] if row.alt_texts else "",
        "url": row.image_url,
        "img_path": row.picture_name,
        "source": row.source,
        "face_bbox": row.face_boxes,
    }
    return record | ({"alts": row.alt_texts[1:]} if len(row.alt_texts) > 1 else {})
