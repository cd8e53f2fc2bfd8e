"""Zip archives of strangers: nothing leaves the folder, nothing but files is made, nothing grows beyond its bound."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from annotation_server.errors import UnreadableSource
from annotation_server.formats import unpacking
from annotation_server.formats.unpacking import Unpacked, is_zip, root_of, unpack

GIB = 1 << 30


def archive(path: Path, *members: tuple[str, bytes, int]) -> Path:
    """Members as (name, content, mode of the file: 0 for a plain one)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content, mode in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            file.writestr(info, content)
    return path


def unpacked(path: Path, to: Path, byte_limit: int = GIB) -> Unpacked:
    to.mkdir()
    return unpack(archive=path, to=to, byte_limit=byte_limit, tell=lambda done, total: None)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_members_that_lead_out_links_and_devices_are_skipped(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        ("good/a.txt", b"a", 0),
        ("../out.txt", b"x", 0),
        ("/etc/out.txt", b"x", 0),
        ("good/../../out.txt", b"x", 0),
        ("..\\out.txt", b"x", 0),
        ("C:\\out.txt", b"x", 0),
        ("link", b"/etc/passwd", stat.S_IFLNK | 0o777),
        ("device", b"", stat.S_IFCHR | 0o666),
        ("good\\b.txt", b"b", stat.S_IFREG | 0o777),
        ("n" * 300, b"x", 0),
    )
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"good/a.txt": b"a", "good/b.txt": b"b"}
    assert (found.members, found.skipped_count) == (2, 8)
    assert not (tmp_path / "out.txt").exists()
    assert {one["reason"] for one in found.skipped} == {
        "Its name leads out of the archive.",
        "It is a link or a device, not a file.",
        "It cannot be unpacked (File name too long).",
    }
    assert (tmp_path / "to/good/b.txt").stat().st_mode & 0o111 == 0


def test_a_member_that_comes_twice_is_taken_once(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = archive(tmp_path / "a.zip", ("a.txt", b"first", 0), ("a.txt", b"second", 0))
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"a.txt": b"first"}
    assert found.skipped == [{"name": "a.txt", "reason": "It cannot be unpacked (File exists)."}]


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", ("zeros", bytes(5_000_000), 0))
    with pytest.raises(UnreadableSource, match="more than 1,000,000 bytes"):
        unpacked(path, tmp_path / "to", byte_limit=1_000_000)
    monkeypatch.setattr(unpacking, "RATIO_FROM_BYTES", 1_000_000)
    with pytest.raises(UnreadableSource, match="times its size"):
        unpacked(path, tmp_path / "again")


def test_a_damaged_member_is_skipped(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("a.txt", b"a" * 1000, 0), ("b.txt", b"b", 0))
    content = bytearray(path.read_bytes())
    content[40] ^= 0xFF
    path.write_bytes(content)
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"b.txt": b"b"}
    assert found.skipped_count == 1


def test_what_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert not is_zip(path)
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    path.write_bytes(file.getvalue())
    assert is_zip(path)
    assert unpacked(path, tmp_path / "to") == Unpacked()


def test_the_root_is_where_the_only_folder_leads(tmp_path: Path) -> None:
    (tmp_path / "outer/inner").mkdir(parents=True)
    (tmp_path / "outer/inner/a.txt").write_text("a")
    assert root_of(tmp_path) == tmp_path / "outer/inner/a.txt"
    (tmp_path / "outer/inner/b.txt").write_text("b")
    assert root_of(tmp_path) == tmp_path / "outer/inner"
