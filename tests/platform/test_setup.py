"""A second set-up does only what changed since the first."""

from pathlib import Path

from deploy.node import Node, find_node
from deploy.stamps import hash_of, is_current, write_stamp


def test_a_stamp_is_current_until_a_file_or_a_word_changes(tmp_path: Path) -> None:
    folder, stamp = tmp_path / "sources", tmp_path / "stamps" / "build"
    folder.mkdir()
    (folder / "one.ts").write_text("1")
    before = hash_of(files=[folder], words=["node 24"])
    assert not is_current(stamp, before)
    write_stamp(stamp, before)
    assert is_current(stamp, hash_of(files=[folder], words=["node 24"]))
    assert not is_current(stamp, hash_of(files=[folder], words=["node 20"]))
    (folder / "one.ts").write_text("2")
    assert not is_current(stamp, hash_of(files=[folder], words=["node 24"]))


def test_a_moved_file_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "one.ts").write_text("1")
    before = hash_of(files=[tmp_path])
    (tmp_path / "one.ts").rename(tmp_path / "two.ts")
    assert hash_of(files=[tmp_path]) != before


def test_the_node_that_is_used_is_new_enough() -> None:
    node: Node = find_node()
    major, minor, _ = node.version.removeprefix("v").split(".")
    assert (int(major), int(minor)) >= (20, 19)
