"""What the tests of imports share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotation_server.intake.import_report import ImportReport
from tests.drawing import write_picture, write_rows

Import = Callable[..., ImportReport]


def manifest(folder: Path, count: int, **fields: Any) -> Path:
    """A manifest of `count` different pictures."""
    rows = []
    for number in range(count):
        write_picture(folder / f"{number}.png", number)
        rows.append({"image": f"{number}.png", "alt_text": f"iguana {number}", **fields})
    return write_rows(folder / "rows.jsonl", rows)


def counts(report: ImportReport) -> tuple[int, int, int]:
    found = report.as_json()
    return found["imported"], found["already_there"], found["refused"]


def quiet(**told: Any) -> None:
    """Nobody watches."""
