"""The whole way of an image, for real: scripted people over HTTP, two Celery workers, the tiny captioner, three rounds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from annotation_server.choices import RoundState, RunState
from annotation_server.models import Caption, CaptionerRun, Draft, Project, Round, TrainingSetRow
from tests.site import Site

# The tiny captioner's image encoder, made with few scenes and steps: this test is about the way, not about the metrics.
MAKE_ENCODER = """
import sys, pathlib
from captioner.progress import silent
from captioner.scenes_encoder import make_scenes_encoder
from captioner.storage import published_folder
with published_folder(pathlib.Path(sys.argv[1])) as unfinished:
    make_scenes_encoder(folder=unfinished, progress=silent, steps=20, scenes=512)
"""


@pytest.fixture
def quick_encoder() -> None:
    """Where the captioner's worker will look for it."""
    folder = settings.CAPTIONER_CACHE / "encoders" / "scenes-64"
    if not folder.exists():
        subprocess.run([sys.executable, "-c", MAKE_ENCODER, folder], check=True, cwd=settings.BASE_DIR)


@pytest.mark.usefixtures("quick_encoder")
@pytest.mark.serial
@pytest.mark.timeout(600)
def test_three_rounds_are_walked_and_exported(site: Site, tmp_path: Path) -> None:
    call_command(
        "walk_the_loop", url=site.url, scenes=60, rounds=3, preset="tiny", json=tmp_path / "walk.json"
    )
    walked = json.loads((tmp_path / "walk.json").read_text())
    project = Project.objects.get(slug=walked["project"])
    rounds = list(Round.objects.filter(project=project).order_by("number"))
    assert [round.state for round in rounds] == [RoundState.CLOSED] * 3
    assert [row["captions"] for row in walked["rounds"]] == [60, 60, 60]
    runs = list(CaptionerRun.objects.filter(project=project).order_by("number"))
    assert [(run.state, run.error) for run in runs] == [(RunState.FINISHED, "")] * 3
    for run in runs:
        assert run.promoted is not None
        assert run.promotion_reason
        rows = TrainingSetRow.objects.filter(training_set=run.training_set)
        assert set(rows.values_list("image__split", flat=True)) == {"train"}
        drafts = Draft.objects.filter(draft_set__run=run)
        assert drafts.count() == (60 if run.promoted else 0)
    children = Caption.objects.filter(task__round=rounds[2]).exclude(parent=None)
    assert children.count() == Caption.objects.filter(task__round=rounds[2]).count()

    call_command("export_round", project.slug, 3, format="jsonl", output=tmp_path / "one")
    call_command("export_round", project.slug, 3, format="jsonl", output=tmp_path / "two")
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    manifest = json.loads(one["manifest.json"])
    assert manifest["row_count"] == 60
