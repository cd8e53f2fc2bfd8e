"""A person stops a job, or asks for one that ended badly to be done again."""

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.errors import JobNotCancellable
from annotation_server.models import CaptionerRun, Job, User
from annotation_server.rules.chain_end import measure_next

AGAIN = {
    JobKind.TRAIN_CAPTIONER: RunState.QUEUED,
    JobKind.EVALUATE_CAPTIONER: RunState.EVALUATING,
    JobKind.WRITE_DRAFTS: RunState.DRAFTING,
}


def cancel_job(*, job: Job, cancelled_by: User | None) -> None:
    """A queued job ends at once, a running one at its next heartbeat. Raises JobNotCancellable."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
            state=JobState.CANCELLED, cancel_requested=True, finished_at=Now()
        )
        asked = ended or Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
        if not asked:
            raise JobNotCancellable("The job has ended, so there is nothing to cancel.")
        if ended and job.run is not None:
            CaptionerRun.objects.filter(pk=job.run.pk).update(state=RunState.CANCELLED, finished_at=Now())
            measure_next(round=job.run.through_round)
        audit.record(actor=cancelled_by, verb="job.cancelled", subject=job, project=job.project)


def retry_job(*, job: Job, retried_by: User | None) -> None:
    """Queue a failed or cancelled job again; it goes on from what it left. Raises JobNotCancellable."""
    with transaction.atomic():
        moved = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED]).update(
            state=JobState.QUEUED,
            attempts=0,
            cancel_requested=False,
            error="",
            message="",
            done=0,
            heartbeat_at=Now(),
            finished_at=None,
        )
        if not moved:
            raise JobNotCancellable("Only a job that failed or was cancelled can be tried again.")
        if job.run_id:
            state = AGAIN[JobKind(job.kind)]
            CaptionerRun.objects.filter(pk=job.run_id).update(state=state, error="", finished_at=None)
        jobs.wake(job_id=job.pk, kind=job.kind)
        audit.record(actor=retried_by, verb="job.retried", subject=job, project=job.project)
