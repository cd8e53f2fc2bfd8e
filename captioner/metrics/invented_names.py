"""How often captions name what nothing told: names that neither the alt-texts nor the human captions hold.

A captioner that was trained on captions with names and no alt-text learns to invent them. A heuristic for languages that
capitalise names: a capitalised word is a name unless it also occurs in lower case somewhere in the texts, as words do that
merely open a sentence.
"""

from collections.abc import Sequence

from captioner.words import words_of

ARTICLES = frozenset({"a", "an", "the"})


def invented_names(*, candidates: Sequence[str], told: Sequence[Sequence[str]]) -> float:
    """The share of captions, 0 to 100, with a name that is in none of the texts `told` of the image."""
    if not candidates:
        return 0.0
    every = [*candidates, *(text for texts in told for text in texts)]
    in_lower_case = {word for text in every for word in words_of(text) if word[0].islower()}
    inventing = 0
    for candidate, texts in zip(candidates, told, strict=True):
        known = {word.lower() for text in texts for word in words_of(text)}
        inventing += any(
            word[0].isupper() and word.lower() not in known | in_lower_case | ARTICLES
            for word in words_of(candidate)
        )
    return 100 * inventing / len(candidates)
