"""Verifying: whole, changed, missing and added files are told apart."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import file_entries
from annotation_server.releases.release import write_manifest
from annotation_server.steps.exports.verify_export import Verification, verify_export


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A small export of three files."""
    (tmp_path / "images").mkdir()
    for name in ("data.jsonl", "images/a.webp", "images/b.webp"):
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path, {"row_count": 2, "files": file_entries(tmp_path)})
    return tmp_path


def test_a_whole_export(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = verify_export(folder=export)
    assert (found.is_whole, found.row_count) == (True, 2)
    call_command("verify_export", str(export))
    assert "2 rows, every file as the manifest says" in capsys.readouterr().out


def test_what_is_wrong_is_named(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (export / "data.jsonl").write_text("data.json?")
    (export / "images/a.webp").unlink()
    (export / "images/c.webp").write_text("c")
    found = verify_export(folder=export)
    assert found == Verification(
        manifest_sha256=found.manifest_sha256,
        row_count=2,
        changed=["data.jsonl"],
        missing=["images/a.webp"],
        added=["images/c.webp"],
    )
    with pytest.raises(CommandError, match="is not what its manifest says"):
        call_command("verify_export", str(export))
    assert "missing: images/a.webp" in capsys.readouterr().out


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "",
        "[]",
        '{"files": []}',
        '{"files": [{}], "row_count": 1}',
        '{"files": ["a"], "row_count": 1}',
        '{"files": [{"name": "a", "bytes": 1, "sha256": "", "listed_files": "x"}], "row_count": 1}',
        "[" * 100_000,
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "_manifest.json").write_text(manifest)
    with pytest.raises(UnreadableSource):
        verify_export(folder=tmp_path)


def test_names_in_a_manifest_lead_nowhere_else(export: Path) -> None:
    entry = {"name": "../outside", "bytes": 1, "sha256": "0" * 64}
    (export.parent / "outside").write_text("x")
    (export / "_manifest.json").write_text(json.dumps({"row_count": 1, "files": [entry]}))
    assert verify_export(folder=export).missing == ["../outside"]
