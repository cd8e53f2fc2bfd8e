"""CIDEr-D (Vedantam et al., 2015): tf-idf weighted n-gram similarity, clipped, with a penalty on differing length."""

import math
from collections import Counter
from collections.abc import Sequence

from captioner.metrics.words import ngrams, words

LONGEST = 4
SIGMA = 6.0

Gram = tuple[str, ...]
Vector = dict[Gram, float]


def cider_d(
    *,
    candidates: Sequence[str],
    references: Sequence[Sequence[str]],
    corpus: Sequence[Sequence[str]] | None = None,
) -> float:
    """The score over the candidates, times ten as usual. Document frequencies come from `corpus`, the references of
    every image, when the candidates are only some of them; otherwise from the references themselves."""
    if not candidates:
        return 0.0
    cooked = [[ngrams(words(text), up_to=LONGEST) for text in texts] for texts in references]
    frequency: Counter[Gram] = Counter()
    for texts in references if corpus is None else corpus:
        frequency.update({gram for text in texts for gram in ngrams(words(text), up_to=LONGEST)})
    log_documents = math.log(len(references if corpus is None else corpus))
    scores = []
    for candidate, grams in zip(candidates, cooked, strict=True):
        tokens = words(candidate)
        mine = _vectors(ngrams(tokens, up_to=LONGEST), frequency=frequency, log_documents=log_documents)
        theirs = [_vectors(counts, frequency=frequency, log_documents=log_documents) for counts in grams]
        lengths = [sum(count for gram, count in counts.items() if len(gram) == 1) for counts in grams]
        similarities = [
            _similarity(mine, other, length_difference=len(tokens) - length)
            for other, length in zip(theirs, lengths, strict=True)
        ]
        scores.append(10 * sum(similarities) / max(len(similarities), 1))
    return sum(scores) / len(scores)


def _vectors(counts: Counter[Gram], *, frequency: Counter[Gram], log_documents: float) -> list[Vector]:
    """One tf-idf vector per n-gram size."""
    vectors: list[Vector] = [{} for _ in range(LONGEST)]
    for gram, count in counts.items():
        vectors[len(gram) - 1][gram] = count * (log_documents - math.log(max(1, frequency[gram])))
    return vectors


def _similarity(mine: list[Vector], theirs: list[Vector], *, length_difference: int) -> float:
    penalty = math.exp(-(length_difference**2) / (2 * SIGMA**2))
    total = 0.0
    for own, other in zip(mine, theirs, strict=True):
        norms = _norm(own) * _norm(other)
        if norms:
            overlap = sum(
                min(value, other[gram]) * other[gram] for gram, value in own.items() if gram in other
            )
            total += overlap / norms * penalty
    return total / LONGEST


def _norm(vector: Vector) -> float:
    return math.sqrt(sum(value**2 for value in vector.values()))
