"""Zip archives of strangers: nothing leaves the folder, nothing but files is made, nothing grows beyond its bound."""

import errno
import io
import os
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation_server.errors import ServiceUnavailable, UnreadableSource
from annotation_server.files import allowance
from annotation_server.intake import zip_members
from annotation_server.intake.packed import root_of
from annotation_server.intake.tar_unpacking import unpack_tar
from annotation_server.intake.unpacked import MOST_LEVELS, TOO_DEEP, Unpacked
from annotation_server.intake.unpacking import is_zip, unpack
from annotation_server.progress import silent

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
    return unpack(archive=path, to=to, byte_limit=byte_limit, progress=silent)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_member_whose_name_is_empty_is_skipped(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("good.txt", b"a", 0), ("xempty.txt", b"b", 0))
    path.write_bytes(path.read_bytes().replace(b"xempty.txt", b"\x00empty.txt"))  # A name ends at its NUL.
    found = unpacked(path, tmp_path / "to")
    assert (found.members, found.skipped) == (1, [{"name": "", "reason": "It has no name."}])
    assert files(tmp_path / "to") == {"good.txt": b"a"}


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
    monkeypatch.setattr(zip_members, "RATIO_FROM_BYTES", 1_000_000)
    with pytest.raises(UnreadableSource, match="times its size"):
        unpacked(path, tmp_path / "again")
    assert files(tmp_path) == {"a.zip": path.read_bytes()}


def test_many_small_bombs_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each far below the limit of a member."""
    monkeypatch.setattr(zip_members, "RATIO_FROM_BYTES", 1_000_000)
    path = archive(tmp_path / "a.zip", *((f"{number}.txt", bytes(200_000), 0) for number in range(50)))
    with pytest.raises(UnreadableSource, match="The archive unpacks to more than 200 times its size"):
        unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {}


def overlapping(path: Path, *, quoted: bool) -> Path:
    """Two members over the same packed bytes: the second entry of the directory points to the first one's head, or into it."""
    archive(path, ("a.txt", bytes(1000), 0), ("b.txt", bytes(1000), 0))
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = (10 if quoted else 0).to_bytes(4, "little")
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("quoted", [True, False])
def test_members_that_share_bytes_are_refused(tmp_path: Path, quoted: bool) -> None:
    with pytest.raises(UnreadableSource, match="shares its bytes with another member"):
        unpacked(overlapping(tmp_path / "a.zip", quoted=quoted), tmp_path / "to")
    assert files(tmp_path / "to") == {}


def test_too_many_members_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", *((f"{number}.txt", b"", 0) for number in range(20)))
    (tmp_path / "to").mkdir()
    with pytest.raises(UnreadableSource, match="more than 19 members"):
        unpack(archive=path, to=tmp_path / "to", byte_limit=GIB, member_limit=19, progress=silent)
    with path.open("rb") as file:
        zip_members.refuse_too_many(file, member_limit=20)
    content = bytearray(path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = bytes(4)  # Says that it has none.
    path.write_bytes(content)
    with path.open("rb") as file, pytest.raises(UnreadableSource, match="more than 19 members"):
        zip_members.refuse_too_many(file, member_limit=19)


def test_no_byte_is_written_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "SPARE_BYTES", 1 << 60)
    path = archive(tmp_path / "a.zip", ("a.txt", b"a" * 1000, 0))
    with pytest.raises(ServiceUnavailable, match="too few for 1,000 more"):
        unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {}


def test_a_disk_that_fills_up_meanwhile_ends_it(tmp_path: Path) -> None:
    """A member that finds no space is no damaged member."""

    told: list[int] = []

    def full(*, done: int, total: int, message: str) -> None:
        told.append(done)
        if len(told) == 2:  # In the midst of the member.
            raise OSError(errno.ENOSPC, "No space left on device")

    path = archive(tmp_path / "a.zip", ("a.txt", b"a", 0))
    (tmp_path / "to").mkdir()
    with pytest.raises(ServiceUnavailable, match="No space left on device"):
        unpack(archive=path, to=tmp_path / "to", byte_limit=GIB, progress=full)


def test_a_method_that_eats_memory_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", b"a", zipfile.ZIP_LZMA)
        file.writestr("b.txt", b"b", zipfile.ZIP_BZIP2)
    found = unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {"b.txt": b"b"}
    assert found.skipped == [
        {"name": "a.txt", "reason": "It is packed by a method that is not taken: use deflate."}
    ]


def named(path: Path, raw: bytes, *, flag: bool, extra: bytes = b"") -> Path:
    """An archive whose one member has these bytes for a name."""
    stand_in = "n" * len(raw)
    info = zipfile.ZipInfo(stand_in)
    info.extra = extra
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(info, b"x")
    content = path.read_bytes().replace(stand_in.encode(), raw)
    if flag:
        for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = content.index(head) + at
            content = content[:place] + b"\x00\x08" + content[place + 2 :]
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("raw", "flag", "said", "name", "read_as"),
    [
        ("Käfer.txt".encode(), True, "", "Käfer.txt", {}),
        ("Käfer.txt".encode(), False, "", "Käfer.txt", {"utf-8": 1}),
        ("Käfer.txt".encode("cp437"), False, "", "Käfer.txt", {"cp437": 1}),
        ("画像.txt".encode(), False, "cp932", "画像.txt", {"utf-8": 1}),
        ("画像.txt".encode("cp932"), False, "cp932", "画像.txt", {"cp932": 1}),
        (b"plain.txt", False, "cp932", "plain.txt", {}),
        ("../ä.txt".encode(), False, "", None, {}),
    ],
)
def test_names_without_a_word_of_their_encoding(
    tmp_path: Path, raw: bytes, flag: bool, said: str, name: str | None, read_as: dict[str, int]
) -> None:
    path = named(tmp_path / "a.zip", raw, flag=flag)
    (tmp_path / "to").mkdir()
    found = unpack(archive=path, to=tmp_path / "to", byte_limit=GIB, names_in=said, progress=silent)
    assert files(tmp_path) == {"a.zip": path.read_bytes(), **({f"to/{name}": b"x"} if name else {})}
    assert dict(found.names_read) == read_as


def test_the_name_beside_the_old_one_counts(tmp_path: Path) -> None:
    raw = b"K_fer\xff.txt"
    for crc, name in ((zlib.crc32(raw), "Käfer.txt"), (0, "K_fer\xa0.txt")):
        beside = b"\x01" + struct.pack("<I", crc) + "Käfer.txt".encode()
        extra = struct.pack("<HH", 0x7075, len(beside)) + beside
        path = named(tmp_path / "a.zip", raw, flag=False, extra=extra)
        unpacked(path, tmp_path / str(crc))
        assert files(tmp_path / str(crc)) == {name: b"x"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
def test_whatever_is_changed_in_an_archive_nothing_leaves_the_folder(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    """Any bytes of a good archive: unpacked, skipped or refused, within the limit and below the folder."""
    content = bytearray(
        archive(tmp_path / "good.zip", ("a/b.txt", b"b" * 99, 0), ("c.txt", b"c", 0)).read_bytes()
    )
    for place, value in changes:
        content[place % len(content)] = value
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        path, to = Path(folder) / "a.zip", Path(folder) / "to"
        path.write_bytes(content)
        try:
            found = unpacked(path, to, byte_limit=5_000)
        except UnreadableSource:
            found = Unpacked()
        there = files(Path(folder))
        assert there.pop("a.zip") == bytes(content)
        assert all(name.startswith("to/") for name in there)
        assert sum(map(len, there.values())) <= max(5_000, found.byte_count)


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


@pytest.mark.parametrize("packed_as", ["zip", "tar"])
def test_a_member_far_below_is_left_out(tmp_path: Path, packed_as: str) -> None:
    names = {"/".join(["d"] * levels) + "/a.txt" for levels in (1, MOST_LEVELS, MOST_LEVELS + 1, 1_600)}
    (tmp_path / "to").mkdir()
    found = take(packed(tmp_path / "a", names, packed_as), tmp_path / "to")
    assert sorted(len(Path(name).parts) for name in files(tmp_path / "to")) == [2, MOST_LEVELS + 1]
    assert {one["reason"] for one in found.skipped} == {TOO_DEEP}


@pytest.mark.parametrize("packed_as", ["zip", "tar"])
def test_folders_count_as_files_do(tmp_path: Path, packed_as: str) -> None:
    """Few members may need many folders, each of which takes a place on the disk."""
    names = {f"{number}/" + "/".join("abcdefgh") + "/a.txt" for number in range(3)}
    for limit, enough in ((30, True), (29, False)):
        path, to = packed(tmp_path / f"{limit}", names, packed_as), tmp_path / f"to-{limit}"
        to.mkdir()
        if enough:
            assert take(path, to, limit).members == 3
            continue
        with pytest.raises(UnreadableSource, match="more than 29 files and folders"):
            take(path, to, limit)
        assert len(list(to.rglob("*"))) < limit


def packed(path: Path, names: set[str], packed_as: str) -> Path:
    """An archive of those members."""
    if packed_as == "zip":
        return archive(path, *((name, b"x", 0) for name in sorted(names)))
    with tarfile.open(path, "w") as file:
        for name in sorted(names):
            member = tarfile.TarInfo(name)
            member.size = 1
            file.addfile(member, io.BytesIO(b"x"))
    return path


def take(path: Path, to: Path, limit: int = 10_000) -> Unpacked:
    """Unpacked as what it is."""
    how = unpack if is_zip(path) else unpack_tar
    return how(archive=path, to=to, byte_limit=GIB, member_limit=limit, progress=silent)


def test_a_disk_that_takes_no_more_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = os.statvfs(tmp_path)
    if not place.f_files:
        pytest.skip("this file system has no bound of files")
    path = archive(tmp_path / "a.zip", ("a.txt", b"a", 0))
    monkeypatch.setattr(allowance, "SPARE_FILES", place.f_favail + 1_000_000)
    with pytest.raises(ServiceUnavailable, match="more files, too few for 1"):
        unpacked(path, tmp_path / "to")
    assert files(tmp_path / "to") == {}
