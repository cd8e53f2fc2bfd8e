"""A takedown: the image disappears from everything that comes later, and every release that has it is named."""

import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from annotation_server import jobs
from annotation_server.choices import TaskState
from annotation_server.errors import InvalidText
from annotation_server.models import (
    Archive,
    Caption,
    Event,
    Export,
    Image,
    Project,
    Round,
    Task,
    TrainingSetRow,
    User,
)
from annotation_server.options.export_round import ExportOptions
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.storage import rendition_name
from annotation_server.places import archive_file
from annotation_server.queries.archives.holding_archives import HoldingArchive, holding_archives
from annotation_server.steps.archives.export_archive import write_archive
from annotation_server.steps.archives.request_archive import request_archive
from annotation_server.steps.exports.export_round import export_round
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.tasks import cpu
from tests.drawing import write_picture, write_rows
from tests.faults.conftest import wait_until
from tests.locks import somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Two pictures to train on."""
    rows = []
    for name in "ab":
        write_picture(tmp_path / f"{name}.png", ord(name))
        rows.append({"image": f"{name}.png", "alt": name, "id": name, "split": "train"})
    return write_rows(tmp_path / "rows.jsonl", rows)


def take(project: Project, manifest: Path) -> None:
    import_images(
        project=project,
        source=str(manifest),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )


def write(round: Round, folder: Path) -> Export:
    return export_round(
        project=round.project,
        round=round,
        format="jsonl",
        folder=folder,
        options=ExportOptions(accepted_only=False),
        requested_by=None,
        progress=quiet,
    )


def files(image: Image) -> list[bool]:
    names = [
        image.file_name,
        rendition_name(sha256=image.sha256, size="screen"),
    ]
    return [default_storage.exists(name) for name in names]


def test_gone_from_all_that_comes_later(
    project: Project,
    manifest: Path,
    tmp_path: Path,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Any,
    ana: User,
    ada: User,
) -> None:
    take(project, manifest)
    gone = Image.objects.get(source_key="a")
    round = open_round()
    for _ in range(2):
        hand_in(round, ana)
    released = write(round, tmp_path / "released")
    done = withdraw_image(image=gone, reason="Its photographer asked.", withdrawn_by=ada)
    assert [export.pk for export in done.exports] == [released.pk]
    assert files(gone) == [False, False]
    assert write(round, tmp_path / "later").row_count == 1
    train(round)
    assert list(TrainingSetRow.objects.values_list("image__source_key", flat=True)) == ["b"]
    following = open_round()
    assert list(Task.objects.filter(round=following).values_list("image__source_key", flat=True)) == ["b"]
    event = Event.objects.get(verb="image.withdrawn")
    assert (event.actor, event.after["reason"]) == (ada, "Its photographer asked.")
    assert Caption.objects.filter(task__image=gone).count() == 1


def archived(project: Project, asker: User, *, pictures: bool = True) -> Archive:
    """Asked for and written."""
    archive = request_archive(project=project, pictures=pictures, checkpoints=False, requested_by=asker)
    cpu.export_archive(str(archive.job_id))
    archive.refresh_from_db()
    return archive


def members(archive: Archive) -> set[str]:
    with tarfile.open(archive_file(archive_id=archive.pk, slug=archive.project.slug)) as opened:
        return set(opened.getnames())


def test_archives_that_have_its_picture_are_named(project: Project, manifest: Path, ada: User) -> None:
    take(project, manifest)
    gone = Image.objects.get(source_key="a")
    before, _ = archived(project, ada), archived(project, ada, pictures=False)
    listed = [HoldingArchive(id=before.pk, created_at=before.created_at, finished_at=before.finished_at)]
    assert holding_archives(image=gone) == listed
    assert withdraw_image(image=gone, reason="x", withdrawn_by=ada).archives == listed
    assert Event.objects.get(verb="image.withdrawn").after["archives"] == [before.pk]
    later = archived(project, ada)
    assert [f"pictures/{gone.file_name}" in members(one) for one in (before, later)] == [True, False]
    assert holding_archives(image=gone) == listed
    assert [one.id for one in holding_archives(image=Image.objects.get(source_key="b"))] == [
        before.pk,
        later.pk,
    ]


def test_an_archive_that_is_being_written_is_named(project: Project, manifest: Path, ada: User) -> None:
    take(project, manifest)
    take(create_project(slug="other", name="Other", created_by=None), manifest)  # So its files stay.
    gone = Image.objects.get(project=project, source_key="a")
    archive = request_archive(project=project, pictures=True, checkpoints=False, requested_by=ada)
    assert archive.job is not None
    hold = jobs.take(job_id=archive.job.pk)
    assert hold is not None
    named: list[HoldingArchive] = []

    def meanwhile(*, message: str, **told: Any) -> None:
        if message == "archiving pictures" and not named:
            named.extend(withdraw_image(image=gone, reason="x", withdrawn_by=ada).archives)

    write_archive(archive=archive, hold=hold, progress=meanwhile)
    assert named == [HoldingArchive(id=archive.pk, created_at=archive.created_at, finished_at=None)]
    assert f"pictures/{gone.file_name}" in members(archive)
    assert [one.id for one in holding_archives(image=gone)] == [archive.pk]


def test_an_archive_begins_after_the_takedowns_that_were_before_it(
    project: Project, manifest: Path, ada: User
) -> None:
    take(project, manifest)
    gone = Image.objects.get(source_key="a")
    archive = request_archive(project=project, pictures=True, checkpoints=False, requested_by=ada)
    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            assert withdraw_image(image=gone, reason="x", withdrawn_by=ada).archives == []
            writing = worker.submit(in_a_thread, cpu.export_archive, str(archive.job_id))
            wait_until(somebody_waits, what="the archive waits for the takedown")
        writing.result()
    assert f"pictures/{gone.file_name}" not in members(archive)
    assert holding_archives(image=gone) == []


def in_a_thread(work: Callable[[str], None], job_id: str) -> None:
    try:
        work(job_id)
    finally:
        connection.close()


def test_open_tasks_are_cancelled_and_again_is_harmless(
    project: Project, manifest: Path, open_round: Callable[..., Round], ana: User, ben: User
) -> None:
    take(project, manifest)
    round = open_round()
    [held] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    image = Task.objects.get(pk=held).image
    assert withdraw_image(image=image, reason="x", withdrawn_by=None).tasks == 1
    assert Task.objects.get(pk=held).state == TaskState.CANCELLED
    assert withdraw_image(image=image, reason="x", withdrawn_by=None).tasks == 0
    assert Event.objects.filter(verb="image.withdrawn").count() == 1
    assert len(claim_tasks(round_id=round.pk, annotator=ben, count=5)) == 1


def test_another_projects_picture_stays(project: Project, manifest: Path) -> None:
    take(project, manifest)
    take(create_project(slug="other", name="Other", created_by=None), manifest)
    here, there = Image.objects.filter(source_key="a").order_by("id")
    withdraw_image(image=here, reason="x", withdrawn_by=None)
    assert files(there) == [True, True]
    withdraw_image(image=there, reason="x", withdrawn_by=None)
    assert files(there) == [False, False]


def test_a_reason_is_needed(project: Project, manifest: Path) -> None:
    take(project, manifest)
    with pytest.raises(InvalidText):
        withdraw_image(image=Image.objects.earliest("pk"), reason=" ", withdrawn_by=None)
    assert not Image.objects.filter(withdrawn_at__isnull=False).exists()


def test_the_command(project: Project, manifest: Path, ada: User, capsys: pytest.CaptureFixture[str]) -> None:
    take(project, manifest)
    archive = archived(project, ada)
    waiting = request_archive(project=project, pictures=True, checkpoints=False, requested_by=ada)
    call_command("withdraw_image", "iguanas", "a", reason="Its photographer asked.")
    said = capsys.readouterr().out
    assert "is taken down; 0 open tasks cancelled." in said
    path = archive_file(archive_id=archive.pk, slug="iguanas")
    assert f"  Archive {archive.pk} has its picture, remove it: {path}\n" in said
    assert f"Archive {waiting.pk}" not in said
    jobs.take(job_id=waiting.job_id)  # type: ignore[arg-type]  # It has one.
    call_command("withdraw_image", "iguanas", "b", reason="Its photographer asked.")
    assert f"Archive {waiting.pk} is being written and may have its picture" in capsys.readouterr().out
    with pytest.raises(CommandError, match="has no image 'zz'"):
        call_command("withdraw_image", "iguanas", "zz", reason="x")
