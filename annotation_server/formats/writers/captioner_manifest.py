"""The captioner's manifest: JSON Lines, an image a row, with a path that the captioner can open."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotation_server.formats.pictures import local_rendition


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
