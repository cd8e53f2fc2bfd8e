"""Every member of a shard is in a sample, or left for a reason: whatever its name, wherever it stands."""

import io
import random
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from tests.formats.readers.test_ledger import account_of

JPEG = b"\xff\xd8\xff\xe0 a picture"
HIDDEN = "It is a hidden file."
OTHER = "It is neither a picture nor a text of this format."


def shard(path: Path, members: list[tuple[str, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def rows(path: Path) -> list[ImportRow]:
    source = open_source(source=str(path))
    assert source.format == "webdataset"
    return list(source.rows)


def told(path: Path) -> dict[str, tuple[list[str], str]]:
    return {row.source_key or row.name.partition(":")[2]: (row.alt_texts, row.problem) for row in rows(path)}


def named(*names: str) -> list[tuple[str, bytes]]:
    """Pictures, and texts that are their own names."""
    texts = (".txt", ".TXT", ".caption")
    return [(name, name.encode() if name.endswith(texts) else JPEG) for name in names]


@pytest.mark.parametrize("name", ["0.tar", "0.tar.gz", "0.TAR", "0.tar.xz"])
@pytest.mark.parametrize("order", ["sorted", "unsorted", "pictures first"])
def test_the_last_known_suffix_decides(tmp_path: Path, name: str, order: str) -> None:
    members = named(
        *("plain1.jpg", "plain1.txt", "shot.22.05.jpg", "shot.22.05.txt", "shot.22.06.jpg"),
        *("shot.22.06.txt", "plain2.JPG", "plain2.TXT", "./deep/er.v1.jfif", "./deep/er.v1.jfif.txt"),
    )
    if order == "unsorted":
        random.Random(7).shuffle(members)
    if order == "pictures first":
        members.sort(key=lambda member: member[1] != JPEG)
    mode = {".gz": "w:gz", ".xz": "w:xz"}.get(name[-3:], "w")
    path = shard(tmp_path / name, members, mode)
    assert told(path) == {
        "plain1": (["plain1.txt"], ""),
        "shot.22.05": (["shot.22.05.txt"], ""),
        "shot.22.06": (["shot.22.06.txt"], ""),
        "plain2": (["plain2.TXT"], ""),
        "deep/er.v1": (["./deep/er.v1.jfif.txt"], ""),
    }
    assert account_of(path)["member"] == {"used": 10}


def test_what_a_mac_adds_is_left(tmp_path: Path) -> None:
    path = shard(
        tmp_path / "0.tar",
        [("./._1.jpg", b"x"), *named("./1.jpg"), ("./._1.txt", b"x"), *named("./1.txt", "__MACOSX/1.jpg")],
    )
    assert told(path) == {"1": (["./1.txt"], "")}
    assert account_of(path)["member"] == {"used": 2, HIDDEN: (3, "./._1.jpg")}


def test_several_pictures_and_texts_of_one_sample(tmp_path: Path) -> None:
    """What the webdataset library calls kinds: those that are not used are told."""
    path = shard(
        tmp_path / "0.tar",
        named("1.depth.png", "1.jpg", "1.caption.txt", "1.txt", "1.class.txt", "1.cls", "1.webp")
        + named("2.input.jpg", "2.input.txt", "2.jpg", "3.first.jpg", "3.second.jpg"),
    )
    assert told(path) == {
        "1": (["1.txt", "1.caption.txt"], ""),
        "2": ([], ""),
        "2.input": (["2.input.txt"], ""),
        "3.first": ([], ""),
        "3.second": ([], ""),
    }
    assert account_of(path)["member"] == {
        "used": 8,
        OTHER: (1, "1.cls"),
        "Its sample has another picture.": (2, "1.webp"),
        "Its name says that it is something else than its sample's text.": (1, "1.class.txt"),
    }


def test_what_cannot_be_read_refuses_its_own_row(tmp_path: Path) -> None:
    path = shard(
        tmp_path / "0.tar",
        [
            *(("1.jpg", JPEG), ("1.json", b"{broken"), ("2.jpg", JPEG), ("2.json", b"[1]")),
            *(("3.jpg", JPEG), ("3.txt", "Caf\xe9".encode("cp1252")), ("4.txt", b"alone"), ("5.jpg", JPEG)),
        ],
    )
    problems = {key: problem for key, (_, problem) in told(path).items()}
    assert problems.pop("1").startswith("'1.json' is no JSON (")
    assert problems == {
        "2": "'2.json' is not a JSON object.",
        "3": "'3.txt' is not UTF-8 (at byte 3): save it as UTF-8.",
        "4": "The sample has no picture.",
        "5": "",
    }


def test_links_devices_and_names_that_lead_out_are_left(tmp_path: Path) -> None:
    path = tmp_path / "0.tar"
    shard(path, named("1.jpg", "../2.jpg", "/3.jpg"))
    with tarfile.open(path, "a") as archive:
        for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)):
            member = tarfile.TarInfo(f"odd{number}.jpg")
            member.type, member.linkname = kind, "1.jpg"
            archive.addfile(member)
    assert [row.problem for row in rows(path)] == [""]
    assert account_of(path)["member"] == {
        "used": 1,
        "Its name leads out of the archive.": (2, "../2.jpg"),
        "It is a link or a device, not a file.": (4, "odd0.jpg"),
    }


def test_shards_in_folders_say_their_split(tmp_path: Path) -> None:
    for folder in ("train", "validation"):
        (tmp_path / folder).mkdir()
        shard(tmp_path / folder / "0.tar", named("1.jpg", "1.txt"))
    assert [row.split for row in rows(tmp_path)] == ["train", "eval"]
    assert account_of(tmp_path)["file"] == {"used": 2}


PART = st.sampled_from(["a", "b", "22", "05", "mask", "caption", "._c", "__MACOSX"])
SUFFIX = st.sampled_from(["jpg", "JPG", "png", "jfif", "txt", "TXT", "caption", "json", "cls", "heic", ""])
NAME = st.builds(
    lambda folder, parts, suffix: folder + ".".join([*parts, *([suffix] if suffix else [])]),
    st.sampled_from(["", "./", "x/", "../"]),
    st.lists(PART, min_size=1, max_size=3),
    SUFFIX,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAME, max_size=14), mode=st.sampled_from(["w", "w:gz"]))
def test_no_member_vanishes(tmp_path: Path, names: list[str], mode: str) -> None:
    members = [("0.jpg", JPEG)] + [
        (name, b"{}" if name.endswith("json") else name.encode()) for name in names
    ]
    path = shard(tmp_path / "0.tar", members, mode)
    account = account_of(path)["member"]
    left = sum(reason[0] for name, reason in account.items() if name != "used")  # type: ignore[index]
    assert account["used"] + left == len(members)  # type: ignore[operator]
    found = rows(path)
    pictures = [row.picture for row in found if row.picture is not None]
    assert len(pictures) == len([row for row in found if not row.problem])
