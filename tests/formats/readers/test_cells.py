"""What a cell says, as pandas, numpy, `datasets` and people write it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_server.formats.readers.cells import as_texts
from annotation_server.formats.readers.columns import Columns

NAN = float("nan")


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        (None, []),
        (NAN, []),
        ("", [""]),
        (1984, ["1984"]),
        (["a", None, NAN, 7], ["a", "7"]),
        ([{"raw": "A dog.", "tokens": ["a", "dog"]}, {"text": "A cat."}], ["A dog.", "A cat."]),
        (["a", ["b"]], ["a", "b"]),
        ("café".encode(), ["café"]),
        ([b"a", "b"], ["a", "b"]),
        ('["a dog", null, "a cat"]', ["a dog", "a cat"]),
        ("['a dog', 'a brown dog']", ["a dog", "a brown dog"]),
        ("""["a cat", "it's a cat", 'say "hi"', None, nan]""", ["a cat", "it's a cat", 'say "hi"']),
        ("['a dog' 'a brown dog'\n 'x']", ["a dog", "a brown dog", "x"]),
        ("['it\\'s\\n']", ["it's\n"]),
        ("[]", []),
        ("['a dog',]", ["a dog"]),
        # No lists of texts: kept as they are.
        ("[1]", ["[1]"]),
        ("[citation needed]", ["[citation needed]"]),
        ("['said' he]", ["['said' he]"]),
        ("[" * 5_000 + "]" * 5_000, ["[" * 5_000 + "]" * 5_000]),
        ("['" + "\\" * 1_001 + "']", ["['" + "\\" * 1_001 + "']"]),
    ],
)
def test_texts(cell: Any, texts: list[str]) -> None:
    assert as_texts(cell) == texts


@given(st.lists(st.text()))
def test_a_list_that_python_printed_is_that_list(texts: list[str]) -> None:
    assert as_texts(repr(texts)) == texts


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Alt text": {"a": 1}}, "Alt text holds an object, not a text."),
        ({"Alt text": True}, "Alt text holds true or false, not a text."),
        ({"Alt text": ["a", ["b", "c"]]}, "Alt text holds a list, not a text."),
        ({"Alt text": b"caf\xe9"}, "Alt text holds bytes that are not UTF-8 (byte 4)."),
        ({"licence": ["a"]}, "licence holds a list, not a text."),
        ({"id": True}, "source_key holds true or false, not a text."),
        (
            {"split": "fold3"},
            "split has 'fold3', which is no split: use train or eval, or ignore the column.",
        ),
        ({"round1": {"a": 1}}, "round1 holds an object, not a text."),
        ({"rounds": 5}, "rounds is not a list of objects with round and text."),
        ({"rounds": "[["}, "rounds is not a list of objects with round and text."),
    ],
)
def test_a_refusal_names_the_column(cells: dict[str, Any], problem: str) -> None:
    columns = Columns(names=[], said={})
    row = columns.row(number=1, cells={"image": "a.png", **cells}, folder=Path())
    assert (row.name, row.problem) == ("a.png", problem)


@pytest.mark.parametrize(
    ("said", "split"),
    [
        *((None, ""), (NAN, ""), ("", ""), ("  ", "")),
        *(("train", "train"), ("Training", "train"), ("restval", "train"), ("train2017", "train")),
        *(("dev", "eval"), ("valid", "eval"), ("validation_matched", "eval"), ("test-clean", "eval")),
        *(("held out", "eval"), ("held_out", "eval"), (b"test", "eval"), (" VAL ", "eval")),
    ],
)
def test_splits(said: Any, split: str) -> None:
    columns = Columns(names=[], said={})
    row = columns.row(number=1, cells={"image": "a.png", "split": said}, folder=Path())
    assert (row.split, row.problem) == (split, "")


def test_the_name_of_a_row_never_has_a_pictures_bytes(tmp_path: Path) -> None:
    columns = Columns(names=[], said={})
    rows: list[dict[str, Any]] = [
        {"image": b"\x89PNG"},
        {"image": {"bytes": b"\x89PNG", "path": "x.png"}},
        {"image": {"bytes": b"\x89PNG", "path": None}, "id": 7},
    ]
    names = [columns.row(number=at, cells=cells, folder=tmp_path).name for at, cells in enumerate(rows)]
    assert names == ["row 0", "x.png", "7"]
