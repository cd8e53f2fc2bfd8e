"""kill -9 while a project goes out as an archive, while one is looked into, and while one becomes a project: the next worker
ends it as if nothing had happened, and of what the first one began nothing is left."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, Model

from annotation_server import jobs
from annotation_server.choices import JobState
from annotation_server.files.checksums import file_entries, names_below, sha256_of
from annotation_server.models import (
    Archive,
    ArchiveImport,
    Caption,
    CaptionerRun,
    Event,
    Image,
    Job,
    Project,
    Round,
    User,
)
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.storage import staging_folder
from annotation_server.places import archive_file, archive_import_folder, run_folder
from annotation_server.progress import silent
from annotation_server.queries.archives.holding_archives import holding_archives
from annotation_server.releases.archive import checked_manifest, contents_of
from annotation_server.releases.archive_unpacking import unpacked_archive
from annotation_server.releases.release import read_manifest, write_manifest
from annotation_server.steps.archives.export_archive import export_archive
from annotation_server.steps.archives.request_archive import remove_archive, request_archive
from annotation_server.steps.archives.start_archive_import import start_archive_import
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.jobs.retry_job import cancel_job
from annotation_server.steps.uploads.announce_upload import announce_archive
from annotation_server.steps.uploads.expire_uploads import expire_uploads
from annotation_server.steps.uploads.receive_piece import receive_piece
from annotation_server.tasks import cpu
from tests.drawing import drawn, encoded, write_picture, write_rows
from tests.faults.conftest import kill, wait_until
from tests.locks import held_in_a_transaction
from tests.site import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

PICTURES = 6
Begin = Callable[..., "subprocess.Popen[bytes]"]


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Other tests leave files of archives and imports that had the same numbers."""
    for name in ("EXPORTS_ROOT", "IMPORTS_ROOT", "RUNS_ROOT"):
        folder = tmp_path / name.lower()
        setattr(settings, name, folder)
        monkeypatch.setenv(name, str(folder))


@pytest.fixture
def lived_in(
    project: Project,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
    ana: User,
    tmp_path: Path,
) -> Project:
    """Pictures, captions, a captioner with weights, guidelines with a picture."""
    rows = []
    for number in range(PICTURES):
        write_picture(tmp_path / f"in/{number}.png", number)
        rows.append({"image": f"{number}.png", "alt": f"iguana {number}", "split": "train"})
    import_images(
        project=project,
        source=str(write_rows(tmp_path / "in/rows.jsonl", rows)),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    round = open_round()
    for number in range(3):
        hand_in(round, ana, f"A green iguana, number {number}.")
    run = train(round, cider=9.0)
    weights = run_folder(run_id=run.pk) / "checkpoint/model.safetensors"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"weights")
    CaptionerRun.objects.filter(pk=run.pk).update(checkpoint=f"run-{run.pk}/checkpoint")
    page = ContentFile(encoded(drawn(7), "WEBP"))
    default_storage.save(f"guidelines/{project.pk}/{'a' * 64}.webp", page)
    return project


def begin(job: Job, *, message: str = "", times: int = 1) -> "subprocess.Popen[bytes]":
    """A process that does the job, and is killed when it says that for so many a time."""
    return run("job_process.py", str(job.pk), message, str(times))


def run(script: str, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, f"tests/faults/{script}", *arguments]
    environment = {**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def done_again(job: Job) -> Job:
    """The reaper finds the job of the dead worker, and another one does it."""
    assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
    assert reaped(job) == 1
    assert begin(job).wait() == 0
    ended = Job.objects.get(pk=job.pk)
    assert (ended.state, ended.attempts) == (JobState.SUCCEEDED, 2), ended.error
    return ended


def reaped(job: Job) -> int:
    """How many jobs the reaper calls again, an hour after this one's worker was last heard of."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=F("heartbeat_at") - timedelta(hours=1))
    return jobs.reap()


def row_held(row: Model) -> AbstractContextManager[None]:
    """Whoever wants to write that row has to wait: so that a worker is caught when all but that is done."""
    return held_in_a_transaction(lambda: type(row)._default_manager.select_for_update().get(pk=row.pk))


def files_of_archive(archive: Archive) -> list[str]:
    """What lies where the server writes its archives, of this one."""
    root = Path(settings.EXPORTS_ROOT)
    return sorted(path.name for path in root.glob(f"*archive-{archive.pk}*"))


def unpacked(archive: Archive, to: Path) -> dict[str, Any]:
    """The manifest of the whole archive, which is as the database says."""
    path = archive_file(archive_id=archive.pk, slug=archive.project.slug)
    assert (path.stat().st_size, sha256_of(path)) == (archive.byte_count, archive.sha256)
    to.mkdir()
    with unpacked_archive(path=path, to=to, byte_limit=1 << 30, progress=silent) as found:
        return checked_manifest(to, found=found)


def is_whole(archive: Archive, tmp_path: Path) -> None:
    archive.refresh_from_db()
    manifest = unpacked(archive, tmp_path / "whole")
    assert archive.contents == contents_of(manifest)
    assert (archive.contents["images"], archive.contents["pictures"]) == (PICTURES, 2 * PICTURES + 1)
    assert (archive.contents["captions"], archive.contents["checkpoints"]) == (3, 1)
    assert files_of_archive(archive) == [f"archive-{archive.pk}"]
    assert Event.objects.filter(verb="project.archived").count() == 1


def asked_for(project: Project, asker: User) -> tuple[Archive, Job]:
    archive = request_archive(project=project, pictures=True, checkpoints=True, requested_by=asker)
    assert archive.job is not None
    return archive, archive.job


@pytest.mark.parametrize(("message", "times"), [("archiving caption", 1), ("archiving pictures", 4)])
def test_an_archive_is_written_anew(
    lived_in: Project, ada: User, tmp_path: Path, message: str, times: int
) -> None:
    archive, job = asked_for(lived_in, ada)
    assert begin(job, message=message, times=times).wait() == -SIGKILL
    archive.refresh_from_db()
    assert (archive.finished_at, archive.sha256) == (None, "")
    [left] = files_of_archive(archive)
    assert left.startswith(f".archive-{archive.pk}.partial-")
    assert done_again(job).result == {"archive": archive.pk}
    is_whole(archive, tmp_path)


def test_one_that_is_whole_and_could_not_say_so_is_written_anew(
    lived_in: Project, ada: User, tmp_path: Path
) -> None:
    archive, job = asked_for(lived_in, ada)
    with row_held(archive):
        first = begin(job)
        path = archive_file(archive_id=archive.pk, slug="iguanas")
        wait_until(path.is_file, what="the archive is whole")
        kill(first)
    archive.refresh_from_db()
    assert archive.finished_at is None
    done_again(job)
    is_whole(archive, tmp_path)


def test_a_picture_that_was_taken_down_between_two_workers_stays_behind(
    lived_in: Project, ada: User, tmp_path: Path
) -> None:
    archive, job = asked_for(lived_in, ada)
    gone = Image.objects.latest("pk")
    assert begin(job, message="archiving pictures", times=4).wait() == -SIGKILL
    listed = withdraw_image(image=gone, reason="x", withdrawn_by=ada).archives
    assert [(one.id, one.finished_at) for one in listed] == [(archive.pk, None)]
    done_again(job)
    archive.refresh_from_db()
    unpacked(archive, tmp_path / "whole")
    names = list(names_below(tmp_path / "whole"))
    assert [name for name in names if name.startswith("pictures/images/")]
    assert not [name for name in names if gone.sha256 in name]
    assert holding_archives(image=gone) == []


def test_what_a_dead_worker_left_goes_with_the_archive(lived_in: Project, ada: User) -> None:
    archive, job = asked_for(lived_in, ada)
    assert begin(job, message="archiving pictures", times=4).wait() == -SIGKILL
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    cancel_job(job=job, cancelled_by=ada)
    assert files_of_archive(archive) != []
    remove_archive(archive=archive, removed_by=ada)
    assert files_of_archive(archive) == []


@pytest.fixture
def archive_import(lived_in: Project, ada: User) -> ArchiveImport:
    """Its archive, uploaded again; nobody has looked into it."""
    archive, job = asked_for(lived_in, ada)
    cpu.export_archive(str(job.pk))
    content = archive_file(archive_id=archive.pk, slug="iguanas").read_bytes()
    made = announce_archive(file_name="iguanas.tar", byte_count=len(content), requested_by=ada)
    return receive_piece(upload=made, at=0, stream=io.BytesIO(content))


def names_in(folder: Path) -> set[str]:
    """But for that of the locks of pictures being made, which stays."""
    return {path.name for path in folder.iterdir()} - {"turns"} if folder.is_dir() else set()


def test_an_archive_is_looked_into_anew(archive_import: ArchiveImport) -> None:
    assert archive_import.inspection is not None
    assert begin(archive_import.inspection, message="unpacking, bytes", times=10).wait() == -SIGKILL
    assert ArchiveImport.objects.get(pk=archive_import.pk).preview is None
    assert done_again(archive_import.inspection).result == {"project": "iguanas"}
    archive_import.refresh_from_db()
    assert archive_import.preview is not None
    assert (archive_import.preview["path"], archive_import.preview["images"]) == ("unpacked-2", PICTURES)
    folder = archive_import_folder(archive_import_id=archive_import.pk)
    assert names_in(folder) == {"upload", "unpacked-2"}
    with tarfile.open(folder / "upload/iguanas.tar") as opened:
        there = (path for path in (folder / "unpacked-2").rglob("*") if path.is_file())
        assert {path.relative_to(folder / "unpacked-2").as_posix() for path in there} == set(
            opened.getnames()
        )


def started(archive_import: ArchiveImport, owner: User) -> Job:
    assert archive_import.inspection_id is not None
    cpu.inspect_archive(str(archive_import.inspection_id))
    archive_import.refresh_from_db()
    started = start_archive_import(archive_import=archive_import, slug="twin", started_by=owner)
    assert started.job is not None
    return started.job


def is_there_once(archive_import: ArchiveImport, lived_in: Project, before: set[Path]) -> None:
    """The project with all that it had, and no file but its own."""
    twin = Project.objects.exclude(pk=lived_in.pk).get()
    assert twin.slug == "twin"
    kept = {one.sha256: one.file_name for one in Image.objects.filter(project=twin)}
    assert kept == {one.sha256: one.file_name for one in Image.objects.filter(project=lived_in)}
    for sha256, name in kept.items():
        assert sha256_of(Path(default_storage.path(name))) == sha256
    texts = [
        list(Caption.objects.filter(task__round__project=one).order_by("pk").values_list("text"))
        for one in (lived_in, twin)
    ]
    assert texts[0] == texts[1] != []
    run = CaptionerRun.objects.get(project=twin)
    weights = Path(settings.RUNS_ROOT) / run.checkpoint / "model.safetensors"
    page = Path(default_storage.path(f"guidelines/{twin.pk}/{'a' * 64}.webp"))
    assert outside() - before == {weights, page}
    assert names_in(staging_folder()) == set()
    assert names_in(archive_import_folder(archive_import_id=archive_import.pk)) == set()
    assert Event.objects.filter(verb="project.restored").count() == 1
    assert User.objects.filter(username="ana").count() == 1


def outside() -> set[Path]:
    """Every file in the picture storage and among the captioners' runs."""
    roots = (Path(default_storage.path("")), Path(settings.RUNS_ROOT))
    return {path for root in roots for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("importing task", 1),
        ("importing pictures", 3),
        ("importing captioners' weights", 1),  # All is there but the rows.
    ],
)
def test_a_project_comes_to_be_once(
    lived_in: Project, archive_import: ArchiveImport, ada: User, message: str, times: int
) -> None:
    job = started(archive_import, ada)
    before = outside()
    assert begin(job, message=message, times=times).wait() == -SIGKILL
    assert Project.objects.get() == lived_in
    assert done_again(job).result == {"project": "twin"}
    is_there_once(archive_import, lived_in, before)


def test_what_a_given_up_job_left_goes_in_the_end(
    lived_in: Project, archive_import: ArchiveImport, ada: User
) -> None:
    job = started(archive_import, ada)
    before = outside()
    for _ in range(settings.JOB_MAX_ATTEMPTS):
        assert begin(job, message="importing captioners' weights").wait() == -SIGKILL
        reaped(job)
    assert Job.objects.get(pk=job.pk).state == JobState.FAILED
    assert outside() != before
    assert expire_uploads(after=timedelta(days=7)) == 0
    assert outside() == before
    assert names_in(staging_folder()) == set()


@pytest.mark.parametrize("next_one", ["expiry", "import"])
def test_a_killed_command_leaves_no_files_in_the_end(
    lived_in: Project, tmp_path: Path, next_one: str
) -> None:
    folder = tmp_path / "archive"
    export_archive(
        project=lived_in, folder=folder, pictures=True, checkpoints=True, exported_by=None, progress=quiet
    )
    before = outside()
    killed = run("restoring_process.py", str(folder), "twin", "importing captioners' weights")
    assert killed.wait() == -SIGKILL
    assert outside() != before
    if next_one == "expiry":
        expire_uploads(after=timedelta(days=7))
    else:
        assert run("restoring_process.py", str(folder), "twin", "").wait() == 0
        twin = Project.objects.get(slug="twin")
        run_id = CaptionerRun.objects.get(project=twin).pk
        before |= {
            Path(default_storage.path(f"guidelines/{twin.pk}/{'a' * 64}.webp")),
            run_folder(run_id=run_id) / "checkpoint/model.safetensors",
        }
    assert outside() == before
    assert names_in(staging_folder()) == set()


def test_what_is_noted_of_a_project_that_is_there_stays(lived_in: Project) -> None:
    before = outside()
    note = staging_folder() / ".restoring.partial-00000000/files.json"
    note.parent.mkdir()
    run_ids = list(CaptionerRun.objects.values_list("pk", flat=True))
    note.write_text(json.dumps({"project_id": lived_in.pk, "run_ids": run_ids}))
    expire_uploads(after=timedelta(days=7))
    assert outside() == before
    assert not note.exists()


def test_one_that_cannot_be_leaves_no_files(
    lived_in: Project, archive_import: ArchiveImport, ada: User
) -> None:
    job = started(archive_import, ada)
    before = outside()
    unpacked = archive_import_folder(archive_import_id=archive_import.pk) / "unpacked-1"
    images = unpacked / "tables/image.jsonl"
    *others, last = map(json.loads, images.read_text().splitlines())
    last["width"] += 1  # Seen when the picture is decoded, after all rows and some pictures.
    images.write_text("".join(json.dumps(row) + "\n" for row in [*others, last]))
    manifest = read_manifest(unpacked)
    write_manifest(unpacked, {**manifest, "files": file_entries(unpacked)})
    assert begin(job).wait() == 0
    assert "is not the picture that its image says" in Job.objects.get(pk=job.pk).error
    assert outside() == before
    assert Project.objects.get() == lived_in
