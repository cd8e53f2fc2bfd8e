"""What tests of exports share: names of types, and reading what was written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotation_server.models import Caption, CaptionerRun, Export, Image

Images = Callable[..., list[Image]]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]
Write = Callable[..., Export]


def quiet(**told: Any) -> None:
    """Nobody watches."""


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "data.jsonl").read_text().splitlines()]


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
