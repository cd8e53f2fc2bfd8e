"""The pointer to the latest export."""

from pathlib import Path

import pytest

from annotation_server.errors import FolderNotEmpty
from annotation_server.formats.release import new_release, point_latest_at, write_manifest


def export(folder: Path, text: str) -> Path:
    with new_release(folder) as partial:
        (partial / "data.jsonl").write_text(text)
        write_manifest(partial, {})
    return folder


def test_it_leads_to_the_newest_one(tmp_path: Path) -> None:
    for name in ("first", "second"):
        pointer = point_latest_at(export(tmp_path / name, name))
        assert (pointer / "data.jsonl").read_text() == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "latest", "second"]
    # It can be moved along with the exports.
    assert not (tmp_path / "latest").readlink().is_absolute()


def test_what_is_called_so_and_is_no_pointer_stays(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    with pytest.raises(FolderNotEmpty, match="left alone"):
        point_latest_at(export(tmp_path / "first", "first"))
    assert (tmp_path / "latest").is_dir()
