"""What was done to a text, in words: edit distance, similarity, and the operations of an edit.

Exact figures of two long texts cost as much as their lengths multiplied. Where what differs between them is more than
MOST_CELLS, both are bags of words: their distance is how many words one has that the other lacks (the exact distance is never
less), and one operation is all that changed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from annotation_server.texts.words import words, words_and_signs

# Two texts of 10,000 words: some hundredths of a second.
MOST_CELLS = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Edit:
    """How a caption came from the text it was started from. `similarity` is 1 − distance over the longer length."""

    words: int
    words_changed: int
    similarity: float
    parent_similarity: float | None


def measure_edit(*, text: str, starting_text: str, parent_text: str | None) -> Edit:
    """Word-level figures of one caption; punctuation is no word."""
    own, start = words(text), words(starting_text)
    distance = word_distance(start, own)
    return Edit(
        words=len(own),
        words_changed=distance,
        similarity=_similarity(distance, len(start), len(own)),
        parent_similarity=None if parent_text is None else word_similarity(parent_text, text),
    )


def word_similarity(one: str, other: str) -> float:
    """1 for equal words, 0 for none in common at their places."""
    left, right = words(one), words(other)
    return _similarity(word_distance(left, right), len(left), len(right))


def word_distance(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words must be put in, taken out or exchanged; of very long texts, at least so many."""
    start, end = _shared(left, right)
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    if len(left) * len(right) <= MOST_CELLS:
        return Levenshtein.distance(left, right)
    one, other = Counter(left), Counter(right)
    return max((one - other).total(), (other - one).total())


def _shared(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """How many words they have in common at their start, and at their end."""
    most = min(len(left), len(right))
    start = next((at for at in range(most) if left[at] != right[at]), most)
    end = next((at for at in range(most - start) if left[-1 - at] != right[-1 - at]), most - start)
    return start, end


def _similarity(distance: int, left: int, right: int) -> float:
    return 1 - distance / max(left, right, 1)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One step of an edit (equal, replace, insert, delete): what stood there before and what stands there after."""

    kind: str
    before: list[str]
    after: list[str]


def operations(*, before: str, after: str) -> list[Operation]:
    """The shortest edit from one text to the other, word by word and sign by sign."""
    old, new = words_and_signs(before), words_and_signs(after)
    start, end = _shared(old, new)
    if (len(old) - start - end) * (len(new) - start - end) > MOST_CELLS:
        return _one_change(old, new, start, end)
    return [
        Operation(
            kind=code.tag,
            before=old[code.src_start : code.src_end],
            after=new[code.dest_start : code.dest_end],
        )
        for code in Levenshtein.opcodes(old, new)
    ]


def _one_change(old: list[str], new: list[str], start: int, end: int) -> list[Operation]:
    """What they share at both ends, and all between as one replacement."""
    steps = [
        ("equal", old[:start], new[:start]),
        ("replace", old[start : len(old) - end], new[start : len(new) - end]),
        ("equal", old[len(old) - end :], new[len(new) - end :]),
    ]
    return [Operation(kind=kind, before=one, after=other) for kind, one, other in steps if one]
