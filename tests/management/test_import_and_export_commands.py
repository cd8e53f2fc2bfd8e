"""The commands as people type them: what they say, their exit codes, and one line for what was expected to go wrong."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotation_server.choices import Role, StartingText
from annotation_server.models import Image, Membership, Project, User
from annotation_server.options.launch_round import RoundSettings
from annotation_server.pictures.storage import staging_folder
from annotation_server.steps.rounds.launch_round import launch_round
from tests.drawing import write_picture, write_rows
from tests.site import database_url
from tests.warm import manage_py

pytestmark = pytest.mark.django_db(transaction=True)


def manage(*arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said on stderr."""
    told = manage_py(*map(str, arguments), **{"DATABASE_URL": database_url(), **environment})
    return told.returncode, told.stdout, told.stderr


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """One good row and one whose picture is missing."""
    write_picture(tmp_path / "a.png", 1)
    rows: list[dict[str, Any]] = [{"image": "a.png", "alt": "iguana", "truth": 1}, {"image": "b.png"}]
    return write_rows(tmp_path / "rows.jsonl", rows)


def test_import_then_export(manifest: Path, tmp_path: Path) -> None:
    code, said, _ = manage(
        "import_images", manifest, "--project", "new", "--create", "--report", tmp_path / "report.json"
    )
    assert code == 0
    assert said.splitlines() == [
        "2 rows (jsonl): 1 imported, 0 already there, 1 refused; 1 alt-texts and 0 captions added.",
        "Columns: image → image, alt → alt_texts",
        "Not used: truth (--column NAME=FIELD to use one)",
        "  row 2, b.png: There is no file 'b.png'.",
    ]
    assert json.loads((tmp_path / "report.json").read_text())["refused"] == 1
    project = Project.objects.get(slug="new")
    assert Image.objects.filter(project=project).count() == 1
    launch_round(
        project=project, settings=RoundSettings(starting_text=StartingText.ALT_TEXT), launched_by=None
    )
    code, said, _ = manage("export_round", "new", "1", "--format", "jsonl", "--output", tmp_path / "out")
    assert (code, said.startswith(f"0 images in {tmp_path / 'out'}; manifest ")) == (0, True)
    assert manage("verify_export", tmp_path / "out")[0] == 0


def test_a_zip_is_imported_as_an_upload_of_it_is(manifest: Path, tmp_path: Path) -> None:
    """What is left out of it is told, and nothing of it stays on the disk."""
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for name in ("a.png", "rows.jsonl"):
            archive.write(tmp_path / name, f"photos/{name}")
        archive.writestr("../out.txt", "x")
    code, said, _ = manage(
        "import_images", tmp_path / "photos.zip", "--project", "new", "--create", "--column", "gone=alt_texts"
    )
    assert code == 0
    assert said.splitlines() == [
        "2 rows (jsonl): 1 imported, 0 already there, 1 refused; 1 alt-texts and 0 captions added.",
        "Columns: image → image, alt → alt_texts",
        "Not used: truth (--column NAME=FIELD to use one)",
        "Not used: 1 column. You said what it is, but the source has no such column. First: gone",
        "Not used: 1 member. Its name leads out of the archive. First: ../out.txt",
        "  row 2, b.png: There is no file 'b.png'.",
    ]
    assert list(staging_folder().glob("import-source-*")) == []


def test_pictures_without_texts_and_nothing_at_all_are_no_success(tmp_path: Path) -> None:
    """Both look like an import that went well, and bring nothing to annotate from."""
    write_picture(tmp_path / "pix/a.png", 1)
    (tmp_path / "pix/notes.txt").write_text("of no picture")
    asked: list[str | Path] = ["import_images", tmp_path / "pix", "--project", "new", "--create"]
    code, said, complaint = manage(*asked)
    assert (code, Image.objects.count()) == (1, 0)
    assert "1 pictures and not one text" in complaint
    assert "--without-texts" in complaint
    code, said, _ = manage(*asked, "--without-texts")
    assert (code, Image.objects.count()) == (0, 1)
    assert (
        "Not used: 1 file. It belongs to no picture and is not the source's table. First: notes.txt" in said
    )
    rows = write_rows(tmp_path / "rows.jsonl", [{"image": "gone.png", "alt": "x"}])
    code, said, complaint = manage("import_images", rows, "--project", "new")
    assert (code, "Nothing came in" in complaint) == (1, True)
    assert "Not used: 1 text. Its row was refused. First: gone.png" in said


def test_a_new_project_says_who_sees_it(manifest: Path) -> None:
    """Members see it, and owners of the site: nobody is told that they have pictures which nobody finds."""
    User.objects.create(username="ben")
    asked: list[str | Path] = ["import_images", manifest, "--create", "--project"]
    _, _, told = manage(*asked, "one")
    assert "Project 'one' is new. Nobody sees it, because it has no member yet. Give it an admin" in told
    User.objects.create(username="ana", is_superuser=True)
    _, _, told = manage(*asked, "two")
    assert "Project 'two' is new. Only owners of the site see it (ana). Give it an admin" in told
    _, _, told = manage(*asked, "three", "--owner", "ben")
    assert "Project 'three' is new. ben is its admin and sees it." in told
    code, _, told = manage(*asked, "one", "--owner", "ben")
    assert (code, "is new" in told) == (0, False)
    roles = Membership.objects.filter(user__username="ben").order_by("project__slug")
    assert list(roles.values_list("project__slug", "role")) == [("one", Role.ADMIN), ("three", Role.ADMIN)]
    code, _, told = manage(*asked, "four", "--owner", "zoe")
    assert (code, "There is no user 'zoe'." in told) == (1, True)
    assert not Project.objects.filter(slug="four").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["import_images", "{rows}", "--project", "missing"], 1, "There is no project 'missing'."),
        (["import_images", "{folder}/none", "--project", "p"], 1, "There is no file or folder"),
        (
            ["import_images", "{rows}", "--project", "p", "--column", "x"],
            2,
            "argument --column: Write COLUMN=FIELD, not x.",
        ),
        (["import_images", "{rows}"], 2, "the following arguments are required: --project"),
        (["export_round", "p", "1", "--output", "{folder}/x"], 1, "Project 'p' has no round 1"),
        (
            ["export_round", "p", "1", "--format", "docx", "--output", "{folder}/x"],
            2,
            'argument --format: "docx" is not a valid choice. Use altogether_ft, coco,',
        ),
        (["verify_export", "{folder}"], 1, "has no _manifest.json"),
        (
            ["import_images", "{rows}", "--project", "Fotos Köln", "--create"],
            1,
            (
                "'Fotos Köln' cannot be a project's slug: it has F a space K ö, and a-z, 0-9 and - are all it may have. "
                "Write for instance 'fotos-koln'."
            ),
        ),
        (
            ["import_images", "{rows}", "--project", "x" * 61, "--create"],
            1,
            "it has 61 characters, 60 are the most.",
        ),
        (["import_images", "{rows}", "--project", "", "--create"], 1, "it is empty."),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str], code: int, reason: str, manifest: Path, tmp_path: Path
) -> None:
    Project.objects.create(slug="p", name="P")
    filled = [part.format(rows=manifest, folder=tmp_path) for part in arguments]
    found, said, complaint = manage(*filled)
    assert (found, said) == (code, "")
    assert reason in complaint
    assert "Traceback" not in complaint
    if code == 1:
        assert len(complaint.strip().splitlines()) == 1


def test_a_database_that_is_away_is_one_line(manifest: Path) -> None:
    away = "postgres://nobody:secret@127.0.0.1:9/none"
    code, _, complaint = manage("import_images", manifest, "--project", "p", DATABASE_URL=away)
    assert code == 1
    assert "The database cannot be reached" in complaint
    assert "Traceback" not in complaint
    assert "secret" not in complaint


STEERS = ["\x1b]0;title\x07", "\x1b[2J", "\r", "\n2 rows imported", "\u202e", "\x9b1m", "\u2028", "\x00"]


def test_names_of_strangers_steer_no_terminal(tmp_path: Path) -> None:
    """In rows, columns and reasons alike; each is one line."""
    write_picture(tmp_path / "a.png", 1)
    rows: list[dict[str, Any]] = [{"image": "a.png", "alt": "iguana"}]
    rows += [{"image": f"b{steer}.png", "alt": f"text{steer}", f"column{steer}": 1} for steer in STEERS]
    code, said, _ = manage(
        "import_images", write_rows(tmp_path / "rows.jsonl", rows), "--project", "new", "--create"
    )
    assert code == 0
    assert not [character for line in said.split("\n") for character in line if ord(character) < 32]
    assert not [steer for steer in STEERS if steer in said]
    assert len(said.splitlines()) == 4 + len(STEERS)
