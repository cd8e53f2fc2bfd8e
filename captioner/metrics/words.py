"""How captions are cut into words for the metrics: lower case, punctuation dropped."""

from collections import Counter

from captioner.words import words_of


def words(text: str) -> list[str]:
    return words_of(text.lower())


def ngrams(tokens: list[str], *, up_to: int) -> Counter[tuple[str, ...]]:
    """How often each run of 1 to `up_to` words occurs."""
    return Counter(
        tuple(tokens[start : start + size])
        for size in range(1, up_to + 1)
        for start in range(len(tokens) - size + 1)
    )
