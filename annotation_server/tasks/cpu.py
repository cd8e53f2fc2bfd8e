"""Celery's doors for ordinary jobs: each takes an id and calls a step."""

from typing import Any

from celery import shared_task

from annotation_server import jobs
from annotation_server.models import Export, Job, Round
from annotation_server.steps.build_training_set import build_training_set as freeze_training_set
from annotation_server.steps.export_round import servers_folder, write_export
from annotation_server.steps.import_images import ImportOptions
from annotation_server.steps.import_images import import_images as import_all
from annotation_server.tasks.holding import Heartbeat, do_job


@shared_task(name="annotation_server.cpu.reap_jobs")
def reap_jobs() -> int:
    """Every JOB_REAP_SECONDS: call again for jobs that died or were lost."""
    return jobs.reap()


@shared_task(name="annotation_server.cpu.build_training_set")
def build_training_set(job_id: str) -> None:
    """Freeze what a run may see of a closed round."""
    do_job(job_id=job_id, work=_build_training_set)


@shared_task(name="annotation_server.cpu.export_round")
def export_round(job_id: str) -> None:
    """Write an export that was asked for in the browser or over the API."""
    do_job(job_id=job_id, work=_export_round)


@shared_task(name="annotation_server.cpu.import_images")
def import_images(job_id: str) -> None:
    """Import a source that the server can reach."""
    do_job(job_id=job_id, work=_import_images)


def _build_training_set(job: Job, heartbeat: Heartbeat) -> None:
    round = Round.objects.select_related("project").get(jobs=job)
    freeze_training_set(round=round, hold=heartbeat.hold, requested_by=job.requested_by)


def _export_round(job: Job, heartbeat: Heartbeat) -> None:
    export = Export.objects.get(jobs=job)
    folder = servers_folder(export_id=export.pk)
    write_export(export=export, folder=folder, progress=heartbeat)
    jobs.finish(hold=heartbeat.hold, result={"folder": str(folder)})


def _import_images(job: Job, heartbeat: Heartbeat) -> None:
    parameters: dict[str, Any] = job.parameters
    report = import_all(
        project=job.project,
        source=parameters["source"],
        imported_by=job.requested_by,
        options=ImportOptions(**parameters.get("options", {})),
        progress=heartbeat,
    )
    jobs.finish(hold=heartbeat.hold, result=report.as_json())
