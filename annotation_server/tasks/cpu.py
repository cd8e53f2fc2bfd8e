"""Celery's doors for ordinary jobs: each takes an id and calls a step."""

from datetime import timedelta
from ipaddress import ip_network

from celery import shared_task
from django.conf import settings
from django.db import close_old_connections

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.files.time_limit import TimeLimit
from annotation_server.intake.upload_files import folder_of, inspected_path, remove_source
from annotation_server.models import Archive, ArchiveImport, Export, Import, Job, Project, Round
from annotation_server.options.import_images import ImportOptions
from annotation_server.places import export_folder
from annotation_server.steps.archives.export_archive import write_archive
from annotation_server.steps.archives.import_archive import import_archive as restore
from annotation_server.steps.archives.inspect_archive import inspect_archive as look_into_archive
from annotation_server.steps.exports.export_round import write_export
from annotation_server.steps.imports.import_images import import_images as import_all
from annotation_server.steps.imports.inspect_import import inspect_import
from annotation_server.steps.imports.start_import import seconds_of_looking, taken_up
from annotation_server.steps.people.clear_sessions import clear_sessions as forget_sessions
from annotation_server.steps.projects.send_webhooks import send_webhooks as send_all_due
from annotation_server.steps.runs.build_training_set import build_training_set as freeze_training_set
from annotation_server.steps.runs.record_training import record_run_given_up
from annotation_server.steps.uploads.expire_uploads import expire_uploads as forget_uploads
from annotation_server.tasks.holding import Heartbeat, door


@shared_task(name="annotation_server.cpu.reap_jobs")
def reap_jobs() -> int:
    """Every JOB_REAP_SECONDS: call again for jobs that died or were lost."""
    return jobs.reap(run_given_up=record_run_given_up)


@shared_task(name="annotation_server.cpu.expire_uploads")
def expire_uploads() -> int:
    """Every hour: forget sources that somebody brought in and then left."""
    close_old_connections()
    return forget_uploads(after=timedelta(days=settings.IMPORT_EXPIRY_DAYS))


@shared_task(name="annotation_server.cpu.clear_sessions")
def clear_sessions() -> int:
    """Every ten minutes: forget sessions that are over."""
    close_old_connections()
    return forget_sessions()


@shared_task(name="annotation_server.cpu.send_webhooks")
def send_webhooks() -> int:
    """Every WEBHOOK_SECONDS: send what is due."""
    close_old_connections()
    return send_all_due(allowed=[ip_network(network) for network in settings.WEBHOOK_ALLOWED_NETWORKS])


@door(JobKind.BUILD_TRAINING_SET)
def build_training_set(job: Job, heartbeat: Heartbeat) -> None:
    """Freeze what a run may see of a closed round."""
    round = Round.objects.select_related("project").get(jobs=job)
    freeze_training_set(round=round, hold=heartbeat.hold, requested_by=job.requested_by)


@door(JobKind.EXPORT_ROUND)
def export_round(job: Job, heartbeat: Heartbeat) -> None:
    """Write an export that was asked for in the browser or over the API."""
    export = Export.objects.get(jobs=job)
    write_export(
        export=export,
        folder=export_folder(export_id=export.pk),
        hold=heartbeat.hold,
        progress=heartbeat,
    )


@door(JobKind.INSPECT_SOURCE)
def inspect_source(job: Job, heartbeat: Heartbeat) -> None:
    """Look into a source that was uploaded, or fetch it first."""
    inspect_import(
        import_=Import.objects.select_related("requested_by").get(inspection=job),
        hold=heartbeat.hold,
        time_limit=TimeLimit(seconds=settings.IMPORT_SECONDS_LIMIT),
        progress=heartbeat,
    )


@door(JobKind.IMPORT_IMAGES)
def import_images(job: Job, heartbeat: Heartbeat) -> None:
    """Import a source that somebody has looked at."""
    import_ = Import.objects.select_related("inspection").get(job=job)
    import_all(
        project=Project.objects.get(jobs=job),
        source=str(inspected_path(upload=import_)),
        imported_by=job.requested_by,
        options=ImportOptions(**import_.options, confined=True),
        progress=heartbeat,
        time_limit=TimeLimit(
            seconds=settings.IMPORT_SECONDS_LIMIT, spent=seconds_of_looking(import_=import_)
        ),
        checkpoint=taken_up(import_=import_, hold=heartbeat.hold),
    )


@door(JobKind.EXPORT_ARCHIVE)
def export_archive(job: Job, heartbeat: Heartbeat) -> None:
    """Write a project's archive that was asked for in the browser or over the API."""
    archive = Archive.objects.select_related("project", "requested_by").get(job=job)
    write_archive(archive=archive, hold=heartbeat.hold, progress=heartbeat)


@door(JobKind.INSPECT_ARCHIVE)
def inspect_archive(job: Job, heartbeat: Heartbeat) -> None:
    """Unpack an archive that was uploaded, and check it."""
    time_limit = TimeLimit(seconds=settings.IMPORT_SECONDS_LIMIT)
    look_into_archive(
        archive_import=ArchiveImport.objects.get(inspection=job),
        hold=heartbeat.hold,
        progress=time_limit.watched(heartbeat),
    )


@door(JobKind.IMPORT_ARCHIVE)
def import_archive(job: Job, heartbeat: Heartbeat) -> None:
    """Make a project of an archive that somebody has looked at."""
    archive_import = ArchiveImport.objects.get(job=job)
    restore(
        folder=inspected_path(upload=archive_import),
        slug=archive_import.slug,
        confirmed=archive_import.confirmed,
        imported_by=job.requested_by,
        progress=TimeLimit(seconds=settings.IMPORT_SECONDS_LIMIT).watched(heartbeat),
        hold=heartbeat.hold,
    )
    remove_source(folder=folder_of(upload=archive_import))
