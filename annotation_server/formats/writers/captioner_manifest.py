"""The captioner's manifest: JSON Lines, an image a row, with a path that the captioner can open."""

import itertools
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotation_server.pictures.storage import local_rendition


def write_manifest_parts(*, rows: Iterable[dict[str, Any]], folder: Path, part_rows: int) -> int:
    """The same in files of `part_rows` rows, images-000000.jsonl …; the folder appears when it is whole."""
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    left, count = iter(rows), 0
    for number in itertools.count():
        part = list(itertools.islice(left, part_rows))
        if not part:
            break
        count += write_captioner_manifest(rows=part, path=partial / f"images-{number:06d}.jsonl")
    partial.replace(folder)
    return count


def write_captioner_manifest(*, rows: Iterable[dict[str, Any]], path: Path) -> int:
    """Write the rows with `image` set to the rendition that people see too; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            image = str(local_rendition(sha256=row["sha256"], size="screen"))
            file.write(json.dumps({**row, "image": image}, ensure_ascii=False) + "\n")
            count += 1
    return count
