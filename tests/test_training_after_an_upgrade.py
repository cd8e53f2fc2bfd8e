"""A worker of a newer version takes up a training that an older one left unfinished: it starts afresh and ends well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from PIL import Image as Picture

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.formats.pictures import local_rendition
from annotation_server.models import Caption, CaptionerRun, Image, Job, Round, User
from annotation_server.steps.build_training_set import build_training_set
from annotation_server.steps.close_round import close_round


@pytest.fixture
def queued(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> CaptionerRun:
    """A run over two pictures that waits for a worker."""
    for number, image in enumerate(make_images(2)):
        path = local_rendition(sha256=image.sha256, size="screen")
        path.parent.mkdir(parents=True, exist_ok=True)
        Picture.new("RGB", (40, 40), ("green", "red")[number]).save(path, format="PNG")
    round = open_round()
    for text in ("A green square.", "A red square."):
        hand_in(round, ana, text)
    hold = jobs.take(job_id=close_round(round=round, closed_by=None).pk)
    assert hold is not None
    run = build_training_set(round=round, hold=hold, requested_by=None)
    assert run is not None
    return run


@pytest.mark.usefixtures("transactional_db", "quick_encoder")
def test_an_older_version_s_state_is_replaced(settings: Any, tmp_path: Path, queued: CaptionerRun) -> None:
    from annotation_server.tasks.gpu import train_captioner

    settings.RUNS_ROOT = tmp_path
    left = tmp_path / f"run-{queued.pk}" / "checkpoint" / "partial" / "position.json"
    left.parent.mkdir(parents=True)
    left.write_text(json.dumps({"fingerprint": "old", "step": 7, "counts": {"captions_missing": 0}}))
    job = Job.objects.get(run=queued, kind=JobKind.TRAIN_CAPTIONER)
    train_captioner(str(job.pk))
    connections.close_all()
    job.refresh_from_db()
    queued.refresh_from_db()
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    assert queued.state == RunState.EVALUATING
    assert queued.report["resumed_from_step"] == 0
    assert not left.exists()
