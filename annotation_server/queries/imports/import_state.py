"""Where an upload of either kind is, from the jobs that look after it: nothing is written down twice."""

from typing import Any

from annotation_server.choices import ImportState, JobState
from annotation_server.models import Job, Upload
from annotation_server.models.job import UNFINISHED
from annotation_server.options.import_images import Reading

# What a person may say of how a source is read, before or after a worker looks into it, with what it is if nobody says it.
HOW_READ: dict[str, Any] = Reading().stored()


def import_state(upload: Upload) -> ImportState:
    """Needs its two jobs (select_related)."""
    if upload.job is not None:
        return _by_job(
            upload.job, ImportState.IMPORTING, done=ImportState.FINISHED, ended=ImportState.STOPPED
        )
    if upload.inspection is not None:
        return _by_job(
            upload.inspection, ImportState.INSPECTING, done=ImportState.READY, ended=ImportState.UNREADABLE
        )
    return ImportState.RECEIVING


def _by_job(job: Job, going: ImportState, *, done: ImportState, ended: ImportState) -> ImportState:
    if job.state in UNFINISHED:
        return going
    return done if job.state == JobState.SUCCEEDED else ended
