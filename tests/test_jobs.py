"""Jobs survive what happens to workers, brokers and messages; each ends once."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from annotation_server import jobs
from annotation_server.celery import app
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.errors import FencedOff, JobCancelled
from annotation_server.models import Caption, CaptionerRun, Event, Image, Job, Project, Round, User
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set
from annotation_server.tasks.cpu import reap_jobs
from annotation_server.tasks.holding import DOORS, Heartbeat, do_job
from tests.at_once import at_once


@pytest.fixture
def job(project: Project) -> Job:
    """A queued job."""
    return jobs.enqueue(kind=JobKind.EXPORT_ROUND, project=project)


def take(job: Job) -> jobs.Hold:
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    return hold


def fall_silent(job: Job) -> None:
    """Its last heartbeat was too long ago."""
    late = timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now() - late)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The wake-up calls that would be sent (a broker that only listens)."""
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **_: sent.append(args[0]))
    return sent


def test_a_job_is_taken_once(job: Job) -> None:
    assert take(job).fencing_token == 1
    assert jobs.take(job_id=job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_work_in_a_transaction_is_watched_and_cancelled(job: Job) -> None:
    with pytest.raises(JobCancelled):
        rename_until_cancelled(job)
    assert Project.objects.filter(name="Half renamed").count() == 0


def rename_until_cancelled(job: Job) -> None:
    with Heartbeat(hold=take(job)) as heartbeat, transaction.atomic():
        Project.objects.update(name="Half renamed")
        while True:
            heartbeat(done=3, total=9, message="row 3")
            at_once([lambda: cancel_when_told(job)])


def cancel_when_told(job: Job) -> None:
    """As a person does who looks at the job."""
    Job.objects.filter(pk=job.pk, done=3, total=9, message="row 3").update(cancel_requested=True)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_takes_it(job: Job) -> None:
    holds = at_once([lambda: jobs.take(job_id=job.pk)] * 8)
    assert [one for one in holds if one is not None] == [jobs.Hold(job_id=job.pk, fencing_token=1)]


def test_a_job_that_fell_silent_is_called_again(
    job: Job, calls: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    first = take(job)
    fall_silent(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.reap() == 1
    assert calls == [str(job.pk)]
    second = take(job)
    assert second.fencing_token == first.fencing_token + 1


def test_a_job_that_beats_is_left_alone(job: Job) -> None:
    hold = take(job)
    fall_silent(job)
    jobs.beat(hold=hold, done=3, total=9, message="row 3")
    assert jobs.reap() == 0
    beaten = Job.objects.get(pk=job.pk)
    assert (beaten.done, beaten.total, beaten.message) == (3, 9, "row 3")


def test_a_zombie_changes_nothing(job: Job) -> None:
    zombie = take(job)
    fall_silent(job)
    jobs.reap()
    worker = take(job)
    with pytest.raises(FencedOff):
        jobs.beat(hold=zombie, done=99)
    with pytest.raises(FencedOff):
        jobs.finish(hold=zombie, result={"by": "zombie"})
    assert jobs.end_badly(hold=zombie, state=JobState.FAILED, error="zombie") is False
    jobs.finish(hold=worker, result={"by": "worker"})
    ended = Job.objects.get(pk=job.pk)
    assert (ended.state, ended.result, ended.done) == (JobState.SUCCEEDED, {"by": "worker"}, 0)


def test_a_job_ends_once(job: Job) -> None:
    hold = take(job)
    jobs.finish(hold=hold)
    with pytest.raises(FencedOff):
        jobs.finish(hold=hold)
    assert jobs.end_badly(hold=hold, state=JobState.FAILED, error="too late") is False
    assert jobs.take(job_id=job.pk) is None


def test_a_wake_up_call_that_was_lost_is_sent_again(
    job: Job, calls: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    assert jobs.reap() == 0
    fall_silent(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.reap() == 1
        assert jobs.reap() == 0
    assert calls == [str(job.pk)]


def test_a_job_that_kills_its_workers_is_given_up(job: Job) -> None:
    for attempt in range(settings.JOB_MAX_ATTEMPTS):
        take(job)
        fall_silent(job)
        assert jobs.reap() == (1 if attempt + 1 < settings.JOB_MAX_ATTEMPTS else 0)
    ended = Job.objects.get(pk=job.pk)
    assert (ended.state, ended.attempts) == (JobState.FAILED, settings.JOB_MAX_ATTEMPTS)
    assert "worker died" in ended.error
    assert jobs.take(job_id=job.pk) is None


def test_a_run_whose_job_is_given_up_has_failed_too(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(1)
    round = open_round()
    hand_in(round, ana)
    build_training_set(round=round, hold=take(close_round(round=round, closed_by=None)), requested_by=None)
    training = Job.objects.get(kind=JobKind.TRAIN_CAPTIONER)
    for _ in range(settings.JOB_MAX_ATTEMPTS):
        take(training)
        fall_silent(training)
        reap_jobs()
    run = CaptionerRun.objects.get()
    assert run.state == RunState.FAILED
    assert run.error == Job.objects.get(pk=training.pk).error
    # The round's report needs no run: as where a run fails in any other way.
    assert Job.objects.get(kind=JobKind.MEASURE_CAPTIONS).round == round
    [told] = Event.objects.filter(verb="captioner_run.failed")
    assert told.after == {"error": run.error}


def test_a_broker_that_is_away_does_not_stop_the_request(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(kind=JobKind.EXPORT_ROUND, project=project)
    assert Job.objects.get().state == JobState.QUEUED


def test_every_kind_of_job_has_one_door() -> None:
    """The captioner's are in the module that its workers alone load."""
    for module in ("cpu", "gpu"):
        import_module(f"annotation_server.tasks.{module}")
    assert DOORS.keys() == set(JobKind)
    assert {jobs.task_name(kind) for kind in JobKind} <= set(app.tasks)
    assert {kind for kind, work in DOORS.items() if work.__module__.endswith(".gpu")} == jobs.ON_THE_GPU


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_cancel_nobody_heard_is_not_taken_up_again(job: Job) -> None:
    """Its worker was stuck; the next one ends it, and does nothing of it."""
    take(job)
    Job.objects.update(cancel_requested=True)
    fall_silent(job)
    assert jobs.reap() == 1
    done: list[Job] = []
    do_job(job_id=str(job.pk), work=lambda job, heartbeat: done.append(job))
    job.refresh_from_db()
    assert (done, job.state, job.error) == ([], JobState.CANCELLED, "Cancelled.")
    assert job.finished_at is not None
