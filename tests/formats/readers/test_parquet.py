"""Folders of Parquet: any number of files, of different columns, broken ones among them; saved datasets."""

import resource
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.split_names import split_of_name
from tests.formats.readers.test_ledger import account_of


def table(path: Path, **columns: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.table(columns), path)
    return path


def rows(path: Path) -> list[ImportRow]:
    source = open_source(source=str(path))
    assert source.format == "parquet"
    found = list(source.rows)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    return found


def test_more_files_than_may_be_open_at_once(tmp_path: Path) -> None:
    for number in range(120):
        table(tmp_path / f"{number:04d}.parquet", image=[f"{number}.jpg"], alt=[f"text {number}"])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        found = rows(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert [row.alt_texts for row in found] == [[f"text {number}"] for number in range(120)]


def test_files_of_other_columns_and_broken_ones(tmp_path: Path) -> None:
    table(tmp_path / "0.parquet", image=["a.jpg"], alt=["iguana"])
    table(tmp_path / "1.parquet", file_name=["b.jpg"], caption=[b"newt \xc3\xa9"], colour=["green"])
    table(tmp_path / "2.parquet", nonsense=[1, 2])
    whole = table(tmp_path / "3.parquet", image=[f"{n}.jpg" for n in range(9)]).read_bytes()
    (tmp_path / "3.parquet").write_bytes(whole[:-20])
    (tmp_path / "4.parquet").write_bytes(b"no parquet")
    table(tmp_path / "5.PARQUET", image=["c.jpg"], alt_text=["toad"])
    table(tmp_path / "._6.parquet", image=["d.jpg"])
    found = rows(tmp_path)
    assert [(row.name, row.alt_texts) for row in found if not row.problem] == [
        ("a.jpg", ["iguana"]),
        ("b.jpg", []),
        ("c.jpg", ["toad"]),
    ]
    assert [(row.name, row.problem[:70]) for row in found if row.problem] == [
        ("2.parquet", "The file cannot be read from here on (it has no column of the other fi"),
        ("3.parquet", "The file cannot be read from here on (Parquet magic bytes not found in"),
    ]
    account = account_of(tmp_path)
    assert account["file"] == {
        "used": 5,
        "It is no Parquet file, though its name says so.": (1, "4.parquet"),
        "It is a hidden file.": (1, "._6.parquet"),
    }


def test_pictures_and_texts_as_datasets_writes_them(tmp_path: Path) -> None:
    images = [{"bytes": b"a picture", "path": None}, {"bytes": None, "path": "b.jpg"}]
    texts = [[{"raw": "c1", "lang": "en"}, {"raw": "c2", "lang": "de"}], [{"raw": "d", "lang": "en"}]]
    path = table(tmp_path / "train-00000-of-00001.parquet", image=images, captions=texts)
    assert [(row.picture, row.alt_texts, row.split) for row in rows(path)] == [
        (b"a picture", ["c1", "c2"], "train"),
        (tmp_path / "b.jpg", ["d"], "train"),
    ]


def test_what_folders_say(tmp_path: Path) -> None:
    table(tmp_path / "data/test/part-0.parquet", image=["a.jpg"])
    table(tmp_path / "domain=animals/licence=CC0/0.parquet", image=["b.jpg"])
    assert {(row.name, row.split, row.domain, row.licence) for row in rows(tmp_path)} == {
        ("a.jpg", "eval", "", ""),
        ("b.jpg", "", "animals", "CC0"),
    }


def test_img2datasets_list_leaves_its_pictures_to_the_folder(tmp_path: Path) -> None:
    table(tmp_path / "00000.parquet", url=["https://a.example/0.jpg"], caption=["x"])
    (tmp_path / "00000").mkdir()
    (tmp_path / "00000/000000000.jpg").write_bytes(b"a picture")
    (tmp_path / "00000/000000000.txt").write_text("iguana")
    source = open_source(source=str(tmp_path))
    assert source.format == "folder"
    assert [row.alt_texts for row in source.rows] == [["iguana"]]


def test_nothing_but_broken_files(tmp_path: Path) -> None:
    (tmp_path / "0.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UnreadableSource, match=r"0.parquet cannot be read"):
        open_source(source=str(tmp_path))


@pytest.mark.parametrize(
    ("name", "split"),
    [
        *(
            ("train", "train"),
            ("train-00000-of-00001", "train"),
            ("validation_3", "eval"),
            ("val2017", "eval"),
        ),
        *(("test-00000-of-00002-1a2b3c4d", "eval"), ("Train.0", "train"), ("dev", "eval")),
        *(("test_run_of_monday", ""), ("trainer-1", ""), ("train_me", ""), ("part-0", ""), ("0001", "")),
    ],
)
def test_a_name_says_a_split_only_when_it_says_nothing_else(name: str, split: str) -> None:
    assert split_of_name(name) == split
