"""Comparing: added, changed and gone images between two exports."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import file_entries
from annotation_server.releases.release import write_manifest
from annotation_server.steps.exports.compare_exports import Change, compare_exports


def export(folder: Path, rows: list[dict[str, Any]], format: str = "jsonl") -> Path:
    folder.mkdir()
    (folder / "data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    write_manifest(folder, {"row_count": len(rows), "format": format, "files": file_entries(folder)})
    return folder


def test_changes_in_the_order_of_the_hashes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = [
        {"sha256": "a", "caption": "An iguana.", "split": "train"},
        {"sha256": "c", "caption": "Same."},
        {"sha256": "d", "caption": "Gone."},
    ]
    after = [
        {"sha256": "a", "caption": "A green iguana.", "split": "train"},
        {"sha256": "b", "caption": "New."},
        {"sha256": "c", "caption": "Same."},
        {"sha256": "e", "caption": "New."},
    ]
    folders = export(tmp_path / "before", before), export(tmp_path / "after", after)
    assert list(compare_exports(before=folders[0], after=folders[1])) == [
        Change(sha256="a", kind="changed", fields=("caption",)),
        Change(sha256="b", kind="added"),
        Change(sha256="d", kind="gone"),
        Change(sha256="e", kind="added"),
    ]
    assert list(compare_exports(before=folders[0], after=folders[0])) == []
    call_command("compare_exports", *map(str, folders))
    assert capsys.readouterr().out.splitlines()[-1] == "2 added, 1 changed, 1 gone."


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    good = export(tmp_path / "good", [])
    with pytest.raises(UnreadableSource, match="is no export in jsonl"):
        compare_exports(before=good, after=export(tmp_path / "table", [], format="csv"))
    broken = export(tmp_path / "broken", [{"caption": "no hash"}])
    with pytest.raises(UnreadableSource, match="cannot be read as an export"):
        list(compare_exports(before=good, after=broken))
