"""The folder that an export is made in, and the pointer to the latest one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from annotation_server.errors import FolderNotEmpty
from annotation_server.releases.release import new_release, point_latest_at, workplace, write_manifest


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


def test_what_killed_processes_left_goes_be_it_empty_or_not(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f".out.partial-{name}").mkdir()
    (tmp_path / ".out.partial-two/rows.jsonl").write_text("{}")
    (tmp_path / ".other.partial-one").mkdir()
    with workplace(tmp_path / "out") as (_, left):
        assert [path.name for path in left] == [".out.partial-one", ".out.partial-two"]
    assert [path.name for path in tmp_path.iterdir()] == [".other.partial-one"]


def test_nobody_takes_a_folder_that_somebody_works_in_for_a_leftover(tmp_path: Path) -> None:
    def work(number: int) -> None:
        with workplace(tmp_path / "out") as (own, _):
            (own / "mine").write_text(str(number))
            assert [path.name for path in own.iterdir()] == ["mine"]
            assert (own / "mine").read_text() == str(number)

    with ThreadPoolExecutor(16) as workers:
        list(workers.map(work, range(2_000)))
    assert list(tmp_path.iterdir()) == []
