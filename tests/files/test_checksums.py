"""A release's files and their SHA-256: in one order whatever they are called, the pictures in a list of their own."""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import (
    PictureList,
    differences,
    file_entries,
    hashed_files,
    listed_files,
    names_below,
    read_list,
)


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_names_are_in_the_order_of_the_whole_name(tmp_path: Path) -> None:
    write(tmp_path, "a/b", "a-b", "a.b", "a0", "a/b-c/d", "a/b.c", "Z", "é/x")
    assert list(names_below(tmp_path)) == sorted(["a/b", "a-b", "a.b", "a0", "a/b-c/d", "a/b.c", "Z", "é/x"])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "a/b")
    (tmp_path / "a/again").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "not there")
    assert list(names_below(tmp_path)) == ["a/b"]


def test_pictures_are_in_a_list_that_the_manifest_proves(tmp_path: Path) -> None:
    write(tmp_path, "images/ab/2.webp", "images/ab/1.webp", "data.jsonl", "manifest.json")
    first, second = file_entries(tmp_path)
    listed = (tmp_path / "pictures.sha256").read_text()
    assert listed == "".join(f"{sha256(name)}  {name}\n" for name in ("images/ab/1.webp", "images/ab/2.webp"))
    assert first == {"name": "data.jsonl", "bytes": 10, "sha256": sha256("data.jsonl")}
    assert second == {
        "name": "pictures.sha256",
        "bytes": len(listed),
        "sha256": sha256(listed),
        "listed_files": 2,
        "listed_bytes": 32,
    }
    assert file_entries(tmp_path) == [first, second]
    said = listed_files(tmp_path, {"files": [first, second]})
    assert list(differences(said=said, found=hashed_files(tmp_path))) == []


def test_the_list_is_read_by_the_system_s_own_tool(tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    assert tool is not None
    write(tmp_path, "images/ab/1.webp", "images/cd/2.webp")
    file_entries(tmp_path)
    command = [tool, "--check", "--strict", "--quiet", "pictures.sha256"]
    assert subprocess.run(command, cwd=tmp_path).returncode == 0
    (tmp_path / "images/cd/2.webp").write_text("another one")
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 1
    assert "images/cd/2.webp: FAILED" in checked.stdout


def test_without_pictures_there_is_no_list(tmp_path: Path) -> None:
    write(tmp_path, "data.jsonl")
    assert [entry["name"] for entry in file_entries(tmp_path)] == ["data.jsonl"]
    assert list(names_below(tmp_path)) == ["data.jsonl"]


def test_what_differs_is_named_in_order() -> None:
    said = [("a", "1"), ("b", "1"), ("d", "1")]
    found = [("a", "1"), ("b", "2"), ("c", "1"), ("e", "1")]
    assert list(differences(said=said, found=found)) == [
        ("b", "changed"),
        ("c", "added"),
        ("d", "missing"),
        ("e", "added"),
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("no list\n", 1),
        (f"{'0' * 64}  a\n{'0' * 64}  a\n", 2),
        (f"{'0' * 64}  b\n{'0' * 64}  a\n", 2),
        (f"{'0' * 64}  a\n{'0' * 63}  b\n", 2),
        (f"{'0' * 64}  cut off", 1),
    ],
)
def test_a_list_that_is_none_is_refused_by_its_line(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "pictures.sha256").write_text(content)
    with pytest.raises(UnreadableSource, match=f"Line {line} of pictures.sha256 is not"):
        list(read_list(tmp_path / "pictures.sha256"))


def test_a_list_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pictures.sha256").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableSource, match="cannot be read"):
        list(read_list(tmp_path / "pictures.sha256"))


def test_a_list_is_written_in_order_and_read_in_any() -> None:
    pictures = PictureList(io.BytesIO())
    for name in ("b", "a", "c"):
        pictures.add(name=name, size=1, sha256=sha256(name))
    assert list(pictures) == [(name, sha256(name)) for name in "abc"]
    with pytest.raises(ValueError, match="in the order of their names"):
        pictures.entries()
