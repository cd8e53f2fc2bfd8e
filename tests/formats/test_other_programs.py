"""What data people use opens an export as it is: the folder, or the file that the format is about."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pictures

from annotation_server.formats.writers.columns import COLUMNS
from tests.formats.exporting import CAPTIONS, FORMATS, Export, captions_by_key

pytestmark = pytest.mark.django_db(transaction=True)

# Where `load_dataset` finds the exported round's text, if not in `caption`.
TEXT = {"altogether_ft": "round2", "webdataset": "txt"}


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Path], Any]:
    """load(folder) is datasets.load_dataset with a cache of its own."""
    import datasets

    return lambda folder: datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("images", [True, False])
def test_datasets_loads_the_folder(
    format: str, images: bool, export: Export, load: Callable[[Path], Any]
) -> None:
    loaded = load(export(format, images=images))
    texts = [text for rows in loaded.values() for text in rows[TEXT.get(format, "caption")]]
    guarded = [f"'{text}" if format == "csv" else text for text in captions_by_key().values()]
    assert sorted(texts) == sorted(guarded)
    by_split = {"train": 2, "eval": 1} if format in {"parquet", "hf_dataset"} else {"train_and_eval": 3}
    assert {split: len(rows) for split, rows in loaded.items()} == by_split


@pytest.mark.parametrize("format", ["altogether_ft", "coco", "csv", "jsonl", "webdataset"])
def test_rows_of_one_split_are_loaded_under_its_name(
    format: str, export: Export, load: Callable[[Path], Any]
) -> None:
    assert list(load(export(format, splits=["eval"]))) == ["eval"]


@pytest.mark.parametrize("format", ["hf_dataset", "jsonl", "parquet"])
def test_datasets_knows_every_column(format: str, export: Export, load: Callable[[Path], Any]) -> None:
    [rows, *_] = load(export(format)).values()
    assert list(rows.features) == ["image", *COLUMNS]
    about = rows.features["rounds"].feature
    assert (about["draft"]["clip_score"].dtype, about["seconds"].dtype) == ("float64", "float64")


def test_datasets_shows_the_pictures(export: Export, load: Callable[[Path], Any]) -> None:
    for format in ("hf_dataset", "parquet"):
        [row] = load(export(format))["eval"]
        assert row["image"].size == (60, 40)
        assert [one["text"] for one in row["rounds"]] == ["Round one 2.", CAPTIONS[2]]


def test_datasets_loads_shards_with_pictures_of_both_kinds(
    export: Export, load: Callable[[Path], Any]
) -> None:
    folder = export("webdataset")
    with tarfile.open(folder / "00000.tar", "a") as shard:
        for name, content in {"9.jpg": jpeg(), "9.txt": b"A photograph.", "9.json": b"{}"}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            shard.addfile(member, io.BytesIO(content))
    [rows] = load(folder).values()
    assert [row["webp"] is None for row in rows] == [False, False, False, True]
    assert rows[3]["jpg"].size == (8, 8)


def jpeg() -> bytes:
    file = io.BytesIO()
    Pictures.new("RGB", (8, 8)).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize("images", [True, False])
def test_pandas_pyarrow_and_polars_open_the_parquet_folder(export: Export, images: bool) -> None:
    import pandas
    import polars
    from pyarrow import dataset

    folder = export("parquet", images=images)
    tables = [pandas.read_parquet(folder), dataset.dataset(folder, format="parquet").to_table().to_pandas()]
    # polars takes a folder with nothing but its own files, or a pattern.
    tables += [polars.read_parquet(folder / "data"), polars.read_parquet(f"{folder}/**/*.parquet")]
    for table in tables:
        assert dict(zip(table["source_key"], table["caption"], strict=True)) == captions_by_key()


def test_pandas_opens_csv(export: Export) -> None:
    import pandas

    table = pandas.read_csv(export("csv") / "data.csv", keep_default_na=False)
    assert {row.source_key: row.caption for row in table.itertuples()} == {
        key: f"'{text}" for key, text in captions_by_key().items()
    }


def test_a_csv_for_spreadsheets_begins_with_a_byte_order_mark(export: Export) -> None:
    import pandas

    data = export("csv", byte_order_mark=True) / "data.csv"
    assert data.read_bytes().startswith(b"\xef\xbb\xbfimage,")
    assert sorted(pandas.read_csv(data).source_key) == ["q0", "q1", "q2"]


@pytest.mark.parametrize("format", ["jsonl"])
def test_pandas_and_line_by_line_readers_open_json_lines(format: str, export: Export) -> None:
    import pandas

    data = export(format) / "data.jsonl"
    assert len(data.read_text(encoding="utf-8").splitlines()) == 3
    table = pandas.read_json(data, lines=True)
    assert dict(zip(table.source_key, table.caption, strict=True)) == captions_by_key()


@pytest.mark.filterwarnings("ignore")
def test_webdataset_opens_the_shards(export: Export) -> None:
    import webdataset

    shard = export("webdataset") / "00000.tar"
    samples = list(
        webdataset.WebDataset(str(shard), shardshuffle=False).decode("pil").to_tuple("webp", "txt", "json")
    )
    assert {about["source_key"]: text for _, text, about in samples} == captions_by_key()
    assert [picture.size for picture, _, _ in samples] == [(60, 40)] * 3


def test_pycocotools_opens_coco(export: Export) -> None:
    from pycocotools.coco import COCO

    folder = export("coco")
    coco = COCO(str(folder / "captions.json"))
    found = {}
    for image in coco.loadImgs(coco.getImgIds()):
        [annotation] = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        found[image["source_key"]] = annotation["caption"]
        assert (folder / image["file_name"]).is_file()
    assert found == captions_by_key()
