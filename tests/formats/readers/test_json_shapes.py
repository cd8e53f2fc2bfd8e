"""JSON of other people: captions by file name, by column, inside of an object, and conversations."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.ledger import Kind
from annotation_server.formats.readers.source import Source
from tests.drawing import write_rows


def opened(path: Path, content: Any) -> Source:
    path.write_text(json.dumps(content))
    return open_source(source=str(path))


SHAPES: dict[str, Any] = {
    "caption by file": {"a.png": "One.", "b.JPG": "Two."},
    "captions by file": {"a.png": ["One."], "b.JPG": ["Two."]},
    "fields by file": {"a.png": {"caption": "One."}, "b.JPG": {"caption": "Two."}},
    "columns": {"image_urls": ["a.png", "b.JPG"], "captions": ["One.", "Two."]},
    "columns of pandas": {"image": {"0": "a.png", "1": "b.JPG"}, "text": {"0": "One.", "1": "Two."}},
    "annotations": {
        "info": {"version": "1"},
        "annotations": [{"image": "a.png", "raw_caption": "One."}, {"image": "b.JPG", "raw_caption": "Two."}],
    },
    "sentences": {
        "images": [
            {"filepath": "val2014", "filename": "a.png", "sentences": [{"raw": "One.", "tokens": ["one"]}]},
            {"filepath": "val2014", "filename": "b.JPG", "sentences": [{"raw": "Two."}]},
        ],
        "dataset": "flickr30k",
    },
    "conversations": [
        {"image": name, "conversations": [{"from": "human", "value": "?"}, {"from": "gpt", "value": text}]}
        for name, text in {"a.png": "One.", "b.JPG": "Two."}.items()
    ],
    "messages": [
        {
            "images": [name],
            "messages": [
                {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "?"}]},
                {"role": "assistant", "content": [{"type": "text", "text": text}]},
            ],
        }
        for name, text in {"a.png": "One.", "b.JPG": "Two."}.items()
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(tmp_path: Path, shape: str) -> None:
    source = opened(tmp_path / "rows.json", SHAPES[shape])
    assert [(Path(row.name).name, row.alt_texts, row.problem) for row in source.rows] == [
        ("a.png", ["One."], ""),
        ("b.JPG", ["Two."], ""),
    ]


def test_a_line_of_json_lines_alone_is_a_row_and_no_table_of_columns(tmp_path: Path) -> None:
    row = {"image": {"path": "a.png", "bytes": None}, "alt": ["One.", "Two."]}
    source = open_source(source=str(write_rows(tmp_path / "rows.jsonl", [row])))
    assert (source.format, [row.alt_texts for row in source.rows]) == ("jsonl", [["One.", "Two."]])


@pytest.mark.parametrize("lines", [True, False])
def test_turns_of_a_conversation_that_are_not_used_are_told(tmp_path: Path, lines: bool) -> None:
    turns = [("human", "<image>\nWhat?"), ("gpt", "A door."), ("human", "Its colour?"), ("gpt", "Red.")]
    row = {"id": 1, "image": "a.png", "conversations": [{"from": who, "value": said} for who, said in turns]}
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(row) if lines else json.dumps([row]))
    source = open_source(source=str(path))
    assert source.format == "conversations"
    assert [(row.source_key, row.alt_texts) for row in source.rows] == [("1", ["A door."])]
    left = {reason: (one.count, one.example) for reason, one in source.ledger.left(Kind.TEXT).items()}
    assert left == {
        "It is a turn of the one who asks.": (2, "<image> What?"),
        "It is an answer after the first one.": (1, "Red."),
    }


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.parquet", "rows.json"])
def test_a_git_lfs_pointer_is_called_that(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n")
    with pytest.raises(UnreadableSource, match="is a Git LFS pointer, not the file itself"):
        open_source(source=str(path))
