"""Datasets of the hub by name: opened by the `datasets` library, refused plainly where the hub is out of reach."""

from pathlib import Path

import pytest

from annotation_server.errors import InvalidSettings, UnreadableSource
from annotation_server.formats.hub import download_dataset, prepare_dataset, refuse_name
from annotation_server.formats.readers import open_source
from tests.drawing import write_picture, write_rows


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """As HF_HUB_OFFLINE=1 before the start."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def test_the_files_of_a_repository_become_rows(tmp_path: Path) -> None:
    files = tmp_path / "files"
    for split, numbers in (("train", (1, 2)), ("test", (3,))):
        rows = []
        for number in numbers:
            write_picture(files / split / f"{number}.png", number)
            rows.append({"file_name": f"{number}.png", "alt_text": f"iguana {number}"})
        write_rows(files / split / "metadata.jsonl", rows)
    dataset = prepare_dataset(files, into=tmp_path)
    source = open_source(source=str(dataset))
    rows_read = list(source.rows)
    assert source.format == "hf_dataset"
    assert sorted((row.split, row.alt_texts[0]) for row in rows_read) == [
        ("eval", "iguana 3"),
        ("train", "iguana 1"),
        ("train", "iguana 2"),
    ]
    assert all(isinstance(row.picture, bytes) for row in rows_read)
    assert not files.exists()


def test_what_the_library_cannot_open_is_refused(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/README.md").write_text("nothing here")
    with pytest.raises(UnreadableSource, match="cannot open the dataset") as refusal:
        prepare_dataset(tmp_path / "files", into=tmp_path)
    assert str(tmp_path) not in refusal.value.message


def test_out_of_reach_it_says_so(tmp_path: Path, offline: None) -> None:
    with pytest.raises(UnreadableSource, match="The Hugging Face hub cannot be reached from this server"):
        download_dataset("hf://somebody/some-dataset", into=tmp_path)


@pytest.mark.parametrize(
    "address",
    ["hf://", "hf://only", "hf://../etc", "hf://a/..", "hf:///etc/passwd", "hf://a/b/c", "hf://a/b@../x"],
)
def test_other_names_are_refused(address: str) -> None:
    with pytest.raises(InvalidSettings, match="names no dataset of the hub"):
        refuse_name(address)
