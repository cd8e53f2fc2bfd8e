"""Texts are found under any name and in any place of a folder, pictures wherever they lie; what is not clear is asked."""

import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from annotation_server.errors import Refusal, SeveralSources, UnreadableSource
from annotation_server.formats.readers import READERS, open_source
from annotation_server.formats.readers.ledger import Kind
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.split_names import split_of_file
from tests.drawing import write_picture, write_rows

COCO = {
    "images": [{"id": 1, "file_name": "1.png"}],
    "annotations": [{"id": 1, "image_id": 1, "caption": "an iguana"}],
}


def table(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def names_of_any_kind(folder: Path) -> None:
    write_picture(folder / "pix/1.png", 1)
    table(folder / "about/texts.csv", "image,alt\npix/1.png,an iguana\n")


def json_lines(folder: Path) -> None:
    write_picture(folder / "images/1.png", 1)
    table(folder / "annotations/all.jsonl", '{"image": "1.png", "caption": "an iguana"}\n')


def image_folder(folder: Path) -> None:
    for split in ("train", "validation"):
        write_picture(folder / split / "1.png", 1 if split == "train" else 2)
        table(folder / split / "metadata.csv", "file_name,text\n1.png,an iguana\n")


def coco(folder: Path) -> None:
    for number, split in enumerate(("train2017", "val2017")):
        write_picture(folder / split / "1.png", number)
        table(folder / f"annotations/captions_{split}.json", json.dumps(COCO))
    table(folder / "annotations/instances_val2017.json", json.dumps({**COCO, "annotations": [{"bbox": []}]}))


def kohya(folder: Path) -> None:
    write_picture(folder / "10_iguana/1.png", 1)
    table(folder / "10_iguana/1.caption", "an iguana\n")


def flickr_tokens(folder: Path) -> None:
    write_picture(folder / "Images/1.png", 1)
    table(folder / "Flickr8k.token.txt", "1.png#0\tan iguana\n1.png#1\ta lizard\n")


def flickr_results(folder: Path) -> None:
    write_picture(folder / "flickr30k_images/1.png", 1)
    table(folder / "results.csv", "image_name| comment_number| comment\n1.png| 0| an iguana\n")


def flickr_pairs(folder: Path) -> None:
    write_picture(folder / "Images/1.png", 1)
    table(folder / "captions.txt", "image,caption\n1.png,an iguana\n1.png,a lizard\n")


def img2dataset_files(folder: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    write_picture(folder / "00000/000000000.jpg", 1)
    table(folder / "00000/000000000.txt", "an iguana")
    table(folder / "00000/000000000.json", '{"caption": "an iguana", "url": "https://example.org/1.jpg"}')
    columns = {"url": ["https://example.org/1.jpg"], "caption": ["an iguana"]}
    parquet.write_table(pyarrow.table(columns), folder / "00000.parquet")
    table(folder / "00000_stats.json", '{"count": 1}')


def label_studio(folder: Path) -> None:
    write_picture(folder / "media/upload/7/ab12-1.png", 1)
    task = {"id": 1, "data": {"image": "/data/upload/7/ab12-1.png", "alt": "an iguana"}, "annotations": []}
    table(folder / "export.json", json.dumps([task]))


def a_lone_folder(folder: Path) -> None:
    names_of_any_kind(folder / "dataset-main/data")


LAYOUTS: list[tuple[Callable[[Path], None], str, set[str]]] = [
    (names_of_any_kind, "table", {""}),
    (json_lines, "jsonl", {""}),
    (image_folder, "table", {"train", "eval"}),
    (coco, "coco", {"train", "eval"}),
    (kohya, "folder", {""}),
    (flickr_tokens, "table", {""}),
    (flickr_results, "table", {""}),
    (flickr_pairs, "table", {""}),
    (img2dataset_files, "folder", {""}),
    (label_studio, "label_studio", {""}),
    (a_lone_folder, "table", {""}),
]


@pytest.mark.parametrize(
    ("layout", "format", "splits"), LAYOUTS, ids=lambda one: getattr(one, "__name__", "")
)
@pytest.mark.parametrize("oddity", ["", "hidden", "unused"])
def test_a_layout_is_read_and_all_of_it_accounted_for(
    layout: Callable[[Path], None], format: str, splits: set[str], oddity: str, tmp_path: Path
) -> None:
    layout(tmp_path)
    if oddity == "hidden":
        table(tmp_path / "__MACOSX/._1.png", "x")
        table(tmp_path / ".DS_Store", "x")
    elif oddity == "unused":
        write_picture(tmp_path / "spare.png", 9)
        table(tmp_path / "LICENSE", "words")
        (tmp_path / "link.png").symlink_to(tmp_path / "spare.png")
    source = open_source(source=str(tmp_path), confined=True)
    rows = list(source.rows)
    assert source.format == format
    assert [row.problem for row in rows] == [""] * len(rows)
    assert all(isinstance(row.picture, Path) and row.picture.is_file() for row in rows)
    used = [row for row in rows if "spare" not in row.name]
    assert {row.split for row in used} == splits
    assert {text.strip() for row in used for text in row.alt_texts} <= {"an iguana", "a lizard"}
    assert all(row.alt_texts for row in used)
    there = sum(1 for path in tmp_path.rglob("*") if path.is_symlink() or path.is_file())
    pages = {page["kind"]: page for page in source.account()}
    assert pages["file"]["used"] + pages["file"]["left"] == there
    assert source.ledger.used(Kind.TEXT) == sum(len(row.alt_texts) for row in rows)


def test_several_candidates_are_named_and_one_can_be_chosen(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", 1)
    (tmp_path / "a.txt").write_text("beside it")
    table(tmp_path / "short.csv", "image,alt\na.png,short\n")
    table(tmp_path / "long.csv", "image,alt\na.png,long\n")
    with pytest.raises(
        SeveralSources, match=r"long.csv \(table\), short.csv \(table\), . \(folder\)"
    ) as told:
        open_source(source=str(tmp_path))
    candidates = told.value.extra["candidates"]
    assert isinstance(candidates, list)
    texts = []
    for candidate in candidates:
        [row] = open_source(source=str(tmp_path), texts=candidate["file"], confined=True).rows
        texts += row.alt_texts
    assert texts == ["long", "short", "beside it"]


@pytest.mark.parametrize("outside", ["../x.csv", "/etc/passwd", "a\x00b", "none.csv"])
def test_a_confined_source_has_no_texts_nor_pictures_outside(tmp_path: Path, outside: str) -> None:
    write_picture(tmp_path / "in/a.png", 1)
    table(tmp_path / "x.csv", "image,alt\na.png,x\n")
    with pytest.raises(UnreadableSource):
        open_source(source=str(tmp_path / "in"), texts=outside, confined=True)
    with pytest.raises(UnreadableSource):
        open_source(source=str(tmp_path / "in"), images=outside.replace("x.csv", ""), confined=True)


COMPOSED = unicodedata.normalize("NFC", "Zürich")


@pytest.mark.parametrize(
    ("lies", "said"),
    [
        ("images/a.png", "a.png"),
        ("images/a.png", "photos\\a.png"),
        ("images/a.png", "/home/somebody/photos/a.png"),
        ("images/A.PNG", "a.png"),
        (f"{COMPOSED}.png", unicodedata.normalize("NFD", f"{COMPOSED}.png")),
        ("images/17.png", "17"),
        ("two/a.png", "x/two/a.png"),
    ],
)
def test_a_picture_is_found_by_its_name(tmp_path: Path, lies: str, said: str) -> None:
    write_picture(tmp_path / lies, 1)
    write_picture(tmp_path / "other/b.png", 2)
    table(tmp_path / "rows.jsonl", json.dumps({"image": said, "alt": "x"}))
    [row] = open_source(source=str(tmp_path), confined=True).rows
    assert (row.picture, row.problem) == (tmp_path / lies, "")


def test_what_two_pictures_could_be_is_refused_by_name(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_picture(tmp_path / folder / "a.png", 1)
    table(tmp_path / "rows.jsonl", '{"image": "a.png", "alt": "x"}')
    [row] = open_source(source=str(tmp_path)).rows
    assert row.problem == "2 files could be 'a.png': write the path from the source's folder on."


def test_the_folder_of_the_pictures_can_be_said(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_picture(tmp_path / folder / "a.png", 1)
    table(tmp_path / "rows.jsonl", '{"image": "a.png", "alt": "x"}')
    [row] = open_source(source=str(tmp_path), images="two", confined=True).rows
    assert row.picture == tmp_path / "two/a.png"


def test_a_table_of_unknown_columns_shows_them_and_opens_as_is_said(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", 1)
    table(tmp_path / "rows.csv", "photo,words\na.png,an iguana\n")
    source = open_source(source=str(tmp_path / "rows.csv"))
    assert [row.problem for row in source.rows] == ["The row names no image."]
    assert source.columns is not None
    assert list(source.columns.unknown) == ["photo", "words"]
    with pytest.raises(SeveralSources):  # Or are it the pictures alone?
        open_source(source=str(tmp_path))
    [row] = open_source(source=str(tmp_path), columns={"photo": "image", "words": "alt_texts"}).rows
    assert (row.picture, row.alt_texts) == (tmp_path / "a.png", ["an iguana"])


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train-00000-of-00002.parquet", "train"),
        ("captions_val2017.json", "eval"),
        ("validation.jsonl.gz", "eval"),
        ("wit_v1.train.all-00000-of-00010.tsv.gz", "train"),
        ("test_run_of_monday.parquet", ""),
        ("trainstation.csv", ""),
        ("train_test.csv", ""),
        ("rows.csv", ""),
    ],
)
def test_splits_of_file_names(name: str, split: str) -> None:
    assert split_of_file(name) == split


def odd_files(folder: Path) -> dict[str, Path]:
    """Files that are not what somebody says they are."""
    found = {
        name: folder / name for name in ("empty", "binary", "folder", "text", "list", "zip", "link", "gone")
    }
    found["empty"].touch()
    found["binary"].write_bytes(bytes(range(256)) * 40)
    found["folder"].mkdir()
    found["text"].write_text("words, and\nmore words")
    found["list"].write_text('[1, "two", null, {"data": 3}, {"images": [], "annotations": {}}]')
    found["zip"].write_bytes(b"PAR1" + b"PK\x03\x04" + b"\x00" * 500 + b"PAR1")
    found["link"].symlink_to(found["text"])
    found["gone"].symlink_to(folder / "nowhere")
    return found


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("odd", ["empty", "binary", "folder", "text", "list", "zip", "link", "gone"])
def test_a_wrong_format_never_ends_in_a_trace(format: str, odd: str, tmp_path: Path) -> None:
    """Refused, or read as rows that are refused; here or in a folder that holds it."""
    path = odd_files(tmp_path)[odd]
    for source in (path, tmp_path):
        with suppress(Refusal):
            rows: list[ImportRow] = list(open_source(source=str(source), format=format).rows)
            assert all(row.problem or row.picture for row in rows)


def is_there(row: ImportRow) -> bool:
    return isinstance(row.picture, Path) and row.picture.exists()


def test_nothing_outside_a_source_is_told_to_be_there_or_not(tmp_path: Path) -> None:
    """A person who may only read the source learns nothing of the disk around it."""
    source = tmp_path / "source"
    source.mkdir()
    write_picture(tmp_path / "there.png", 1)
    (tmp_path / "there.csv").write_text("image,alt\n")
    names = {name: [f"../{name}.png", f"{tmp_path}/{name}.png"] for name in ("there", "gone")}
    problems = {}
    for name, images in names.items():
        write_rows(source / "rows.jsonl", [{"image": image, "alt": "x"} for image in images])
        rows = list(open_source(source=str(source), confined=True).rows)
        problems[name] = [(is_there(row), row.problem) for row in rows]
        page = "".join(f"<img src='{image}' alt='x'>" for image in images)
        (source / "rows.jsonl").unlink()
        (source / "page.html").write_text(page)
        pages = list(open_source(source=str(source), confined=True).rows)
        problems[name] += [(is_there(row), row.problem) for row in pages]
        assert not any(
            str(tmp_path) in row.name.replace(image, "") for row, image in zip(pages, images, strict=True)
        )
        (source / "page.html").unlink()
    assert problems["there"] == problems["gone"]
    write_rows(source / "rows.jsonl", [{"image": "a.png", "alt": "x"}])
    for texts in ("../there.csv", "../gone.csv", str(tmp_path / "there.csv"), str(tmp_path / "gone.csv")):
        with pytest.raises(UnreadableSource, match="lies outside the source"):
            open_source(source=str(source), confined=True, texts=texts)
