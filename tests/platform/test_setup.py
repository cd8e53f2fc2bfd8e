"""A second set-up does only what changed since the first, with the Python that was asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.environment import has_our_version
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


def test_an_environment_of_another_python_is_made_again(tmp_path: Path) -> None:
    assert has_our_version(Path(sys.executable))
    other = program(tmp_path / "python", "echo '3.10.1 (another)'")
    assert not has_our_version(other)
    assert not has_our_version(tmp_path / "none")


@pytest.mark.parametrize(
    ("runs", "chosen"),
    [
        (["python3.11", "python3.13", "python3"], "python3.11"),
        (["python3.13", "python3"], "python3.13"),
        (["python3"], "python3"),
    ],
)
def test_make_takes_the_first_python_that_runs(runs: list[str], chosen: str, tmp_path: Path) -> None:
    """pyenv puts names on the path for versions that are not there: they end with 127."""
    for name in ["python3.11", "python3.12", "python3.13", "python3.14", "python3"]:
        program(tmp_path / name, f'exec {sys.executable} "$@"' if name in runs else "exit 127")
    said = subprocess.run(
        ["make", "--dry-run", "setup"],
        cwd=Path(__file__).resolve().parents[2],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{chosen} -m deploy.setup\n"


def program(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return path
