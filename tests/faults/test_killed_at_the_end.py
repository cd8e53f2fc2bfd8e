"""Every kind of job ends in the transaction of its last writes: whether its worker is killed just before, or a person cancels
it at that moment, it can be done again, and what it makes is made once."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from signal import SIGKILL
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState
from annotation_server.models import (
    Archive,
    ArchiveImport,
    Caption,
    CaptionerRun,
    Event,
    Image,
    Import,
    Job,
    Project,
    Round,
    Upload,
    User,
)
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.options.export_round import ExportOptions
from annotation_server.pictures.storage import original_name
from annotation_server.places import archive_file, checkpoint_at
from annotation_server.steps.archives.request_archive import request_archive
from annotation_server.steps.archives.start_archive_import import start_archive_import
from annotation_server.steps.bases.register_base import register_base
from annotation_server.steps.exports.export_round import request_export
from annotation_server.steps.images.embed_images import request_embeddings
from annotation_server.steps.imports.start_import import start_import
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.caption_images import request_captions
from annotation_server.steps.runs.promote_run import promote_run
from annotation_server.steps.uploads.announce_upload import announce_archive, announce_import
from annotation_server.steps.uploads.receive_piece import receive_piece
from annotation_server.tasks import cpu
from tests.at_once import at_once
from tests.drawing import drawn, encoded
from tests.gpu_jobs import queued_run
from tests.site import database_url

__all__ = ["queued_run"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

FOLDERS = ("EXPORTS_ROOT", "IMPORTS_ROOT", "RUNS_ROOT", "CAPTIONER_BASES")
Kill = Callable[[Job], None]
U = TypeVar("U", bound=Upload)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """Other tests leave files of exports and imports that had the same numbers."""
    for name in FOLDERS:
        setattr(settings, name, tmp_path / name.lower())


@pytest.fixture(scope="module")
def dying_worker(django_db_setup: None) -> Iterator["subprocess.Popen[str]"]:
    """See tests/faults/dying_worker.py."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    worker = subprocess.Popen(
        [sys.executable, "tests/faults/dying_worker.py"],
        cwd=settings.BASE_DIR,
        env=os.environ | threads | {"DATABASE_URL": database_url(), "PYTHONPATH": str(settings.BASE_DIR)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with worker:
        yield worker
        assert worker.stdin is not None
        worker.stdin.close()


@pytest.fixture
def kill(dying_worker: "subprocess.Popen[str]") -> Kill:
    """kill(job) has it done by a worker that is killed as it is about to end; the reaper calls for another one."""

    def die(job: Job) -> None:
        assert dying_worker.stdin is not None
        assert dying_worker.stdout is not None
        folders = {name: str(getattr(settings, name)) for name in FOLDERS}
        asked = {"job": str(job.pk), "kind": job.kind, "settings": folders}
        print(json.dumps(asked), file=dying_worker.stdin, flush=True)
        assert int(dying_worker.stdout.readline()) == -SIGKILL
        assert state_of(job) == (JobState.RUNNING, "")
        Job.objects.filter(pk=job.pk).update(heartbeat_at=F("heartbeat_at") - timedelta(hours=1))
        assert jobs.reap() == 1

    return die


def state_of(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error


def do(job: Job) -> None:
    """As a worker does."""
    if job.kind in jobs.ON_THE_GPU:
        from annotation_server.tasks import gpu

        getattr(gpu, job.kind)(str(job.pk))
    else:
        getattr(cpu, job.kind)(str(job.pk))


def ends_once(job: Job, *, kill: Kill, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at the end, then cancelled at the end, then done: nothing that it tells of itself is told twice."""
    before = set(Event.objects.values_list("pk", flat=True))
    projects = list(Project.objects.all())  # What an archive brings along tells of itself.
    kill(job)

    finish = jobs.finish

    def cancel() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20s'")  # A person who cancels waits for no job's transaction.
        cancel_job(job=Job.objects.get(pk=job.pk), cancelled_by=owner)

    def cancelled_first(**ended: Any) -> None:
        assert at_once([cancel]) == [None]
        finish(**ended)

    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(jobs, "finish", cancelled_first)
        do(job)
    assert state_of(job) == (JobState.CANCELLED, "Cancelled.")
    retry_job(job=job, retried_by=owner)
    do(job)
    assert state_of(job) == (JobState.SUCCEEDED, "")
    assert not job.cancel_requested
    ours = Event.objects.filter(Q(project=None) | Q(project__in=projects)).exclude(pk__in=before)
    told = Counter(ours.values_list("verb", flat=True))
    assert set(told.values()) == {1}, told


@dataclass(kw_only=True)
class World:
    """A project with a round that was worked on, and its owner."""

    round: Round
    owner: User

    @property
    def project(self) -> Project:
        return self.round.project

    def picture(self) -> Import:
        """A picture that was brought in and waits to be looked into."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as into:
            into.writestr("iguana.png", encoded(drawn(1), "PNG"))
        made = announce_import(
            project=self.project,
            file_name="pictures.zip",
            byte_count=packed.tell(),
            requested_by=self.owner,
        )
        packed.seek(0)
        return receive_piece(upload=made, at=0, stream=packed)

    def archive(self) -> Archive:
        return request_archive(
            project=self.project, pictures=False, checkpoints=False, requested_by=self.owner
        )

    def archive_brought_in(self) -> ArchiveImport:
        """The same of an archive."""
        archive = self.archive()
        do(the(archive.job))
        content = archive_file(archive_id=archive.pk, slug=self.project.slug).read_bytes()
        made = announce_archive(file_name="archive.tar", byte_count=len(content), requested_by=self.owner)
        return receive_piece(upload=made, at=0, stream=io.BytesIO(content))


def the(job: Job | None) -> Job:
    assert job is not None
    return job


def looked_into(upload: U) -> U:
    do(the(upload.inspection))
    upload.refresh_from_db()
    return upload


def export(world: World) -> Job:
    options = ExportOptions(accepted_only=False)
    return request_export(
        round=world.round, format="jsonl", requested_by=world.owner, options=options
    ).jobs.get()


def importing(world: World) -> Job:
    import_ = looked_into(world.picture())
    return the(start_import(import_=import_, options={"without_texts": True}, started_by=world.owner).job)


def restoring(world: World) -> Job:
    archive_import = looked_into(world.archive_brought_in())
    return the(start_archive_import(archive_import=archive_import, slug="twin", started_by=world.owner).job)


MADE: dict[JobKind, Callable[[World], Job]] = {
    JobKind.INSPECT_SOURCE: lambda world: the(world.picture().inspection),
    JobKind.IMPORT_IMAGES: importing,
    JobKind.BUILD_TRAINING_SET: lambda world: close_round(round=world.round, closed_by=world.owner),
    JobKind.EXPORT_ROUND: export,
    JobKind.EXPORT_ARCHIVE: lambda world: the(world.archive().job),
    JobKind.INSPECT_ARCHIVE: lambda world: the(world.archive_brought_in().inspection),
    JobKind.IMPORT_ARCHIVE: restoring,
}


@pytest.mark.parametrize("kind", [kind for kind in JobKind if kind not in jobs.ON_THE_GPU])
def test_a_job_of_the_server_ends_once(
    kind: JobKind,
    kill: Kill,
    ana: User,
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for image in make_images(2):
        name = original_name(sha256=image.sha256, media_type=image.media_type)
        Image.objects.filter(pk=image.pk).update(file_name=name)
    round = open_round()
    hand_in(round, ana)
    job = MADE[kind](World(round=round, owner=ada))
    assert job.kind == kind
    ends_once(job, kill=kill, owner=ada, monkeypatch=monkeypatch)


@pytest.mark.usefixtures("quick_encoder")
@pytest.mark.timeout(600)
def test_a_job_of_the_captioner_ends_once(
    queued_run: CaptionerRun, kill: Kill, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other: each needs what the one before made."""
    done = set()

    def next_ends_once(job: Job) -> None:
        ends_once(job, kill=kill, owner=ada, monkeypatch=monkeypatch)
        done.add(job.kind)

    next_ends_once(Job.objects.get(kind=JobKind.TRAIN_CAPTIONER))
    next_ends_once(Job.objects.get(kind=JobKind.EVALUATE_CAPTIONER))
    queued_run.refresh_from_db()
    next_ends_once(promote_run(run=queued_run, promoted_by=ada, reason="to see its drafts"))
    next_ends_once(Job.objects.get(kind=JobKind.MEASURE_CAPTIONS))
    queued_run.refresh_from_db()
    captions = request_captions(run=queued_run, choices=CaptioningChoices(), requested_by=ada)
    next_ends_once(captions.jobs.get())
    next_ends_once(request_embeddings(project=queued_run.project, requested_by=ada))
    copytree(checkpoint_at(place=queued_run.checkpoint), Path(settings.CAPTIONER_BASES) / "its-own")
    register_base(name="its own", folder="its-own", registered_by=ada)
    next_ends_once(Job.objects.get(kind=JobKind.INSPECT_BASE))
    assert done == jobs.ON_THE_GPU
