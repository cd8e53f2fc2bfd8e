"""Folders of strangers go, however deep they are, and nothing that they point to does."""

import os
from pathlib import Path

from annotation_server.files.trees import remove_tree


def test_a_folder_of_sixteen_hundred_levels_goes(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    at = os.open(deep, os.O_RDONLY)
    for _ in range(1_600):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(os.open("a.txt", os.O_CREAT, dir_fd=at))
    os.close(at)
    remove_tree(deep)
    assert list(tmp_path.iterdir()) == []


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/a.txt").write_text("a")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone/link").symlink_to(tmp_path / "kept")
    (tmp_path / "gone/b.txt").write_text("b")
    remove_tree(tmp_path / "gone")
    remove_tree(tmp_path / "never")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["kept", "a.txt"]
