"""Whom an archive names, and who is here: nobody gets a role or words from it unasked; and what its pictures, links and numbers
may not do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from annotation_server.errors import InvalidSettings, UnreadableSource
from annotation_server.files.checksums import file_entries
from annotation_server.models import (
    Adjudication,
    Caption,
    Event,
    Export,
    Image,
    Membership,
    Project,
    Round,
    User,
)
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.storage import original_name, rendition_name
from annotation_server.releases.release import read_manifest, write_manifest
from annotation_server.steps.archives.export_archive import export_archive
from annotation_server.steps.archives.import_archive import import_archive
from annotation_server.steps.imports.import_images import import_images
from tests.drawing import write_picture, write_rows
from tests.small_archive import lived_in

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(**told: Any) -> None:
    """Nobody watches."""


def out(project: Project, folder: Path, *, pictures: bool = False) -> Path:
    export_archive(
        project=project, folder=folder, pictures=pictures, checkpoints=False, exported_by=None, progress=quiet
    )
    return folder


def back(folder: Path, **more: Any) -> Project:
    return import_archive(folder=folder, slug="twin", imported_by=None, progress=quiet, **more)


def signed(folder: Path, **changes: Any) -> None:
    """The hashes fit what is there now."""
    write_manifest(folder, {**read_manifest(folder), "files": file_entries(folder), **changes})


def test_who_is_here_is_drawn_into_nothing_unless_the_owner_says_so(tmp_path: Path) -> None:
    folder = out(lived_in("iguanas"), tmp_path / "archive")
    ana, ben = (User.objects.get(username=f"{name}-of-iguanas") for name in ("ana", "ben"))
    before = ana.memberships.count(), ben.captions.count()
    twin = back(folder, confirmed={"ana-of-iguanas": "annotator"})
    roles = dict(Membership.objects.filter(project=twin).values_list("user__username", "role"))
    assert roles == {
        "ana-of-iguanas": "annotator",
        "ben-of-iguanas-twin": "annotator",
        "rita-of-iguanas-twin": "reviewer",
    }
    assert (ana.memberships.count(), ben.captions.count()) == (before[0] + 1, before[1])
    assert {user.is_active for user in User.objects.filter(username__endswith="-twin")} == {False}
    with pytest.raises(InvalidSettings, match="'ana-of-iguanas' is annotator, not admin"):
        import_archive(
            folder=folder,
            slug="third",
            imported_by=None,
            progress=quiet,
            confirmed={"ana-of-iguanas": "admin"},
        )


def test_ids_in_json_are_those_of_the_new_rows(tmp_path: Path) -> None:
    folder = out(lived_in("iguanas"), tmp_path / "archive")
    everybody = {"ana-of-iguanas": "annotator", "ben-of-iguanas": "annotator", "rita-of-iguanas": "reviewer"}
    twin = back(folder, confirmed=everybody)
    first, second = Round.objects.filter(project=twin).order_by("number")
    assert set(first.people) == set(
        User.objects.filter(username__in=["ana-of-iguanas", "ben-of-iguanas"]).values_list("pk", flat=True)
    )
    assert second.cohort_shares == {str(twin.cohorts.get().pk): 1.0}
    seen = Adjudication.objects.get(round=first).seen
    assert set(seen) <= set(Caption.objects.filter(task__round=first).values_list("pk", flat=True))
    assert len(seen) == 2
    options = Export.objects.get(project=twin, run__isnull=False).options
    assert Image.objects.get(pk=options["through_image"]).project == twin
    assert set(Event.objects.filter(project=twin).values_list("imported", flat=True)) == {True}
    event = Event.objects.get(project=twin, verb="image.adjudicated")
    assert Image.objects.get(pk=event.object_id).project == twin


def test_the_command_shows_who_is_who(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = out(lived_in("iguanas"), tmp_path / "archive")
    User.objects.filter(username="ben-of-iguanas").update(username="ben")
    call_command("import_archive", str(folder), people=True)
    told = capsys.readouterr().out
    assert "ana-of-iguanas (annotator): another person has this name here" in told
    assert "--same ana-of-iguanas=annotator" in told
    assert "ben-of-iguanas (annotator): new here" in told
    assert not Project.objects.filter(slug="twin").exists()
    call_command("import_archive", str(folder), project="twin", same=["ana-of-iguanas=annotator"])
    assert Membership.objects.filter(project__slug="twin", user__username="ana-of-iguanas").exists()
    assert not Membership.objects.filter(project__slug="twin", user__username="rita-of-iguanas").exists()


@pytest.fixture
def pictured(project: Project, tmp_path: Path) -> tuple[Path, Image]:
    """The archive of a project with a picture, which is gone from the storage."""
    write_picture(tmp_path / "in/1.png", 1)
    source = write_rows(tmp_path / "in/rows.jsonl", [{"image": "1.png", "alt": "an iguana"}])
    import_images(
        project=project,
        source=str(source),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    return out(project, tmp_path / "archive", pictures=True), Image.objects.get(project=project)


def test_renditions_are_made_again_and_nothing_that_is_here_is_replaced(pictured: tuple[Path, Image]) -> None:
    folder, image = pictured
    screen = rendition_name(sha256=image.sha256, size="screen")
    with default_storage.open(screen) as file:
        ours = file.read()
    theirs = folder / "pictures" / screen
    theirs.write_bytes(b"RIFF\x00\x00\x00\x00WEBP<script>alert(1)</script>")
    signed(folder)
    back(folder)
    with default_storage.open(screen) as file:
        assert file.read() == ours
    default_storage.delete(screen)
    import_archive(folder=folder, slug="third", imported_by=None, progress=quiet)
    with default_storage.open(screen) as file:
        assert file.read() == ours


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"width": 1}, "is not the picture that its image says"),
        ({"byte_count": 1}, "is not the picture that its image says"),
        ({"media_type": "image/svg+xml"}, "media_type"),
        ({"media_type": "image/webp"}, "file_name is not the name of its picture"),
        ({"file_name": "../../../etc/passwd"}, "file_name"),
        ({"withdrawn_at": "2026-01-01T00:00:00+00:00"}, "is the picture of no image"),
    ],
)
def test_a_picture_is_what_its_row_says(
    pictured: tuple[Path, Image], changes: dict[str, Any], reason: str
) -> None:
    folder, _ = pictured
    path = folder / "tables/image.jsonl"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes) + "\n")
    signed(folder)
    with pytest.raises(UnreadableSource, match=reason):
        back(folder)


def test_a_page_under_a_pictures_hash_is_refused(pictured: tuple[Path, Image]) -> None:
    from hashlib import sha256

    folder, image = pictured
    page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    name = original_name(sha256=sha256(page).hexdigest(), media_type="image/png")
    for path in (folder / "pictures").rglob(f"{image.sha256}*"):
        path.unlink()
    (folder / "pictures" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / name).write_bytes(page)
    signed(folder)
    with pytest.raises(UnreadableSource, match="Not an image of a known format"):
        back(folder)
    assert not default_storage.exists(name)


def link_out(folder: Path) -> None:
    (folder / "people.jsonl").unlink()
    (folder / "people.jsonl").symlink_to("/etc/passwd")


def weights_of_nobody(folder: Path) -> None:
    (folder / "checkpoints/7").mkdir(parents=True)
    (folder / "checkpoints/7/model.safetensors").write_bytes(b"weights")
    signed(folder)


def settings_that_name_files(folder: Path) -> None:
    (folder / "checkpoints/1").mkdir(parents=True)
    named = {"encoder": {"source": "open_clip", "model": "x", "pretrained": "/etc/passwd"}}
    (folder / "checkpoints/1/config.json").write_text(json.dumps(named))
    signed(folder)


def settings_that_are_no_number(folder: Path) -> None:
    (folder / "checkpoints/1").mkdir(parents=True)
    wild = {"encoder": {"model": "x"}, "decoder": {}, "training": {"learning_rate": float("nan")}}
    (folder / "checkpoints/1/config.json").write_text(json.dumps(wild))
    signed(folder)


def another_count(folder: Path) -> None:
    tables = read_manifest(folder)["tables"]
    signed(folder, tables={**tables, "task": 10**9})


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (link_out, "'people.jsonl' of the archive is no plain file"),
        (lambda folder: (folder / "tables/task.jsonl").unlink(), "is not whole: tables/task.jsonl"),
        (lambda folder: (folder / "notes.txt").write_text("x"), "'notes.txt' is nothing that an archive"),
        (weights_of_nobody, "weights of a captioner 7 that it does not have"),
        (settings_that_name_files, "names its models and no file of a server"),
        (settings_that_are_no_number, "names its models and no file of a server"),
        (another_count, "task.jsonl of the archive has 4 rows, not 1,000,000,000"),
    ],
)
def test_a_folder_holds_what_it_says_and_nothing_else(
    tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    folder = out(lived_in("iguanas"), tmp_path / "archive")
    spoil(folder)
    with pytest.raises(UnreadableSource, match=reason):
        back(folder)
    assert list(Project.objects.values_list("slug", flat=True)) == ["iguanas"]
