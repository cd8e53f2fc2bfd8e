"""What tests of the captioner's jobs share: pictures with pixels, a run that waits for a worker, and doing a job."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from PIL import Image as Picture

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.models import Caption, CaptionerRun, Image, Job, Round, User
from annotation_server.pictures.storage import local_rendition
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set


@pytest.fixture
def queued_run(
    settings: Any,
    tmp_path: Path,
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> CaptionerRun:
    """A run over two pictures that waits for a worker."""
    settings.RUNS_ROOT, settings.EXPORTS_ROOT = tmp_path / "runs", tmp_path / "exports"
    paint(make_images(2))
    round = open_round()
    for text in ("A green square.", "A red square."):
        hand_in(round, ana, text)
    hold = jobs.take(job_id=close_round(round=round, closed_by=None).pk)
    assert hold is not None
    run = build_training_set(round=round, hold=hold, requested_by=None)
    assert run is not None
    return run


def paint(images: list[Image]) -> None:
    """Give each a colour of its own."""
    for image in images:
        path = local_rendition(sha256=image.sha256, size="screen")
        path.parent.mkdir(parents=True, exist_ok=True)
        Picture.new("RGB", (40, 40), (40 * image.pk % 256, 90, 200)).save(path, format="PNG")


def work(task: Callable[[str], None], kind: JobKind) -> Job:
    """Do the newest job of the kind as a worker does."""
    job = Job.objects.filter(kind=kind).latest("created_at")
    task(str(job.pk))
    connections.close_all()
    job.refresh_from_db()
    return job
