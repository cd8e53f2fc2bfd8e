"""Word-level edits."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from annotation_server.texts import word_edits
from annotation_server.texts.word_edits import (
    Edit,
    Operation,
    measure_edit,
    operations,
    word_distance,
    word_similarity,
)


def test_an_edit_is_measured_in_words() -> None:
    edit = measure_edit(
        text="A green iguana on a rock", starting_text="green lizard on a rock", parent_text=None
    )
    assert edit == Edit(words=6, words_changed=2, similarity=1 - 2 / 6, parent_similarity=None)


def test_the_parent_is_measured_too() -> None:
    edit = measure_edit(text="a b c", starting_text="", parent_text="a b d")
    assert edit == Edit(words=3, words_changed=3, similarity=0.0, parent_similarity=1 - 1 / 3)


def test_spacing_and_punctuation_are_no_words() -> None:
    edit = measure_edit(text="A green iguana, on a branch.", starting_text="green iguana", parent_text=None)
    assert (edit.words, edit.words_changed) == (6, 4)
    assert word_similarity("A green iguana!", "A green iguana.") == 1.0
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


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many cells each exact comparison had: what it costs."""
    cells: list[int] = []

    class Counted:
        @staticmethod
        def distance(left: list[str], right: list[str]) -> int:
            cells.append(len(left) * len(right))
            return int(Levenshtein.distance(left, right))

        @staticmethod
        def opcodes(left: list[str], right: list[str]) -> Any:
            cells.append(len(left) * len(right))
            return Levenshtein.opcodes(left, right)

    monkeypatch.setattr(word_edits, "Levenshtein", Counted)
    return cells


def test_no_comparison_costs_more_than_its_bound(
    compared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two texts of 300,000 ideographs took half a minute, with the task's row locked."""
    monkeypatch.setattr(word_edits, "MOST_CELLS", 10_000)
    random = Random(3)
    one, other = ("".join(random.choices("猫犬鳥魚虫", k=3_000)) for _ in range(2))
    edit = measure_edit(text=one, starting_text=other, parent_text=other)
    steps = operations(before=one, after=other)
    assert sum(compared) <= 10_000
    assert edit.words == 3_000
    assert 0 < edit.words_changed < 300  # Of the same words about as many.
    assert "".join("".join(step.before) for step in steps) == one
    assert "".join("".join(step.after) for step in steps) == other
    assert [step.kind for step in steps if step.before != step.after] == ["replace"]


def test_a_small_change_of_a_long_text_is_exact() -> None:
    text = "猫" * 15_000
    assert measure_edit(text=text + "犬", starting_text=text, parent_text=None).words_changed == 1
    assert [step.kind for step in operations(before=text, after=text + "犬")] == ["equal", "insert"]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_distance_is_exact_or_less(one: list[str], other: list[str]) -> None:
    exact = Levenshtein.distance(one, other)
    assert word_distance(one, other) == exact
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_edits, "MOST_CELLS", 0)
        assert word_distance(one, other) <= exact
        assert (word_distance(one, other) > 0) or sorted(one) == sorted(other)
