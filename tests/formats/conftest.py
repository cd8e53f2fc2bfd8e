"""A project to export, and a way to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server.models import Caption, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.steps.exports.export_round import export_round
from tests.drawing import write_picture, write_rows
from tests.formats.exporting import CAPTIONS, quiet, take


@pytest.fixture
def annotated(
    project: Project,
    tmp_path: Path,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
    ben: User,
) -> Round:
    """Three images with all that came along, two rounds; round 2 has the awkward captions. Faces are shown, so that the
    pixels can come back as they were."""
    Project.objects.update(blur_faces=False)
    rows = [
        {
            "image": f"{number}.png",
            "alt_texts": [f"-iguana {number}", "", 'x; y, "z"\n[not json]'][: number + 1],
            "split": "eval" if number == 2 else "train",
            "source": "wit",
            "domain": "animals",
            "licence": "CC-BY",
            "id": f"q{number}",
            "image_url": f"https://example.org/{number}.png?a=1,2",
            "page_url": f"https://example.org/page-{number}.html",
            "face_bbox": [[1, 2, 3.5, 4]] if number else [],
        }
        for number in range(3)
    ]
    for number in range(3):
        write_picture(tmp_path / f"in/{number}.png", number, width=60, height=40)
    take(project, write_rows(tmp_path / "in/rows.jsonl", rows))
    for number, annotator in {1: ana, 2: ben}.items():
        round = open_round()
        for position in range(3):
            hand_in(round, annotator, f"Round one {position}." if number == 1 else CAPTIONS[position])
        Round.objects.filter(pk=round.pk).update(state="closed")
    return round


@pytest.fixture
def export(annotated: Round, tmp_path: Path) -> Callable[..., Path]:
    def written(format: str, **options: Any) -> Path:
        folder = tmp_path / format
        export_round(
            project=annotated.project,
            round=annotated,
            format=format,
            folder=folder,
            options=ExportOptions(**{"images": True, "accepted_only": False, **options}),
            requested_by=None,
            progress=quiet,
        )
        return folder

    return written
