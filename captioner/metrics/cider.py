"""CIDEr-D (Vedantam et al., 2015): tf-idf weighted n-gram similarity, clipped, with a penalty on differing length."""

import math
from collections import Counter
from collections.abc import Sequence

from captioner.metrics.words import ngrams, words

LONGEST = 4
SIGMA = 6.0

Gram = tuple[str, ...]
Vector = dict[Gram, float]


class Corpus:
    """The references of every image, cooked once: their n-grams, and in how many images each of them is."""

    def __init__(self, references: Sequence[Sequence[str]]) -> None:
        self.grams = [[ngrams(words(text), up_to=LONGEST) for text in texts] for texts in references]
        self.frequency: Counter[Gram] = Counter()
        for of_image in self.grams:
            self.frequency.update({gram for counts in of_image for gram in counts})
        self.log_images = math.log(max(len(references), 1))

    def score(self, *, candidates: Sequence[str], images: Sequence[int]) -> float:
        """CIDEr-D over candidates for those images, by their places in the corpus; times ten as usual."""
        if not candidates:
            return 0.0
        scores = [
            self._score_one(words(candidate), self.grams[image])
            for candidate, image in zip(candidates, images, strict=True)
        ]
        return sum(scores) / len(scores)

    def _score_one(self, tokens: list[str], grams: list[Counter[Gram]]) -> float:
        mine = self._vectors(ngrams(tokens, up_to=LONGEST))
        theirs = [self._vectors(counts) for counts in grams]
        lengths = [sum(count for gram, count in counts.items() if len(gram) == 1) for counts in grams]
        similarities = [
            _similarity(mine, other, length_difference=len(tokens) - length)
            for other, length in zip(theirs, lengths, strict=True)
        ]
        return 10 * sum(similarities) / max(len(similarities), 1)

    def _vectors(self, counts: Counter[Gram]) -> list[Vector]:
        """One tf-idf vector per n-gram size."""
        vectors: list[Vector] = [{} for _ in range(LONGEST)]
        for gram, count in counts.items():
            vectors[len(gram) - 1][gram] = count * (self.log_images - math.log(max(1, self.frequency[gram])))
        return vectors


def cider_d(*, candidates: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """The score of one candidate for each image, with the document frequencies of these images."""
    return Corpus(references).score(candidates=candidates, images=range(len(references)))


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
