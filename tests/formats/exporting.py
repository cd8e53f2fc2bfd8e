"""An annotated project with texts that formats stumble over, and what is asked of its exports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotation_server.models import Caption, Project
from annotation_server.options.import_images import ImportOptions
from annotation_server.steps.imports.import_images import import_images

Export = Callable[..., Path]

FORMATS = ["altogether_ft", "coco", "csv", "hf_dataset", "jsonl", "parquet", "webdataset"]
CAPTIONS = [
    '=cmd|"/c calc"!A1 – a "quoted", green iguana;\nsecond line\twith a tab 🦎',
    "'=a newt\u2028on a line of its own\x85and another\u2029",
    "@Ein Molch, grün",
]


def quiet(**told: Any) -> None:
    """Nobody watches."""


def take(project: Project, source: Path) -> list[dict[str, Any]]:
    """Import it; no row is refused. Returns the account of the source."""
    report = import_images(
        project=project,
        source=str(source),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    found = report.as_json()
    assert found["refusals"] == []
    return list(found["account"])


def captions_by_key() -> dict[str, str]:
    """Of the exported round, by the source's own key."""
    return {
        image.source_key: caption.text
        for caption in Caption.objects.filter(task__round__number=2)
        for image in [caption.task.image]
    }
