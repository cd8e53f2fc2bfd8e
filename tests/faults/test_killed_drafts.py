"""kill -9 while drafts are stored: none is there, and the next worker stores each of them once."""

import os
import subprocess
import sys
from collections.abc import Callable
from signal import SIGKILL

import pytest
from django.conf import settings
from django.db import connection

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.models import Caption, CaptionerRun, Draft, DraftSet, Image, Job, Round, User
from annotation_server.steps.runs.promote_run import promote_run
from tests.site import database_url

IMAGES = 2_000


def store_drafts(job: Job, *, killed_at: int) -> int:
    """The exit code of the process that does the job."""
    command = [sys.executable, "tests/faults/drafting_process.py", str(job.pk), str(killed_at)]
    environment = {**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False).returncode


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_drafts_are_stored_all_or_none(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
    ana: User,
    ada: User,
) -> None:
    make_images(IMAGES)
    round = open_round()
    words = hand_in(round, ana, "A green iguana.")
    run = train(round, cider=0.5)
    promote_run(run=run, promoted_by=ada, reason="For a trial.")
    job = Job.objects.get(kind=JobKind.WRITE_DRAFTS)

    assert store_drafts(job, killed_at=1_500) == -SIGKILL
    assert (DraftSet.objects.count(), Draft.objects.count()) == (0, 0)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE job SET heartbeat_at = heartbeat_at - interval '1 hour' WHERE id = %s", [job.pk]
        )
    assert jobs.reap() == 1

    assert store_drafts(job, killed_at=0) == 0
    job.refresh_from_db()
    run.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (JobState.SUCCEEDED, 2, {"drafts": IMAGES})
    assert run.state == RunState.FINISHED
    assert (DraftSet.objects.count(), Draft.objects.count()) == (1, IMAGES)
    assert list(Caption.objects.values_list("text", flat=True)) == [words.text]
