"""Word-level edits."""

import pytest

from annotation_server.formats.word_edits import (
    Edit,
    Operation,
    measure_edit,
    operations,
    word_similarity,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A green iguana.", ["A", "green", "iguana", "."]),
        ("don't re-use it’s", ["don't", "re-use", "it’s"]),
        ("猫が2匹", ["猫", "が", "2", "匹"]),
        ("שלום, עולם", ["שלום", ",", "עולם"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_an_edit_is_measured_in_words() -> None:
    edit = measure_edit(
        text="A green iguana on a rock", starting_text="green lizard on a rock", parent_text=None
    )
    assert edit == Edit(words=6, words_changed=2, similarity=1 - 2 / 6, parent_similarity=None)


def test_the_parent_is_measured_too() -> None:
    edit = measure_edit(text="a b c", starting_text="", parent_text="a b d")
    assert edit == Edit(words=3, words_changed=3, similarity=0.0, parent_similarity=1 - 1 / 3)


def test_spacing_is_no_edit() -> None:
    assert word_similarity("A  green\niguana", "A green iguana") == 1.0
    assert word_similarity("", "") == 1.0


def test_operations_tell_what_was_done() -> None:
    assert operations(before="A lizard on a rock", after="A green iguana on a rock.") == [
        Operation(kind="equal", before=["A"], after=["A"]),
        Operation(kind="insert", before=[], after=["green"]),
        Operation(kind="replace", before=["lizard"], after=["iguana"]),
        Operation(kind="equal", before=["on", "a", "rock"], after=["on", "a", "rock"]),
        Operation(kind="insert", before=[], after=["."]),
    ]
