"""Where several people captioned one image in a round: how far their captions agree, per pair of people and per person.

Agreement of two captions is the similarity of their words (1 − normalised edit distance), and of their concepts the share of
phrases that both decided on alike, with Krippendorff's α over kept / not kept, which allows for agreement by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F

from annotation_server.choices import ConceptOutcome
from annotation_server.formats.word_edits import word_similarity
from annotation_server.models import Concept, Round, Task

KEPT = {ConceptOutcome.KEPT, ConceptOutcome.KEPT_ON_TRUST}


@dataclass(frozen=True, kw_only=True)
class PairAgreement:
    """Two people, and the images that both captioned."""

    people: tuple[str, str]
    images: int
    similarity: float


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """`alpha` is None when fewer than two people decided on a phrase, or all decided alike on everything."""

    images: int
    similarity: float | None
    pairs: list[PairAgreement]
    by_person: dict[str, float]
    concepts_compared: int
    concept_agreement: float | None
    concept_alpha: float | None


def agreement(*, round: Round) -> Agreement:
    """Over the current captions of the round, by whom they were handed in."""
    by_image: dict[int, list[tuple[str, str]]] = defaultdict(list)
    tasks = Task.objects.filter(
        round=round, check_kind="", current_caption__isnull=False, annotator__isnull=False
    )
    for image, person, text in tasks.order_by("image_id", "slot").values_list(
        "image_id", "annotator__username", "current_caption__text"
    ):
        by_image[image].append((person or "", text or ""))
    overlapping = {image: given for image, given in by_image.items() if len(given) > 1}
    similarities: dict[tuple[str, str], list[float]] = defaultdict(list)
    for given in overlapping.values():
        for (one, left), (other, right) in combinations(sorted(given), 2):
            similarities[one, other].append(word_similarity(left, right))
    units = _concept_units(round)
    return Agreement(
        images=len(overlapping),
        similarity=_mean([value for values in similarities.values() for value in values]),
        pairs=[
            PairAgreement(people=people, images=len(values), similarity=sum(values) / len(values))
            for people, values in sorted(similarities.items())
        ],
        by_person=_by_person(similarities),
        concepts_compared=len(units),
        concept_agreement=_mean([float(len(set(unit)) == 1) for unit in units]),
        concept_alpha=krippendorff_alpha(units),
    )


def _by_person(similarities: dict[tuple[str, str], list[float]]) -> dict[str, float]:
    of_person: dict[str, list[float]] = defaultdict(list)
    for people, values in similarities.items():
        for person in people:
            of_person[person] += values
    return {person: sum(values) / len(values) for person, values in sorted(of_person.items())}


def _concept_units(round: Round) -> list[list[bool]]:
    """For each image and phrase that several people decided on: whether each kept it."""
    decided: dict[tuple[int, str], list[bool]] = defaultdict(list)
    rows = Concept.objects.filter(
        caption__task__round=round, caption__task__check_kind="", caption__task__current_caption=F("caption")
    )
    for image, phrase, outcome in rows.values_list("caption__task__image_id", "phrase", "outcome"):
        decided[image, phrase].append(outcome in KEPT)
    return [given for given in decided.values() if len(given) > 1]


def krippendorff_alpha(units: Iterable[list[bool]]) -> float | None:
    """α for nominal values: 1 − observed over expected disagreement (Krippendorff 2011, "Computing Krippendorff's α")."""
    weights: dict[tuple[bool, bool], float] = defaultdict(float)
    for unit in units:
        counts = Counter(unit)
        for one in counts:
            for other in counts:
                together = counts[one] * (counts[other] - (one == other))
                weights[one, other] += together / (len(unit) - 1)
    totals = {value: sum(weights[value, other] for other in (False, True)) for value in (False, True)}
    n = sum(totals.values())
    expected = 2 * totals[False] * totals[True]
    if n <= 1 or expected == 0:
        return None
    observed = weights[False, True] + weights[True, False]
    return 1 - (n - 1) * observed / expected


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
