"""What a word is. words.json says it of many texts; frontend/tests/text/words.test.ts reads the same file."""

import json
from pathlib import Path
from typing import Any

import pytest
import regex

from annotation_server.texts.words import SIGN, WORD, words, words_and_signs
from captioner.metrics.words import words as words_of_metrics
from captioner.words import WORD as WORD_OF_CAPTIONER
from captioner.words import words_of

CASES = [
    (case["text"], case["words"])
    for case in json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_are_the_same_everywhere(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert words_of(text) == expected
    assert words_of_metrics(text) == [word.lower() for word in expected]


@pytest.mark.parametrize(("text", "_expected"), CASES)
def test_nothing_but_white_space_is_left_out(text: str, _expected: list[str]) -> None:
    assert "".join("".join(words_and_signs(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A green iguana, on a branch.", ["A", "green", "iguana", ",", "on", "a", "branch", "."]),
        ("re-use…", ["re", "-", "use", "…"]),
        ("猫、2匹 👩🏽‍🚀!", ["猫", "、", "2", "匹", "👩🏽‍🚀", "!"]),
        (" \n\t", []),
    ],
)
def test_signs_stand_between_words(text: str, expected: list[str]) -> None:
    assert words_and_signs(text) == expected


@pytest.mark.parametrize("pattern", [WORD, WORD_OF_CAPTIONER])
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("_" * 50, [(0, 50)]),
        ("\u203f\u0301" * 20 + " a", [(0, 40), (41, 42)]),
        ("a" + "_" * 50, [(0, 51)]),
        ("猫" + "_" * 50 + "犬", [(0, 1), (1, 51), (51, 52)]),
    ],
)
def test_a_run_of_lines_is_looked_at_once(pattern: Any, text: str, places: list[tuple[int, int]]) -> None:
    """Else a caption of nothing but lines takes as long as its length squared: half a minute for 10,000."""
    assert [found.span() for found in pattern.finditer(text)] == places


@pytest.mark.parametrize(
    "text",
    ["🇩🇪🇫🇷🇮🇹", "🇩🇪🇫", "🇩", "🇩🇪\u0301🇫🇷", "🇩🇪\u200d🇫🇷", "👩🏽‍🚀🇩🇪é!", "\u0301🇩🇪", "🇩\u0301🇪🇫"],
)
def test_flags_are_cut_as_grapheme_clusters(text: str) -> None:
    assert SIGN.findall(text) == regex.findall(r"\X", text)
