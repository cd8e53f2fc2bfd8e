"""The captioner's own worker captions in bulk over Ray: killed, cancelled, and in the end what one process writes."""

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq
import pytest
from django.db import connection

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState
from annotation_server.models import CaptionerRun, Export, Image, Job, User
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.pictures.storage import local_rendition
from annotation_server.places import bulk_folder, export_folder
from annotation_server.steps.exports.verify_export import verify_export
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job
from annotation_server.steps.runs.caption_images import request_captions
from tests.faults.conftest import wait_until
from tests.gpu_jobs import paint, queued_run, work

__all__ = ["queued_run"]

# Celery, torch and Ray are started, more than once, on a machine that may be small and busy.
PATIENCE_SECONDS = 480.0
# How a test knows the processes that come of its worker, whoever their parents are by then.
MARK = "CAPTIONED_BY"


@pytest.mark.faults
@pytest.mark.usefixtures("quick_encoder")
@pytest.mark.timeout(1_800)
def test_a_worker_that_was_killed_and_cancelled_writes_what_one_process_writes(
    queued_run: CaptionerRun,
    ada: User,
    make_images: Callable[..., list[Image]],
    settings: Any,
    start: Callable[..., Popen[bytes]],
) -> None:
    """A block of one picture cannot end while that picture is a pipe that nobody fills."""
    from annotation_server.tasks.gpu import caption_images, train_captioner

    assert work(train_captioner, JobKind.TRAIN_CAPTIONER).state == JobState.SUCCEEDED
    run = queued_run
    run.refresh_from_db()
    paint(make_images(3))
    settings.CAPTION_BLOCK_IMAGES = 1
    alone = request_captions(run=run, choices=CaptioningChoices(), requested_by=ada)
    assert work(caption_images, JobKind.CAPTION_IMAGES).state == JobState.SUCCEEDED

    last = local_rendition(sha256=Image.objects.latest("pk").sha256, size="screen")
    picture = last.read_bytes()
    last.unlink()
    os.mkfifo(last)
    environment = {
        MARK: uuid4().hex,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "CAPTIONER_CACHE": str(settings.CAPTIONER_CACHE),
        "OMP_NUM_THREADS": "1",
        "CAPTION_BLOCK_IMAGES": "1",
        "CAPTION_RAY_ACTORS": "1",
    }
    killed = start("captioner", **environment)
    over_ray = request_captions(run=run, choices=CaptioningChoices(), requested_by=ada)
    job = Job.objects.get(export=over_ray)
    blocks = bulk_folder(run_id=run.pk, export_id=over_ray.pk) / "captions"
    wait_until(lambda: told(job) == (4, 5), what="all but the last are captioned", patience=PATIENCE_SECONDS)
    done = {block.name: block.stat().st_ino for block in blocks.glob("*.parquet")}
    killed.kill()
    # Ray's agents, when they have just come up, give the rest a minute before they end.
    wait_until(
        lambda: not started_by(environment), what="Ray ended with the worker", patience=PATIENCE_SECONDS
    )

    again = start("captioner", **environment)
    take_up_again(job)
    wait_until(lambda: told(job) == (0, 1), what="the last is left", patience=PATIENCE_SECONDS)
    assert len(started_by(environment)) > 1
    cancel_job(job=job, cancelled_by=ada)
    wait_until(lambda: state(job) == JobState.CANCELLED, what="the job is cancelled")
    wait_until(lambda: started_by(environment) == [again.pid], what="nothing of Ray is left")

    again.terminate()
    assert again.wait(60) == 0  # as a worker ends by this signal, and no program of Ray's

    last.unlink()
    last.write_bytes(picture)
    assert {block.name: block.stat().st_ino for block in blocks.glob("*.parquet")} == done
    retry_job(job=job, retried_by=ada)
    caption_images(str(job.pk))  # without Ray, which has to start for everything else here
    job.refresh_from_db()
    assert (job.state, job.error, job.result) == (
        JobState.SUCCEEDED,
        "",
        {"row_count": 5, "captioned": 5, "unreadable": 0},
    )
    assert rows(over_ray) == rows(alone)
    assert [row["text"] != "" for row in rows(over_ray)] == [True] * 5
    over_ray.refresh_from_db()
    assert verify_export(folder=Path(over_ray.folder)).is_whole
    assert not blocks.exists()


def told(job: Job) -> tuple[int, int]:
    """How many blocks the worker says it did, of how many."""
    assert state(job) != JobState.FAILED, job.error
    return job.done, job.total


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def take_up_again(job: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE job SET heartbeat_at = heartbeat_at - interval '1 hour' WHERE id = %s", [job.pk]
        )
    jobs.reap()


def started_by(environment: dict[str, str]) -> list[int]:
    """The processes that have the mark in their environment."""
    mark = f"{MARK}={environment[MARK]}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            pass  # It has ended.
    return found


def rows(export: Export) -> list[dict[str, Any]]:
    files = sorted(export_folder(export_id=export.pk).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]
