"""The names in a caption that only the alt-text could tell: which they are, and leaving them out.

An example that is trained without its alt-text but whose target still says "Heidelberg" teaches inventing names. This is
a heuristic for languages that capitalise names: a run of capitalised words that the alt-text has too is a name, and it is
cut together with the words that lead to it.
"""

import re
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# What leads to a name and makes no sense without it: "in Heidelberg", "a dog called Rex".
LEADING = r"(?:\b(?:in|at|from|near|of|by|called|named)\s+)?"
TRAILING = r"(?:\s*:|,(?=\s*[.,]|\s*$))?"


def shared_names(*, caption: str, alt_texts: Sequence[str]) -> list[str]:
    """The words of names that caption and alt-texts share, each once, long ones first."""
    capitalised = {word for text in alt_texts for word in WORD.findall(text) if word[0].isupper()}
    shared = {word for word in WORD.findall(caption) if word in capitalised}
    names = [word for word in shared if not _is_plain_opening(word, caption)]
    return sorted(names, key=lambda word: (-len(word), word))


def without_unseen_names(*, caption: str, alt_texts: Sequence[str]) -> str | None:
    """The caption without such names, or None when too little of it would remain."""
    names = shared_names(caption=caption, alt_texts=alt_texts)
    if not names:
        return caption
    name = "|".join(re.escape(word) for word in names)
    run = rf"(?<![\w'’-])(?:{name})(?:(?:\s+|,\s+)(?:{name}))*(?:['’]s)?(?![\w'’-])"
    remaining = re.sub(LEADING + run + TRAILING, "", caption)
    remaining = re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s{2,}", " ", remaining)).strip(" ,;:")
    if len(WORD.findall(remaining)) < max(3, len(WORD.findall(caption)) // 2):
        return None
    return remaining[0].upper() + remaining[1:]


def _is_plain_opening(word: str, caption: str) -> bool:
    """Whether the word is capitalised only because it opens a sentence: it also occurs in lower case, or is an article."""
    return (
        word.lower() in {"a", "an", "the", "two", "three"}
        or re.search(rf"\b{word.lower()}\b", caption) is not None
    )
