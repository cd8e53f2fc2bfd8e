"""How captions are cut into words for the overlap metrics: lower case, punctuation dropped."""

import re
from collections import Counter

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def ngrams(tokens: list[str], *, up_to: int) -> Counter[tuple[str, ...]]:
    """How often each run of 1 to `up_to` words occurs."""
    return Counter(
        tuple(tokens[start : start + size])
        for size in range(1, up_to + 1)
        for start in range(len(tokens) - size + 1)
    )
