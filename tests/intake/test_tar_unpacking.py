"""Tar archives of strangers: shards stay as they are, the others become files as a zip's members do."""

import io
import random
import tarfile
from pathlib import Path

import pytest

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.ledger import HIDDEN
from annotation_server.formats.readers.tar_index import LEADS_OUT, LINK
from annotation_server.intake import zip_members
from annotation_server.intake.packed import is_packed, root_of
from annotation_server.intake.tar_unpacking import BREAKS_OFF, is_tar_of_files, unpack_tar
from annotation_server.intake.unpacked import Unpacked
from annotation_server.progress import silent

GIB = 1 << 30


def tar(
    path: Path, *names: str, mode: str = "w", kind: bytes = tarfile.REGTYPE, content: bytes = b"x"
) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name in names:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd" if kind != tarfile.REGTYPE else ""
            member.size = len(content) if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(content))
    return path


def unpacked(path: Path, to: Path, byte_limit: int = GIB, member_limit: int = 1000) -> Unpacked:
    to.mkdir()
    return unpack_tar(archive=path, to=to, byte_limit=byte_limit, member_limit=member_limit, progress=silent)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    ("names", "are_files"),
    [
        (["0.jpg", "0.txt", "1.jpg", "1.json"], False),
        (["./a/0.jpg", "./a/0.txt"], False),
        (["0.jpg", "1.jpg"], False),
        (["0.jpg", "0.txt", "orphan.txt", "0.npy", "0.mask.png", "0.cls"], False),
        (["out/_manifest.json", "out/README.md", "out/0.jpg", "out/0.txt"], True),
        (["out/_manifest.json", "out/000000.tar"], True),
        (["photos/captions.csv", "photos/0.jpg"], True),
        (["captions.json", "images/0.jpg"], True),
        (["captions.txt", "0.jpg", "1.jpg"], True),
        (["train/0.jpg", "train/0.txt"], True),
        (["data.parquet"], True),
        (["page.md", "0.jpg"], True),
    ],
)
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_shard_stays_as_it_is(tmp_path: Path, names: list[str], are_files: bool, mode: str) -> None:
    path = tar(tmp_path / "a.tar", *names, mode=mode)
    assert is_tar_of_files(path) == is_packed(path) == are_files


def test_only_files_with_harmless_names_are_made(tmp_path: Path) -> None:
    path = tar(tmp_path / "a.tar", "good/a.txt", "../out", "/etc/out", "C:\\out", "._a.txt", "good\\b.txt")
    for kind, name in {
        tarfile.SYMTYPE: "link",
        tarfile.LNKTYPE: "hard",
        tarfile.CHRTYPE: "device",
        tarfile.FIFOTYPE: "pipe",
    }.items():
        tar(path, name, mode="a", kind=kind)
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path) == {"a.tar": path.read_bytes(), "to/good/a.txt": b"x", "to/good/b.txt": b"x"}
    assert found.members == 2
    assert {one["name"]: one["reason"] for one in found.skipped} == {
        **dict.fromkeys(("../out", "/etc/out", "C:\\out"), LEADS_OUT),
        **dict.fromkeys(("link", "hard", "device", "pipe"), LINK),
        "._a.txt": HIDDEN,
    }


def test_of_two_of_one_name_the_first_is_kept(tmp_path: Path) -> None:
    path = tar(tar(tmp_path / "a.tar", "a.txt"), "a.txt", "b.txt", mode="a", content=b"second")
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"a.txt": b"x", "b.txt": b"second"}
    assert found.skipped == [{"name": "a.txt", "reason": "It cannot be unpacked (File exists)."}]


def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        archive.addfile(tarfile.TarInfo("Käfer.txt"))
    found = unpacked(tmp_path / "a.tar", tmp_path / "to")
    assert files(tmp_path / "to") == {"Käfer.txt": b""}
    assert dict(found.names_read) == {"latin-1": 1}


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tar(tmp_path / "a.tar.gz", "a.txt", "b.txt", mode="w:gz", content=bytes(3_000_000))
    with pytest.raises(UnreadableSource, match="more than 4,000,000 bytes"):
        unpacked(path, tmp_path / "bytes", byte_limit=4_000_000)
    with pytest.raises(UnreadableSource, match="more than 1 members"):
        unpacked(path, tmp_path / "members", member_limit=1)
    monkeypatch.setattr(zip_members, "RATIO_FROM_BYTES", 1_000_000)
    with pytest.raises(UnreadableSource, match="more than 200 times its size"):
        unpacked(path, tmp_path / "ratio")


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_where_it_breaks_off_is_told(tmp_path: Path, mode: str) -> None:
    content = random.Random(1).randbytes(100_000)
    path = tar(tmp_path / "a.tar", "a.txt", "b.txt", mode=mode, content=content)
    path.write_bytes(path.read_bytes()[:150_000])
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"a.txt": content}
    assert [(one["name"], one["reason"]) for one in found.skipped] == [("b.txt", BREAKS_OFF)]


def test_a_split_that_is_all_there_is_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "photos/train").mkdir(parents=True)
    (tmp_path / "photos/train/0.jpg").touch()
    assert root_of(tmp_path) == tmp_path / "photos"
