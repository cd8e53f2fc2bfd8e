"""An import that is taken up again goes on with the next row; a worker that lost it stores nothing more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server import jobs
from annotation_server.choices import JobState
from annotation_server.errors import FencedOff, JobCancelled
from annotation_server.files.time_limit import TimeLimit
from annotation_server.intake.import_report import ImportReport
from annotation_server.intake.upload_files import inspected_path, rows_path, upload_path
from annotation_server.models import Image, Import, Job, Project, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.steps.imports.import_images import chunks, import_images
from annotation_server.steps.imports.inspect_import import inspect_import
from annotation_server.steps.imports.start_import import start_import, taken_up
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job
from annotation_server.steps.uploads.announce_upload import announce_import
from annotation_server.steps.uploads.receive_piece import receive_piece
from tests.conftest import held
from tests.drawing import write_picture, write_rows

pytestmark = pytest.mark.django_db

ROWS = 5


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture
def started(project: Project, ada: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """An upload of five rows beside pictures on the server, looked into and started; chunks have one row."""
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 1)
    manifest = write_rows(
        tmp_path / "rows.jsonl", [{"image": f"{number}.png", "alt": f"{number}"} for number in range(ROWS)]
    )
    import_ = announce_import(
        project=project, file_name="rows.jsonl", byte_count=manifest.stat().st_size, requested_by=ada
    )
    with manifest.open("rb") as file:
        import_ = receive_piece(upload=import_, at=0, stream=file)
    folder = upload_path(upload=import_).parent
    for number in range(ROWS - 1):  # The last one is missing.
        write_picture(folder / f"{number}.png", number)
    limit = TimeLimit(seconds=60)
    inspect_import(import_=import_, hold=held(inspection(import_)), time_limit=limit, progress=quiet)
    import_.refresh_from_db()
    return start_import(import_=import_, options={}, started_by=ada)


def inspection(import_: Import) -> Job:
    assert import_.inspection is not None
    return import_.inspection


def job(import_: Import) -> Job:
    return Job.objects.get(imports=import_)


def go_on(import_: Import, hold: jobs.Hold, progress: Callable[..., None] = quiet) -> ImportReport:
    """What the worker's door does."""
    import_.refresh_from_db()
    return import_images(
        project=Project.objects.get(imports=import_),
        source=str(inspected_path(upload=import_)),
        imported_by=None,
        options=ImportOptions(**import_.options, confined=True, processes=1),
        progress=progress,
        checkpoint=taken_up(import_=import_, hold=hold),
    )


def stop_after(rows: int) -> Callable[..., None]:
    def progress(*, done: int, **told: Any) -> None:
        if done >= rows:
            raise JobCancelled

    return progress


def outcomes(import_: Import) -> list[str]:
    lines = rows_path(import_id=import_.pk).read_text().splitlines()
    return [",".join(line.split(",")[:3]) for line in lines]


WHOLE = [
    "row,name,outcome",
    *(f"{number + 1},{number}.png,imported" for number in range(ROWS - 1)),
    "5,4.png,refused",
]


def test_a_stopped_import_goes_on_and_its_report_is_as_if_nothing_had_happened(
    started: Import, ada: User
) -> None:
    hold = held(job(started))
    with pytest.raises(JobCancelled):
        go_on(started, hold, stop_after(2))
    jobs.end_badly(hold=hold, state=JobState.CANCELLED, error="Cancelled.")
    started.refresh_from_db()
    done = started.rows_done
    assert 2 <= done < ROWS
    assert Image.objects.count() == done
    with rows_path(import_id=started.pk).open("a") as file:  # What a kill left beyond the last chunk.
        file.write("999,half a li")
    retry_job(job=job(started), retried_by=ada)
    report = go_on(started, held(job(started))).as_json()
    assert (report["imported"], report["already_there"], report["refused"]) == (ROWS - 1, 0, 1)
    assert outcomes(started) == WHOLE
    assert job(started).state == JobState.SUCCEEDED


def test_started_again_it_begins_anew(started: Import, ada: User) -> None:
    hold = held(job(started))
    with pytest.raises(JobCancelled):
        go_on(started, hold, stop_after(2))
    jobs.end_badly(hold=hold, state=JobState.CANCELLED, error="Cancelled.")
    start_import(import_=started, options={"domain": "animals"}, started_by=ada)
    report = go_on(started, held(job(started))).as_json()
    assert report["rows"] == ROWS
    assert report["already_there"] >= 2


def test_a_worker_that_lost_the_import_stores_nothing_more(started: Import) -> None:
    zombie = held(job(started))
    Job.objects.filter(pk=zombie.job_id).update(state=JobState.QUEUED)
    other = held(job(started))
    with pytest.raises(FencedOff):
        go_on(started, zombie)
    assert Image.objects.count() == 0
    assert go_on(started, other).as_json()["imported"] == ROWS - 1
    assert outcomes(started) == WHOLE


def test_a_cancelled_job_in_the_queue_ends_at_once(started: Import, ada: User) -> None:
    cancel_job(job=job(started), cancelled_by=ada)
    assert job(started).state == JobState.CANCELLED
    assert Image.objects.count() == 0
