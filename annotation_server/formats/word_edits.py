"""Texts as words, and what was done to them: edit distance, similarity, and the operations of an edit."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

# Words with their inner apostrophes and hyphens; characters of scripts without spaces one by one; marks of punctuation.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+"
    r"(?:['’\-][^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+)*|[^\w\s]"
)


def words(text: str) -> list[str]:
    """The words and punctuation marks in their order."""
    return WORD.findall(text)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """How a caption came from the text it was started from. `similarity` is 1 − distance over the longer length."""

    words: int
    words_changed: int
    similarity: float
    parent_similarity: float | None


def measure_edit(*, text: str, starting_text: str, parent_text: str | None) -> Edit:
    """Word-level figures of one caption."""
    own, start = words(text), words(starting_text)
    distance = Levenshtein.distance(start, own)
    return Edit(
        words=len(own),
        words_changed=distance,
        similarity=_similarity(distance, len(start), len(own)),
        parent_similarity=None if parent_text is None else word_similarity(parent_text, text),
    )


def word_similarity(one: str, other: str) -> float:
    """1 for equal words, 0 for none in common at their places."""
    left, right = words(one), words(other)
    return _similarity(Levenshtein.distance(left, right), len(left), len(right))


def _similarity(distance: int, left: int, right: int) -> float:
    return 1 - distance / max(left, right, 1)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One step of an edit (equal, replace, insert, delete): what stood there before and what stands there after."""

    kind: str
    before: list[str]
    after: list[str]


def operations(*, before: str, after: str) -> list[Operation]:
    """The shortest edit from one text to the other, word by word."""
    old, new = words(before), words(after)
    return [
        Operation(
            kind=code.tag,
            before=old[code.src_start : code.src_end],
            after=new[code.dest_start : code.dest_end],
        )
        for code in Levenshtein.opcodes(old, new)
    ]
