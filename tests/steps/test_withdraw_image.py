"""A takedown: the image disappears from everything that comes later, and every release that has it is named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from annotation_server.choices import TaskState
from annotation_server.errors import InvalidText
from annotation_server.formats.pictures import rendition_name
from annotation_server.models import Caption, Event, Export, Image, Project, Round, Task, TrainingSetRow, User
from annotation_server.steps.claim_task import claim_tasks
from annotation_server.steps.create_project import create_project
from annotation_server.steps.export_round import ExportOptions, export_round
from annotation_server.steps.import_images import ImportOptions, import_images
from annotation_server.steps.withdraw_image import withdraw_image
from tests.drawing import write_picture, write_rows

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


def test_the_command(project: Project, manifest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take(project, manifest)
    call_command("withdraw_image", "iguanas", "a", reason="Its photographer asked.")
    assert "is taken down; 0 open tasks cancelled." in capsys.readouterr().out
    with pytest.raises(CommandError, match="has no image 'zz'"):
        call_command("withdraw_image", "iguanas", "zz", reason="x")
