"""kill -9 of a worker in the middle of a job: another one takes the job up, and it ends once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import Popen

import pytest
from django.db import connection, transaction

from annotation_server.choices import JobKind, JobState, RoundState
from annotation_server.models import Caption, CaptionerRun, Image, Job, Round, TrainingSet, User
from annotation_server.queries.locks import hold_project
from annotation_server.steps.close_round import close_round
from tests.faults.conftest import kill, wait_until

Start = Callable[..., Popen[bytes]]


@contextmanager
def project_held(project_id: int) -> Iterator[None]:
    """Whoever wants to write to the project has to wait: so that a worker is caught in the middle of its job."""
    holding, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            hold_project(project_id=project_id)
            holding.set()
            over.wait()
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.faults
def test_the_job_of_a_killed_worker_is_found_and_ends_once(
    start: Start,
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    first = start("worker")
    with project_held(round.project_id):
        job = close_round(round=round, closed_by=None)
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.RUNNING, what="a worker took the job")
        kill(first)
        assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
        start("worker")
        wait_until(lambda: Job.objects.get(pk=job.pk).attempts == 2, what="another worker took it up")
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.SUCCEEDED, what="the job ended")
    round.refresh_from_db()
    ended = Job.objects.get(pk=job.pk)
    assert round.state == RoundState.CLOSED
    assert (ended.fencing_token, ended.attempts, ended.result["rows"]) == (2, 2, 1)
    assert (TrainingSet.objects.count(), CaptionerRun.objects.count()) == (1, 1)
    assert Job.objects.filter(kind=JobKind.TRAIN_CAPTIONER).count() == 1
