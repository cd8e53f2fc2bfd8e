"""Cancelling and trying again: job and run say the same."""

from collections.abc import Callable

import pytest

from annotation_server import jobs
from annotation_server.choices import JobState, RunState
from annotation_server.errors import JobCancelled, JobNotCancellable
from annotation_server.models import Caption, CaptionerRun, Event, Image, Job, Round, User
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set
from annotation_server.steps.runs.record_training import record_run_ended_badly


@pytest.fixture
def job(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> Job:
    """A queued training."""
    make_images(1)
    round = open_round()
    hand_in(round, ana)
    hold = jobs.take(job_id=close_round(round=round, closed_by=None).pk)
    assert hold is not None
    run = build_training_set(round=round, hold=hold, requested_by=None)
    return Job.objects.get(run=run)


def states(job: Job) -> tuple[str, str]:
    return Job.objects.get(pk=job.pk).state, CaptionerRun.objects.get(jobs=job).state


def test_a_queued_job_ends_at_once(job: Job, ada: User) -> None:
    cancel_job(job=job, cancelled_by=ada)
    assert states(job) == (JobState.CANCELLED, RunState.CANCELLED)
    assert jobs.take(job_id=job.pk) is None
    assert Event.objects.get(verb="job.cancelled").actor == ada


def test_a_running_job_ends_at_its_next_beat(job: Job, ada: User) -> None:
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    jobs.beat(hold=hold, done=1, total=2, message="half")
    cancel_job(job=job, cancelled_by=ada)
    assert states(job)[0] == JobState.RUNNING
    with pytest.raises(JobCancelled):
        jobs.beat(hold=hold)


def test_what_has_ended_cannot_be_cancelled(job: Job) -> None:
    cancel_job(job=job, cancelled_by=None)
    with pytest.raises(JobNotCancellable):
        cancel_job(job=job, cancelled_by=None)


@pytest.mark.parametrize("ended", [JobState.FAILED, JobState.CANCELLED])
def test_what_ended_badly_can_be_tried_again(job: Job, ended: JobState) -> None:
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    assert job.run is not None
    record_run_ended_badly(run=job.run, hold=hold, state=ended, error="The disk is full.")
    assert states(job) == (ended, RunState(ended))
    assert CaptionerRun.objects.get().error == "The disk is full."
    retry_job(job=job, retried_by=None)
    again = Job.objects.get(pk=job.pk)
    assert states(job) == (JobState.QUEUED, RunState.QUEUED)
    assert (again.attempts, again.error, again.cancel_requested, again.finished_at) == (0, "", False, None)
    assert CaptionerRun.objects.get().error == ""
    assert jobs.take(job_id=job.pk) is not None


def test_only_what_ended_badly_can_be_tried_again(job: Job) -> None:
    with pytest.raises(JobNotCancellable):
        retry_job(job=job, retried_by=None)
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    with pytest.raises(JobNotCancellable):
        retry_job(job=job, retried_by=None)
    jobs.finish(hold=hold)
    with pytest.raises(JobNotCancellable):
        retry_job(job=job, retried_by=None)
