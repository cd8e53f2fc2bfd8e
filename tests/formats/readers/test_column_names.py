"""Columns are known by their names, however they are written, and by what was said of them."""

import csv
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from annotation_server.errors import InvalidSettings
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.column_names import KNOWN, PERHAPS_ALT_TEXTS, meaning_of
from annotation_server.formats.readers.columns import Columns
from tests.drawing import write_rows

WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "title with blanks": lambda name: name.replace("_", " ").title(),
    "camel case": lambda name: name.replace("_", " ").title().replace(" ", ""),
    "dashes and blanks around": lambda name: f" {name.replace('_', '-')}\t",
    "a colon behind": lambda name: f"{name}:",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_every_known_name_is_known_however_it_is_written(way: str) -> None:
    names = [(field, name) for field, names in KNOWN.items() for name in names]
    assert {name: meaning_of(WRITTEN[way](name)) for _, name in names} == {
        name: field for field, name in names
    }


@pytest.mark.parametrize(("way", "name"), list(product(WRITTEN, PERHAPS_ALT_TEXTS)))
def test_a_text_alone_is_the_alt_text_however_it_is_called(way: str, name: str) -> None:
    written = WRITTEN[way](name)
    columns = Columns(names=["image", written], said={})
    assert (columns.field_of, columns.unknown) == ({"image": "image", written: "alt_texts"}, [])


@pytest.mark.parametrize(
    ("cells", "picture", "image_url", "page_url"),
    [
        # WIT: a page and a picture.
        ({"page_url": "https://p.example/a", "image_url": "https://i.example/a.jpg"}, "https://i.example/a.jpg",
         "https://i.example/a.jpg", "https://p.example/a"),
        # LAION, img2dataset: the picture alone.
        ({"url": "https://i.example/a.jpg"}, "https://i.example/a.jpg", "https://i.example/a.jpg", ""),
        # A file, with the address that it came from.
        ({"image": "a.jpg", "url": "https://i.example/a.jpg"}, Path("a.jpg"), "https://i.example/a.jpg", ""),
        # Beside the picture's own address, `url` is the page's.
        ({"url": "https://p.example/a", "image_url": "https://i.example/a.jpg"}, "https://i.example/a.jpg",
         "https://i.example/a.jpg", "https://p.example/a"),
        ({"image_url": "https://i.example/a.jpg", "url": "https://p.example/a"}, "https://i.example/a.jpg",
         "https://i.example/a.jpg", "https://p.example/a"),
    ],
)  # fmt: skip
def test_the_pictures_address_and_its_pages(
    cells: dict[str, str], picture: object, image_url: str, page_url: str
) -> None:
    row = Columns(names=cells, said={}).row(number=1, cells=cells, folder=Path())
    assert (row.picture, row.image_url, row.page_url) == (picture, image_url, page_url)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        # As other people's files have them.
        ("URL TEXT WIDTH HEIGHT similarity LICENSE NSFW", "image_url alt_texts - - - licence -"),
        ("uid url text original_width face_bboxes sha256", "source_key image_url alt_texts - face_boxes -"),
        ("id url text width height image_phash", "source_key image_url alt_texts - - -"),
        (
            "image_id author image_url raw_caption caption permalink",
            "source_key - image_url alt_texts - page_url",
        ),
        ("photo_id photo_url photo_image_url photo_description", "source_key page_url image_url alt_texts"),
        ("image_name comment_number comment", "image - alt_texts"),
        ("Handle Title Image-Src Image-Alt-Text", "- - image_url alt_texts"),
        ("image original_caption caption Round-2", "image alt_texts - round2"),
    ],
)
def test_tables_of_other_people(header: str, fields: str) -> None:
    columns = Columns(names=header.split(), said={})
    assert [columns.field_of.get(name, "-") for name in header.split()] == fields.split()
    assert set(columns.unknown) == {
        name for name, field in zip(header.split(), fields.split(), strict=True) if field == "-"
    }


def test_of_several_columns_of_one_field_the_likeliest_counts_and_the_others_where_it_is_empty(
    tmp_path: Path,
) -> None:
    rows: list[dict[str, Any]] = [
        {"filename": "no.png", "Image": "a.png", "uid": "u1", "alt": "One."},
        {"filename": "b.png", "Image": "", "uid": "u2", "id": 5, "alt": "", "Alt text": "Two."},
    ]
    source = open_source(source=str(write_rows(tmp_path / "rows.jsonl", rows)))
    assert [(row.name, row.source_key, row.alt_texts) for row in source.rows] == [
        ("a.png", "u1", ["One."]),
        ("b.png", "5", ["", "Two."]),
    ]
    assert source.columns is not None
    assert source.columns.spare == {"filename": "Image", "uid": "id"}


@pytest.mark.parametrize("said", ["Photo of it", "photo_of_it", "PHOTO-OF-IT"])
def test_what_is_said_of_a_column_counts_however_it_is_written(said: str) -> None:
    columns = Columns(names=[" Photo of it", "words"], said={said: "image", "Words": "alt_texts"})
    assert columns.field_of == {" Photo of it": "image", "words": "alt_texts"}


def test_the_exact_name_goes_before_another_way_of_writing_it() -> None:
    columns = Columns(names=["Alt text", "alt_text"], said={"alt_text": "ignore"})
    assert columns.field_of == {"Alt text": "alt_texts", "alt_text": "ignore"}


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_something_said_of_a_column_that_is_not_there_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"rows.{kind}"
    if kind == "csv":
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([["image", "words"], ["a.png", "One."]])
    else:
        path.write_text('[{"image": "a.png", "words": "One."}]')
    with pytest.raises(InvalidSettings, match=r"The source has no column 'text'. Its columns: image, words"):
        open_source(source=str(path), columns={"text": "alt_texts"})


def test_a_column_may_come_later_in_json_lines_and_is_told_when_it_never_came(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", [{"image": "a.png"}, {"image": "b.png", "words": "Two."}])
    source = open_source(source=str(path), columns={"Words": "alt_texts", "more": "alt_texts"})
    assert [row.alt_texts for row in source.rows] == [[], ["Two."]]
    assert source.columns is not None
    assert source.columns.unmet == {"more": "alt_texts"}


def test_a_file_with_other_names_in_every_row_fills_no_memory(tmp_path: Path) -> None:
    columns = Columns(names=["image"], said={})
    for number in range(100):
        columns.row(number=number, cells={f"{number}-{one}": 1 for one in range(100)}, folder=tmp_path)
    assert len(columns.seen) <= 5_100
