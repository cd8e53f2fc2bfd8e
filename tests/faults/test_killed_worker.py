"""kill -9 of a worker in the middle of a job: another one takes the job up, and it ends once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from subprocess import Popen

import pytest

from annotation_server.choices import JobKind, JobState, RoundState
from annotation_server.models import Caption, CaptionerRun, Image, Job, Round, TrainingSet, User
from annotation_server.rules.locks import hold_project
from annotation_server.steps.rounds.close_round import close_round
from tests.faults.conftest import kill, wait_until
from tests.locks import held_in_a_transaction

Start = Callable[..., Popen[bytes]]


def project_held(project_id: int) -> AbstractContextManager[None]:
    """Whoever wants to write to the project has to wait: so that a worker is caught in the middle of its job."""
    return held_in_a_transaction(lambda: hold_project(project_id=project_id))


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
