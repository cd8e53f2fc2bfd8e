"""The commands as people type them: what they say, their exit codes, and one line for what was expected to go wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from annotation_server.choices import StartingText
from annotation_server.models import Image, Project
from annotation_server.steps.launch_round import RoundSettings, launch_round
from tests.drawing import write_picture, write_rows
from tests.site import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def manage(*arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said on stderr."""
    told = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url(), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
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
        "2 rows (jsonl): 1 imported, 0 already there, 1 refused; 1 alt-texts added.",
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


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["import_images", "{rows}", "--project", "missing"], 1, "There is no project 'missing'."),
        (["import_images", "{folder}/none", "--project", "p"], 1, "There is no file or folder"),
        (
            ["import_images", "{rows}", "--project", "p", "--column", "x"],
            1,
            "--column x: write COLUMN=FIELD.",
        ),
        (["import_images", "{rows}"], 2, "the following arguments are required: --project"),
        (["export_round", "p", "1", "--output", "{folder}/x"], 1, "Project 'p' has no round 1"),
        (
            ["export_round", "p", "1", "--format", "docx", "--output", "{folder}/x"],
            2,
            "invalid choice: 'docx'",
        ),
        (["verify_export", "{folder}"], 1, "has no manifest.json"),
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
