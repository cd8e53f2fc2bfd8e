"""Doing a job: take it, keep its heart beating from a thread, end it one way or another."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState
from annotation_server.errors import FencedOff, JobCancelled, Refusal
from annotation_server.models import Job
from annotation_server.steps.runs.record_training import record_run_ended_badly

logger = logging.getLogger(__name__)

PROGRESS_EVERY_SECONDS = 0.5
# The function of each kind of job, registered by `door`. Those of the gpu queue are here only if tasks/gpu.py is loaded.
DOORS: dict[JobKind, Callable[[Job, "Heartbeat"], None]] = {}


class Heartbeat:
    """Beats for a held job while its work runs; called by the work with how far it got.

    Raises FencedOff or JobCancelled in the work, as soon as a beat finds out. In a transaction of the work the thread tells
    how far it is: what the work wrote itself would be seen only at the end, and hold up whoever cancels the job.
    """

    def __init__(self, *, hold: jobs.Hold) -> None:
        self.hold = hold
        self._over = threading.Event()
        self._bad_news: Exception | None = None
        self._told_at = 0.0
        self._untold: dict[str, Any] = {}
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{hold.job_id}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self._thread.join()

    def __call__(self, *, done: int, total: int, message: str) -> None:
        """Say how far the work got (at most twice a second, and at the end)."""
        if self._bad_news is not None:
            raise self._bad_news
        if connection.in_atomic_block:
            self._untold = {"done": done, "total": total, "message": message}
            return
        now = time.monotonic()
        if now - self._told_at >= PROGRESS_EVERY_SECONDS or done == total:
            self._told_at = now
            jobs.beat(hold=self.hold, done=done, total=total, message=message)

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.JOB_HEARTBEAT_SECONDS):
                try:
                    untold, self._untold = self._untold, {}
                    jobs.beat(hold=self.hold, **untold)
                except (OperationalError, InterfaceError):
                    close_old_connections()  # The database is away: beat again when it is back.
                except (FencedOff, JobCancelled) as news:
                    self._bad_news = news
                    return
        finally:
            connection.close()


def door(kind: JobKind) -> Callable[[Callable[[Job, Heartbeat], None]], "Task[[str], None]"]:
    """The function becomes the Celery task of the kind: called with a job's id, it takes the job and does what the function
    says, which ends it through a step."""

    def opened(work: Callable[[Job, Heartbeat], None]) -> "Task[[str], None]":
        def do(job_id: str) -> None:
            do_job(job_id=job_id, work=work)

        do.__doc__ = work.__doc__
        task: Task[[str], None] = shared_task(name=jobs.task_name(kind))(do)
        DOORS[kind] = work
        return task

    return opened


def do_job(*, job_id: str, work: Callable[[Job, Heartbeat], None]) -> None:
    """Take the job and do `work`, which ends it through a step. A job that somebody else has is left alone."""
    close_old_connections()
    hold = jobs.take(job_id=UUID(job_id))
    if hold is None:
        return
    job = Job.objects.select_related("project", "round", "run", "export", "requested_by").get(pk=hold.job_id)
    if job.cancel_requested:  # Its worker died, or was stuck, before it heard of it.
        _end(job, hold, JobState.CANCELLED, "Cancelled.")
        return
    logger.info("%s %s: taken (%s)", job.kind, job.pk, hold.fencing_token)
    with Heartbeat(hold=hold) as heartbeat:
        try:
            work(job, heartbeat)
        except FencedOff:
            logger.warning("%s %s: another worker has it now", job.kind, job.pk)
        except JobCancelled:
            _end(job, hold, JobState.CANCELLED, "Cancelled.")
        except (OperationalError, InterfaceError) as error:
            logger.warning(
                "%s %s: the database went away (%s); the reaper will call again", job.kind, job.pk, error
            )
        except Exception as error:
            logger.exception("%s %s failed", job.kind, job.pk)
            _end(job, hold, JobState.FAILED, _reason(error))
        else:
            logger.info("%s %s: done", job.kind, job.pk)


def _reason(error: Exception) -> str:
    """One sentence for people: an expected refusal speaks for itself, anything else names its kind."""
    expected = isinstance(error, Refusal) or type(error).__module__.startswith("captioner")
    return str(error) if expected else f"{type(error).__name__}: {error}"


def _end(job: Job, hold: jobs.Hold, state: JobState, error: str) -> None:
    if job.run is not None:
        record_run_ended_badly(run=job.run, hold=hold, state=state, error=error)
    else:
        jobs.end_badly(hold=hold, state=state, error=error)
