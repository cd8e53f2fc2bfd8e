"""JSON Lines: good rows, bad rows, columns by many names."""

import os
from pathlib import Path

import pytest

from annotation_server.errors import UnknownFormat, UnreadableSource
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.json_file import BYTE_LIMIT
from annotation_server.formats.readers.row import ImportRow
from tests.drawing import write_rows


def rows_of(path: Path, **columns: str) -> list[ImportRow]:
    return list(open_source(source=str(path), columns=columns).rows)


def test_a_row_with_everything(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "rows.jsonl",
        [
            {
                "image": "a/iguana.jpg",
                "alt_texts": ["An iguana", "iguana.jpg"],
                "split": "test",
                "source": "wit",
                "domain": "animals",
                "license": "CC0",
                "id": 7,
                "url": "https://example.org/iguana.jpg",
                "face_bbox": [[1, 2, 3, 4]],
            }
        ],
    )
    assert rows_of(path) == [
        ImportRow(
            number=1,
            name="a/iguana.jpg",
            picture=tmp_path / "a/iguana.jpg",
            alt_texts=["An iguana", "iguana.jpg"],
            split="eval",
            source="wit",
            domain="animals",
            licence="CC0",
            source_key="7",
            image_url="https://example.org/iguana.jpg",
            face_boxes=[[1.0, 2.0, 3.0, 4.0]],
        )
    ]


def test_bad_lines_are_rows_with_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    deep = b'{"image": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    path.write_bytes(
        b"\n".join(
            [
                b'{"image": "a.jpg"}',
                b"",
                b"{not json",
                b"[1, 2]",
                deep,
                b'{"alt": "no image"}',
                b'{"image": "a.jpg", "split": "fold3"}',
                b'{"image": "a.jpg", "alt": {"a": 1}}',
                b'{"image": "a.jpg", "face_bbox": [[1, 2]]}',
                b'{"image": "\\u0000"}',
                b'{"image": "\xff"}',
                b'{"image": "last.jpg"}',
            ]
        )
    )
    found = {row.number: row.problem for row in rows_of(path)}
    assert {number for number, problem in found.items() if not problem} == {1, 12}
    assert sorted(found) == [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert found[4] == "The line is not a JSON object."
    assert found[6] == "The row names no image."
    assert found[7] == "split has 'fold3', which is no split: use train or eval, or ignore the column."
    assert found[8] == "alt holds an object, not a text."


def test_unknown_columns_are_told_once_and_are_no_alt_texts(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "rows.jsonl",
        [{"image": "a.png", "alt_text": "A circle.", "truth": "A red circle.", "caption": "Figure 1"}] * 3,
    )
    source = open_source(source=str(path))
    assert [row.alt_texts for row in source.rows] == [["A circle."]] * 3
    assert source.columns is not None
    assert source.columns.unknown == ["truth", "caption"]


def test_a_caption_is_an_alt_text_when_nothing_else_is_or_when_said(tmp_path: Path) -> None:
    alone = write_rows(tmp_path / "alone.jsonl", [{"image": "a.png", "caption": "Figure 1"}])
    assert [row.alt_texts for row in rows_of(alone)] == [["Figure 1"]]
    both = write_rows(
        tmp_path / "both.jsonl", [{"image": "a.png", "alt": "A circle.", "caption": "Figure 1"}]
    )
    assert [row.alt_texts for row in rows_of(both, caption="alt_texts")] == [["A circle.", "Figure 1"]]


def test_earlier_rounds_come_along(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "rows.jsonl",
        [{"image": "a.png", "alt": "x", "round1": "One.", "round_3": "Three.", "round2": ""}],
    )
    assert [row.captions for row in rows_of(path)] == [{1: ["One."], 3: ["Three."]}]


@pytest.mark.parametrize("name", ["missing.jsonl", "nul\x00.jsonl"])
def test_no_such_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableSource, match="There is no file or folder"):
        open_source(source=str(tmp_path / name))


def test_a_file_of_no_known_format(tmp_path: Path) -> None:
    (tmp_path / "notes.bin").write_bytes(b"\x00\x01")
    with pytest.raises(UnknownFormat, match="is in no format that is known here"):
        open_source(source=str(tmp_path / "notes.bin"))


@pytest.mark.parametrize(
    "first",
    [
        '{"not json',
        '{"image": ' + "[" * 100_000,
        '{"image": "' + "x" * (17 << 20) + '"}',
        '{"image": "a.png", "alt": "x"',
    ],
)
def test_a_broken_first_line_costs_its_own_row_only(tmp_path: Path, first: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{first}\n{{"image": "b.png"}}\n')
    found = rows_of(path)
    assert [(row.number, bool(row.problem)) for row in found] == [(1, True), (2, False)]


def test_a_large_file_is_not_read_to_be_recognised(tmp_path: Path) -> None:
    """One JSON document of this size is refused; rows in lines are not."""
    path = write_rows(tmp_path / "rows.jsonl", [{"image": "a.jpg", "alt": "A cat."}, {"image": "b.jpg"}])
    os.truncate(path, BYTE_LIMIT + 1)
    source = open_source(source=str(path))
    assert (source.format, next(iter(source.rows)).alt_texts) == ("jsonl", ["A cat."])
    document = tmp_path / "one.json"
    document.write_text('{"images": [\n{"id": 1}]')
    os.truncate(document, BYTE_LIMIT + 1)
    with pytest.raises(UnreadableSource, match="Write it as JSON Lines"):
        open_source(source=str(document))


def test_one_document_on_one_line_is_no_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('{"a.jpg": "A cat.", "b.jpg": "A dog."}\n\n')
    assert open_source(source=str(path)).format == "json_rows"
