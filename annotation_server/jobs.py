"""Long work: the only place that puts it on the queue, by task name, on commit.

Postgres holds the truth. A message is a wake-up call: lost ones are sent again by `reap_jobs`, doubled ones find the job
taken. Whoever takes a job gets a Hold with a fencing token, and every write names that token.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from annotation_server.celery import app
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.errors import FencedOff, JobCancelled
from annotation_server.models import CaptionerRun, Export, Job, Project, Round, User
from annotation_server.models.job import UNFINISHED

logger = logging.getLogger(__name__)

GIVEN_UP = "Its worker died each time it was tried. Look into the worker's log, then retry it."
ON_THE_GPU = {
    JobKind.EMBED_IMAGES,
    JobKind.TRAIN_CAPTIONER,
    JobKind.EVALUATE_CAPTIONER,
    JobKind.WRITE_DRAFTS,
    JobKind.MEASURE_CAPTIONS,
    JobKind.CAPTION_IMAGES,
    JobKind.INSPECT_BASE,
}


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One worker's right to a job. It is lost when another worker takes the job."""

    job_id: UUID
    fencing_token: int


def task_name(kind: str) -> str:
    """The Celery task of a kind of job: 'annotation_server.gpu.train_captioner'."""
    return f"annotation_server.{'gpu' if kind in ON_THE_GPU else 'cpu'}.{kind}"


def enqueue(
    *,
    kind: JobKind,
    project: Project | None,
    requested_by: User | None = None,
    round: Round | None = None,
    run: CaptionerRun | None = None,
    export: Export | None = None,
    parameters: dict[str, Any] | None = None,
) -> Job:
    """Store a job and, once the transaction is committed, wake a worker up for it."""
    job = Job.objects.create(
        kind=kind,
        project=project,
        requested_by=requested_by,
        round=round,
        run=run,
        export=export,
        parameters=parameters or {},
    )
    wake(job_id=job.pk, kind=kind)
    return job


def enqueue_once(
    *, kind: JobKind, project: Project, requested_by: User | None = None, round: Round | None = None
) -> Job:
    """The same, unless such a job is under way already: then that one. Hold the project (see rules/locks.py)."""
    under_way = Job.objects.filter(kind=kind, project=project, round=round, state__in=UNFINISHED).first()
    return under_way or enqueue(kind=kind, project=project, requested_by=requested_by, round=round)


def wake(*, job_id: UUID, kind: str) -> None:
    """Send the wake-up call on commit. A broker that is away is no error: the reaper calls again."""

    def send() -> None:
        try:
            app.send_task(task_name(kind), args=[str(job_id)], retry=False)
        except (OperationalError, OSError) as error:
            logger.warning("broker away (%s): job %s waits for the reaper", error, job_id)

    transaction.on_commit(send)


def take(*, job_id: UUID) -> Hold | None:
    """Take a queued job. None when somebody else did, or it has ended."""
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, state=JobState.QUEUED).first()
        if job is None:
            return None
        job.fencing_token += 1
        Job.objects.filter(pk=job_id).update(
            state=JobState.RUNNING,
            fencing_token=job.fencing_token,
            attempts=F("attempts") + 1,
            heartbeat_at=Now(),
            started_at=Now(),
            error="",
        )
        return Hold(job_id=job_id, fencing_token=job.fencing_token)


def _held(hold: Hold) -> Any:
    return Job.objects.filter(pk=hold.job_id, fencing_token=hold.fencing_token, state=JobState.RUNNING)


def beat(*, hold: Hold, **progress: Any) -> None:
    """Say that the worker lives and how far it got (done, total, message). Raises FencedOff, JobCancelled."""
    if not _held(hold).update(heartbeat_at=Now(), **progress):
        raise FencedOff
    if Job.objects.filter(pk=hold.job_id, cancel_requested=True).exists():
        raise JobCancelled


def note(*, hold: Hold, **parameters: Any) -> None:
    """Leave word for the next worker, should this one die. Raises FencedOff."""
    with transaction.atomic():
        job = _held(hold).select_for_update().first()
        if job is None:
            raise FencedOff
        Job.objects.filter(pk=job.pk).update(parameters={**job.parameters, **parameters})


def still_held(*, hold: Hold) -> None:
    """Hold on to the job for this transaction: no other worker can take it before its end. Raises FencedOff."""
    if not _held(hold).select_for_update().exists():
        raise FencedOff


def finish(*, hold: Hold, result: dict[str, Any] | None = None) -> None:
    """End the job well. Call it in the transaction of the job's last writes: if the hold was lost or somebody cancelled the
    job, they are undone. Raises FencedOff, JobCancelled."""
    ended = (
        _held(hold)
        .filter(cancel_requested=False)
        .update(
            state=JobState.SUCCEEDED,
            result=result or {},
            done=F("total"),
            heartbeat_at=Now(),
            finished_at=Now(),
        )
    )
    if not ended:
        raise JobCancelled if _held(hold).exists() else FencedOff


def end_badly(*, hold: Hold, state: JobState, error: str) -> bool:
    """End the job as failed or cancelled. False when the hold was lost: then it is another worker's business."""
    ended = _held(hold).update(state=state, error=error, heartbeat_at=Now(), finished_at=Now())
    return bool(ended)


def reap(*, run_given_up: Callable[[CaptionerRun], None] = lambda run: None) -> int:
    """Find jobs that died or whose wake-up call was lost, and call again. Returns how many were called.

    A job that killed its worker JOB_MAX_ATTEMPTS times is given up; `run_given_up` is called in the same transaction with the
    captioner run that it was for, if it was for one.
    """
    stale = Now() - timedelta(seconds=settings.JOB_STALE_SECONDS)
    _give_up(heartbeat_before=stale, run_given_up=run_given_up)
    with transaction.atomic():
        lost = Job.objects.select_for_update(skip_locked=True).filter(
            state__in=UNFINISHED, heartbeat_at__lt=stale
        )
        called = [(job.pk, job.kind) for job in lost]
        Job.objects.filter(pk__in=[pk for pk, _ in called]).update(state=JobState.QUEUED, heartbeat_at=Now())
        for pk, kind in called:
            wake(job_id=pk, kind=kind)
    return len(called)


def _give_up(*, heartbeat_before: Any, run_given_up: Callable[[CaptionerRun], None]) -> None:
    """End what killed its worker too often: the job, and the captioner run that it was for."""
    with transaction.atomic():
        hopeless = Job.objects.select_for_update(skip_locked=True).filter(
            state=JobState.RUNNING,
            heartbeat_at__lt=heartbeat_before,
            attempts__gte=settings.JOB_MAX_ATTEMPTS,
        )
        ids = [(job.pk, job.run_id) for job in hopeless]
        ended = {"error": GIVEN_UP, "finished_at": Now()}
        Job.objects.filter(pk__in=[job for job, _ in ids]).update(state=JobState.FAILED, **ended)
        runs = CaptionerRun.objects.filter(pk__in=[run for _, run in ids if run])
        runs.update(state=RunState.FAILED, **ended)
        for run in runs.select_related("project", "through_round"):
            run_given_up(run)
