"""The captioner's worker hands in what became of a run: started, trained, failed."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.models import CaptionerRun
from annotation_server.rules.chain_end import measure_next


def record_training_started(*, run: CaptionerRun, settings: dict[str, Any]) -> None:
    """queued → training, with the whole configuration that is used."""
    CaptionerRun.objects.filter(pk=run.pk).update(state=RunState.TRAINING, settings=settings, error="")


def record_training(*, run: CaptionerRun, hold: jobs.Hold, checkpoint: str, report: dict[str, Any]) -> None:
    """training → evaluating; the evaluation is queued in the same transaction."""
    with transaction.atomic():
        CaptionerRun.objects.filter(pk=run.pk).update(
            state=RunState.EVALUATING, checkpoint=checkpoint, report=report
        )
        jobs.enqueue(kind=JobKind.EVALUATE_CAPTIONER, project=run.project, round=run.through_round, run=run)
        jobs.finish(hold=hold, result={"checkpoint": checkpoint})
        audit.record(
            actor=None,
            verb="captioner_run.trained",
            subject=run,
            project=run.project,
            after={"checkpoint": checkpoint},
        )


def record_run_ended_badly(*, run: CaptionerRun, hold: jobs.Hold, state: JobState, error: str) -> None:
    """The run's job failed or was cancelled: job and run say so together. What was published before stays as it was."""
    with transaction.atomic():
        if not jobs.end_badly(hold=hold, state=state, error=error):
            return  # Another worker has the job now.
        ended = RunState.CANCELLED if state == JobState.CANCELLED else RunState.FAILED
        CaptionerRun.objects.filter(pk=run.pk).update(state=ended, error=error, finished_at=Now())
        _conclude(run, ended=ended, error=error)


def record_run_given_up(run: CaptionerRun) -> None:
    """It is failed already, since its job killed its worker too often. Call it in the transaction that gives up."""
    _conclude(run, ended=RunState.FAILED, error=run.error)


def _conclude(run: CaptionerRun, *, ended: RunState, error: str) -> None:
    """The round's report needs no run, so it is measured now."""
    measure_next(round=run.through_round)
    audit.record(
        actor=None,
        verb=f"captioner_run.{ended}",
        subject=run,
        project=run.project,
        after={"error": error},
    )
