"""Datasets of the hub by name: nothing that the repository says is obeyed, its listing is not believed, and only its data files
come, within the limits."""

import io
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation_server.errors import InvalidSettings, JobCancelled, UnreadableSource
from annotation_server.files.allowance import Allowance
from annotation_server.formats.readers import open_source
from annotation_server.intake import hub as door
from annotation_server.intake.hub import download_dataset, refuse_name
from annotation_server.intake.hub_files import reason_to_leave, target_of
from annotation_server.intake.unpacked import Unpacked
from tests.drawing import drawn
from tests.hub_site import Hub, running_hub

ADDRESS = "hf://o/n"


@pytest.fixture(scope="module")
def site() -> Iterator[Hub]:
    with running_hub() as hub:
        yield hub


@pytest.fixture
def hub(site: Hub, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """An empty repository, o/n."""
    monkeypatch.setenv("HF_ENDPOINT", site.address)
    site.__dict__.update(Hub(address=site.address, over=site.over).__dict__)
    return site


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """As HF_HUB_OFFLINE=1 before the start."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def png(seed: int) -> bytes:
    file = io.BytesIO()
    drawn(seed).save(file, "PNG")
    return file.getvalue()


def lines(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def allowance(folder: Path, **limits: Any) -> Allowance:
    return Allowance(**{"folder": folder, "byte_limit": 10_000_000, "file_limit": 1_000, **limits})


def downloaded(
    folder: Path, *, left_out: Unpacked | None = None, with_token: bool = False, **limits: Any
) -> Path:
    into = folder / "into"
    into.mkdir(exist_ok=True)
    return download_dataset(
        ADDRESS, into=into, allowance=allowance(into, **limits), with_token=with_token, left_out=left_out
    )


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_a_repository_of_pictures_and_a_table_becomes_rows(hub: Hub, tmp_path: Path) -> None:
    hub.repository = {
        "metadata.jsonl": lines(
            {"file_name": "a b.png", "alt_text": "iguana 1"}, {"file_name": "2.png", "text": "x"}
        ),
        "a b.png": png(1),
        "2.png": png(2),
    }
    hub.page = 2
    source = open_source(source=str(downloaded(tmp_path)))
    rows = list(source.rows)
    assert [(row.name, row.alt_texts) for row in rows] == [("a b.png", ["iguana 1"]), ("2.png", [])]
    assert all(isinstance(row.picture, Path) and row.picture.is_file() for row in rows)
    assert hub.tokens == {None}


def test_the_splits_of_a_repository_are_kept(hub: Hub, tmp_path: Path) -> None:
    for split, number in (("train", 1), ("test", 2)):
        hub.repository[f"{split}/metadata.jsonl"] = lines({"file_name": f"{number}.png", "text": "an iguana"})
        hub.repository[f"{split}/{number}.png"] = png(number)
    rows = list(open_source(source=str(downloaded(tmp_path))).rows)
    assert sorted((row.split, row.alt_texts) for row in rows) == [
        ("eval", ["an iguana"]),
        ("train", ["an iguana"]),
    ]


def test_a_zip_of_the_repository_is_unpacked(hub: Hub, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.png", png(1))
        archive.writestr("../out.png", png(2))
    hub.repository = {"data/images.zip": file.getvalue(), "images": b""}
    told = Unpacked()
    found = downloaded(tmp_path, left_out=told)
    assert names(found) == {"data/images/1.png"}
    assert {one["name"] for one in told.skipped} == {"images", "../out.png"}


def test_only_data_files_are_asked_for(hub: Hub, tmp_path: Path) -> None:
    """The card, scripts, settings and pickles never come, so no library can obey them."""
    hostile = "configs:\n- config_name: default\n  data_files: /etc/passwd\n"
    hub.repository = {
        "README.md": f"---\n{hostile}---\n".encode(),
        "n.py": b"import os; os.abort()",
        "dataset_infos.json": b"{}",
        ".huggingface.yaml": hostile.encode(),
        "data/.cache/huggingface/x.parquet": b"PAR1",
        "model.pkl": b"cos\nabort\n(tR.",
        "bomb.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "data.jsonl": lines({"image": "1.png", "alt": "x"}),
    }
    told = Unpacked()
    assert names(downloaded(tmp_path, left_out=told)) == {"data.jsonl"}
    assert hub.given == {"data.jsonl"}
    assert told.skipped_count == len(told.skipped) == 7
    assert {one["name"]: one["reason"] for one in told.skipped} == {
        "README.md": "It describes the dataset; what it says is not obeyed.",
        "n.py": "It is a program; none is run.",
        "dataset_infos.json": "It describes the dataset; what it says is not obeyed.",
        ".huggingface.yaml": "It is a hidden file.",
        "data/.cache/huggingface/x.parquet": "It is a hidden file.",
        "model.pkl": "It may be a pickle, which runs code when it is opened.",
        "bomb.yaml": "It describes the dataset; what it says is not obeyed.",
    }


PART = st.sampled_from(
    [
        "..",
        ".",
        "",
        "a",
        "data",
        ".git",
        "~",
        "/",
        "\\",
        "C:",
        "file:",
        "etc",
        "passwd",
        "\x00",
        "a" * 300,
        "ü",
        "%2e%2e",
        "link",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(PART, min_size=1, max_size=5),
    suffix=st.sampled_from(["", ".json", ".png", ".py", ".JSONL", ".tar"]),
)
def test_no_name_leads_out(tmp_path: Path, parts: list[str], suffix: str) -> None:
    """Whatever a listing calls a file: it is left out, or it lies below the folder and is no hidden file or program."""
    folder = tmp_path / "into"
    folder.mkdir(exist_ok=True)
    if not (folder / "link").is_symlink():
        (folder / "link").symlink_to("/etc")
    name = "/".join(parts) + suffix
    if not reason_to_leave(name, folder=folder):
        target = target_of(name, folder=folder)
        assert target.resolve().is_relative_to(folder.resolve())
        assert not target.resolve().is_relative_to("/etc")
        assert target.suffix.lower() not in {".py", ".md", ".yaml", ".pkl", ""}
        assert not any(part.startswith(".") for part in target.relative_to(folder).parts)


def test_a_hostile_listing_is_refused(hub: Hub, tmp_path: Path) -> None:
    outside = [
        "../out.jsonl",
        "/srv/out.jsonl",
        "a/../../out.jsonl",
        "..\\out.jsonl",
        "a\x00.jsonl",
        "file:///etc/x",
    ]
    hub.extra = outside
    told = Unpacked()
    with pytest.raises(UnreadableSource, match="has no files that an import reads"):
        downloaded(tmp_path, left_out=told)
    assert hub.given == set()
    assert told.skipped_count == len(outside)
    assert names(tmp_path) == set()


def test_a_huge_listing_ends_at_the_limit(hub: Hub, tmp_path: Path) -> None:
    hub.extra = [f"{number}.md" for number in range(500)]
    hub.page = 50
    with pytest.raises(
        UnreadableSource, match=r"more than 100 files; no more are taken \(IMPORT_FILES_LIMIT\)"
    ):
        downloaded(tmp_path, file_limit=100)
    assert sum("/tree/" in path for path in hub.asked) == 3


def test_too_many_bytes_are_refused_before_the_first(hub: Hub, tmp_path: Path) -> None:
    hub.repository = {"a.jsonl": b"{}\n", "b.jsonl": b"{}\n"}
    hub.sizes = {"a.jsonl": 6_000_000, "b.jsonl": 6_000_000}
    with pytest.raises(
        UnreadableSource, match=r"more than 10,000,000 bytes; no more are taken \(IMPORT_SOURCE_LIMIT\)"
    ):
        downloaded(tmp_path)
    assert hub.given == set()


@pytest.mark.parametrize("said", [0, 1, 2_999, 3_001])
def test_a_listing_that_lies_is_refused(hub: Hub, tmp_path: Path, said: int) -> None:
    hub.repository = {"a.jsonl": b"x" * 3_000}
    hub.sizes = {"a.jsonl": said}
    with pytest.raises(
        UnreadableSource, match=rf"'a.jsonl' is not {said:,} bytes long, as the hub's listing says"
    ):
        downloaded(tmp_path)


def test_bytes_are_counted_as_they_come(hub: Hub, tmp_path: Path) -> None:
    """All files together, however many come at a time."""
    into = tmp_path / "into"
    into.mkdir()
    hub.repository = {f"{number}.jsonl": b"x" * 40_000 for number in range(20)}
    counted = allowance(into, byte_limit=800_000)
    counted.take(300_000)
    with pytest.raises(UnreadableSource, match="more than 800,000 bytes"):
        download_dataset(ADDRESS, into=into, allowance=counted, with_token=False)


def test_a_full_disk_is_refused_before_the_first_byte(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotation_server.errors import ServiceUnavailable
    from annotation_server.files import allowance as counting

    hub.repository = {"a.jsonl": b"{}\n"}
    monkeypatch.setattr(counting, "SPARE_BYTES", 1 << 60)
    with pytest.raises(ServiceUnavailable, match="too few for 3 more"):
        downloaded(tmp_path)
    assert hub.given == set()


def test_cancelling_ends_a_download_that_stalls(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other files are not waited for, and one that hangs no longer than its own time limit."""
    monkeypatch.setattr(door, "SECONDS", 0.5)
    hub.repository = {f"{number}.jsonl": b"{}\n" for number in range(40)}
    hub.stalls = {"3.jsonl"}

    def progress(*, done: int, total: int, message: str) -> None:
        if hub.stalled.is_set():
            raise JobCancelled

    with pytest.raises(JobCancelled):
        downloaded(tmp_path, progress=progress)


def test_cancelling_ends_a_download_that_drips(hub: Hub, tmp_path: Path) -> None:
    """Each byte in time, all of them never."""
    hub.repository = {"a.jsonl": b"x" * 1_000_000, "b.jsonl": b"{}\n"}
    hub.drips = {"a.jsonl"}

    def progress(*, done: int, total: int, message: str) -> None:
        if done > 3:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        downloaded(tmp_path, progress=progress)
    assert not any(one.name.startswith("store") for one in threading.enumerate())


def test_a_file_that_is_not_there_is_a_plain_reason(hub: Hub, tmp_path: Path) -> None:
    hub.extra = ["a.jsonl"]
    with pytest.raises(UnreadableSource, match="The hub does not give o/n"):
        downloaded(tmp_path)


@pytest.mark.parametrize("with_token", [True, False])
def test_the_token_goes_along_only_where_it_may(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_token: bool
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ours")
    hub.repository = {"a.jsonl": b'{"image": "x.png"}\n'}
    hub.private = True
    if with_token:
        downloaded(tmp_path, with_token=True)
        assert hub.tokens == {"Bearer hf_ours"}
    else:
        with pytest.raises(UnreadableSource, match="the server's owner names it in IMPORT_HF_REPOSITORIES"):
            downloaded(tmp_path)
        assert hub.tokens == {None}


def test_out_of_reach_it_says_so(tmp_path: Path, offline: None) -> None:
    with pytest.raises(UnreadableSource, match="The Hugging Face hub cannot be reached from this server"):
        downloaded(tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "hf://",
        "hf://only",
        "hf://../etc",
        "hf://a/..",
        "hf:///etc/passwd",
        "hf://a/b/c",
        "hf://a/b@../x",
        "hf://[::1",
    ],
)
def test_other_names_are_refused(address: str) -> None:
    with pytest.raises(InvalidSettings, match="names no dataset of the hub"):
        refuse_name(address)


def test_the_library_that_obeys_cards_is_loaded_by_nothing() -> None:
    root = Path(door.__file__).parents[1]
    named = [
        path
        for path in root.rglob("*.py")
        if any(f"{word} datasets" in path.read_text() for word in ("import", "from"))
    ]
    assert named == []
    assert os.environ.get("HF_ENDPOINT") is None
