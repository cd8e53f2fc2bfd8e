"""The whole way of an image, for real: scripted people over HTTP, two Celery workers, the tiny captioner, three rounds."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from annotation_server.choices import RoundState, RunState
from annotation_server.models import Caption, CaptionerRun, Draft, Project, Round, Task, TrainingSetRow
from tests.site import Site


@pytest.mark.usefixtures("quick_encoder")
@pytest.mark.serial
@pytest.mark.timeout(1200)
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
    measured = Task.objects.filter(round__in=rounds, current_caption__measure__clip_score__gte=0)
    assert measured.count() == 180
    children = Caption.objects.filter(task__round=rounds[2]).exclude(parent=None)
    assert children.count() == Caption.objects.filter(task__round=rounds[2]).count()

    call_command("export_round", project.slug, 3, format="jsonl", output=tmp_path / "one")
    call_command("export_round", project.slug, 3, format="jsonl", output=tmp_path / "two")
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    manifest = json.loads(one["_manifest.json"])
    assert manifest["row_count"] == 60
