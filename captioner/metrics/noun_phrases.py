"""Noun-phrase precision, recall and F1: which concrete things a caption names that the human caption names too.

Phrases come from textblob's bundled tagger and chunker, which needs no download; determiners are dropped and words
lower-cased, and phrases are compared whole.
"""

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textblob.en import parse

DETERMINERS = frozenset({"a", "an", "the", "this", "that", "these", "those", "some", "its", "their"})


@dataclass(frozen=True, kw_only=True)
class NounPhraseScores:
    """Micro-averaged over the corpus, 0 to 100."""

    precision: float
    recall: float
    f1: float


def noun_phrase_scores(*, candidates: Sequence[str], references: Sequence[Sequence[str]]) -> NounPhraseScores:
    """Against the reference with which a candidate shares most."""
    shared = proposed = wanted = 0
    for candidate, texts in zip(candidates, references, strict=True):
        mine = noun_phrases(candidate)
        theirs = max((noun_phrases(text) for text in texts), key=lambda phrases: (mine & phrases).total())
        shared += (mine & theirs).total()
        proposed += mine.total()
        wanted += theirs.total()
    precision = 100 * shared / proposed if proposed else 0.0
    recall = 100 * shared / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if shared else 0.0
    return NounPhraseScores(precision=precision, recall=recall, f1=f1)


def noun_phrases(text: str) -> Counter[str]:
    """The noun phrases of a text with how often each occurs."""
    phrases: Counter[str] = Counter()
    for sentence in _parse(text):
        current: list[str] = []
        for word, _, chunk, *_ in sentence:
            if not chunk.endswith("NP") or chunk.startswith("B"):
                _close(current, phrases)
                current = []
            if chunk.endswith("NP"):
                current.append(word.lower())
        _close(current, phrases)
    return phrases


def _parse(text: str) -> Any:
    with warnings.catch_warnings():
        # The tagger leaves its word list open when it first reads it.
        warnings.simplefilter("ignore", ResourceWarning)
        return parse(text).split()


def _close(words: list[str], phrases: Counter[str]) -> None:
    kept = [word for word in words if word not in DETERMINERS and any(letter.isalnum() for letter in word)]
    if kept:
        phrases[" ".join(kept)] += 1
