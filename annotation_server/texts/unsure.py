"""Which words of a draft its captioner was unsure of, and which of a draft that an error was planted into it would have been.

Whole words alone, and no figure of them: a text that was changed by hand has no tokens and no probabilities of its own, and
whatever were made up for it would tell it from a real draft.
"""

import math
from collections.abc import Iterator, Sequence
from random import Random

from annotation_server.texts.words import word_places

# Below this probability of one of its tokens, the captioner might as well have written another word.
UNSURE_BELOW = 0.35
# What stands for a part of a character.
BROKEN = "\ufffd"

Spans = list[list[int]]


def unsure_words(text: str, tokens: Sequence[tuple[str, float]]) -> Spans:
    """[start, end] of each word with an unlikely token, in characters of the text. `tokens` are its pieces in their order, each
    with its natural-log probability. A character may take several, of which the last one has it: what those before it were
    unsure of, it is unsure of."""
    unlikely = list(_unlikely(text, tokens))
    return [
        [first, last]
        for first, last in word_places(text)
        if any(start < last and first < end for start, end in unlikely)
    ]


def _unlikely(text: str, tokens: Sequence[tuple[str, float]]) -> Iterator[tuple[int, int]]:
    """The characters of unlikely tokens, as ranges."""
    at = 0
    begun = 1.0  # The least likely of the tokens since `at` that have no character of their own.
    for token, logprob in tokens:
        probability = math.exp(min(logprob, 0.0))
        piece = token.removeprefix("Ġ").removeprefix("▁").strip()
        start = text.find(piece, at) if piece else -1
        if start == -1:
            if token == "" or BROKEN in token:
                begun = min(begun, probability)
            continue
        between = text[at:start].strip() != ""
        if between and begun < UNSURE_BELOW:
            yield at, start
        if min(probability, 1.0 if between else begun) < UNSURE_BELOW:
            yield start, start + len(piece)
        at, begun = start + len(piece), 1.0
    if begun < UNSURE_BELOW:
        yield at, len(text)


def unsure_of_planted(*, draft: str, unsure: Spans, planted: str, lot: Random) -> Spans:
    """The same for the draft with an error in it. A word that is new is as unsure as one of the draft's that is drawn, of its
    kind (with a capital or without) where there is one."""
    marked = {(start, end) for start, end in unsure}
    flags = [(draft[start:end], (start, end) in marked) for start, end in word_places(draft)]
    found = word_places(planted)
    names = [planted[start:end] for start, end in found]
    head = _alike(names, [word for word, _ in flags])
    tail = _alike(names[head:][::-1], [word for word, _ in flags[head:]][::-1])
    told = [flag for _, flag in flags]
    new = [_drawn(name, flags, lot) for name in names[head : len(names) - tail]]
    flagged = [*told[:head], *new, *told[len(told) - tail :]]
    return [[start, end] for (start, end), flag in zip(found, flagged, strict=True) if flag]


def _alike(one: list[str], other: list[str]) -> int:
    """How many both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _drawn(word: str, flags: list[tuple[str, bool]], lot: Random) -> bool:
    alike = [flag for name, flag in flags if name[:1].isupper() == word[:1].isupper()]
    return lot.choice(alike or [flag for _, flag in flags] or [False])


def in_turns(text: str, unsure: Spans) -> list[str]:
    """The text in pieces: what the captioner was sure of, what it was unsure of, and so on; the first may be empty."""
    pieces, at = [], 0
    for start, end in unsure:
        pieces += [text[at:start], text[start:end]]
        at = end
    return [*pieces, text[at:]]
