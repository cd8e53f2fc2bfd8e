"""Where several people captioned one image in a round: how far their captions agree, over all, per pair and per person.

Two captions are compared by their words (1 − normalised edit distance) and, once a worker of the captioner has looked at them,
by their meaning (the cosine of their embeddings); of their concepts, by what people decided on the same phrase. Intervals take
images for the units: what one image brings is not independent.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import NamedTuple

from django.db import connection
from django.db.models import F

from annotation_server.choices import ConceptOutcome, Verdict
from annotation_server.models import Concept, Review, Round, Task
from annotation_server.queries.reports.alpha import krippendorff_alpha, text_alpha
from annotation_server.queries.reports.intervals import Measured, jackknife_interval, mean_interval, sample_of
from annotation_server.queries.review.standing_reviews import standing
from annotation_server.texts.word_edits import word_similarity

# Whether one kept a phrase because it is seen or on trust is no disagreement about the caption.
DECISIONS = {ConceptOutcome.KEPT_ON_TRUST: ConceptOutcome.KEPT}

CLOSENESS = """
SELECT least(one.current_caption_id, other.current_caption_id), greatest(one.current_caption_id, other.current_caption_id),
    1 - (left_measure.vector <=> right_measure.vector)
FROM task AS one
JOIN task AS other ON other.round_id = one.round_id AND other.image_id = one.image_id AND other.slot > one.slot
JOIN caption_measure AS left_measure ON left_measure.caption_id = one.current_caption_id
JOIN caption_measure AS right_measure ON right_measure.caption_id = other.current_caption_id
    AND right_measure.encoder = left_measure.encoder
WHERE one.round_id = %s AND one.check_kind = '' AND other.check_kind = ''
"""


class Given(NamedTuple):
    """What somebody handed in for an image."""

    person: str
    caption: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two people's captions of one image: `words` and `meaning` in common, 1 for all; meaning None where not measured."""

    image: int
    people: tuple[str, str]
    words: float
    meaning: float | None


@dataclass(frozen=True, kw_only=True)
class PeopleAgreement:
    """Of one person with the others, or of a pair of people: how many comparisons, and their means."""

    people: tuple[str, ...]
    comparisons: int
    words: float
    meaning: float | None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """An α is None when nobody could be compared, or all gave the same everywhere.

    `concept_agreement` is the share of phrases on which all decided alike. `second_looks` are captions that reviewers of two
    levels saw, `second_looks_alike` the share in which the later one left it as it was. No α of those: the later level sees
    only what the earlier one let pass, so there is no variety to agree on.
    """

    images: int
    words: Measured
    words_alpha: float | None
    meaning: Measured
    by_pair: list[PeopleAgreement]
    by_person: list[PeopleAgreement]
    concepts_compared: int
    concept_agreement: float | None
    concept_alpha: Measured | None
    second_looks: int
    second_looks_alike: float | None


def agreement(*, round: Round) -> Agreement:
    """Over the current captions of the round, by whom they were handed in."""
    overlapping = {image: given for image, given in _given(round).items() if len(given) > 1}
    compared = _compared(round, overlapping)
    concepts = _concepts(round)
    phrases = [unit for of_image in concepts for unit in of_image]
    looks = _second_looks(round)
    return Agreement(
        images=len(overlapping),
        words=_mean_by_image(compared, "words"),
        words_alpha=text_alpha(
            [[one.text for one in given] for given in overlapping.values()],
            distance=lambda one, other: 1 - word_similarity(one, other),
        ),
        meaning=_mean_by_image(compared, "meaning"),
        by_pair=_by_people(compared, [[one.people] for one in compared]),
        by_person=_by_people(compared, [[(person,) for person in one.people] for one in compared]),
        concepts_compared=len(phrases),
        concept_agreement=_mean([float(len(set(unit)) == 1) for unit in phrases]),
        concept_alpha=jackknife_interval(
            units=concepts,
            estimate=lambda units: krippendorff_alpha([unit for of_image in units for unit in of_image]),
            most=1.0,
        ),
        second_looks=len(looks),
        second_looks_alike=_mean([float(alike) for alike in looks]),
    )


def _given(round: Round) -> dict[int, list[Given]]:
    """By image, in the order of its people's names."""
    tasks = Task.objects.filter(
        round=round, check_kind="", current_caption__isnull=False, annotator__isnull=False
    )
    by_image: dict[int, list[Given]] = defaultdict(list)
    for image, person, caption, text in tasks.order_by("image_id", "annotator__username").values_list(
        "image_id", "annotator__username", "current_caption", "current_caption__text"
    ):
        by_image[image].append(Given(person or "", caption or 0, text or ""))
    return by_image


def _compared(round: Round, overlapping: dict[int, list[Given]]) -> list[Compared]:
    with connection.cursor() as cursor:
        cursor.execute(CLOSENESS, [round.pk])
        meanings = {(one, other): float(cosine) for one, other, cosine in cursor.fetchall()}
    return [
        Compared(
            image=image,
            people=(one.person, other.person),
            words=word_similarity(one.text, other.text),
            meaning=meanings.get((min(one.caption, other.caption), max(one.caption, other.caption))),
        )
        for image, given in overlapping.items()
        for one, other in combinations(given, 2)
    ]


def _mean_by_image(compared: list[Compared], what: str) -> Measured:
    by_image: dict[int, list[float]] = defaultdict(list)
    for one in compared:
        if getattr(one, what) is not None:
            by_image[one.image].append(getattr(one, what))
    return mean_interval(sample_of([fmean(values) for values in by_image.values()]))


def _by_people(compared: list[Compared], of_whom: list[list[tuple[str, ...]]]) -> list[PeopleAgreement]:
    """The comparisons gathered by those whom each is about."""
    gathered: dict[tuple[str, ...], list[Compared]] = defaultdict(list)
    for one, groups in zip(compared, of_whom, strict=True):
        for people in groups:
            gathered[people].append(one)
    return [
        PeopleAgreement(
            people=people,
            comparisons=len(ones),
            words=fmean(one.words for one in ones),
            meaning=_mean([one.meaning for one in ones if one.meaning is not None]),
        )
        for people, ones in sorted(gathered.items())
    ]


def _concepts(round: Round) -> list[list[list[str]]]:
    """For each image, for each of its phrases that several annotators decided on: what each decided. A reviewer's version
    says nothing of them."""
    decided: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Concept.objects.filter(
        caption__task__round=round,
        caption__task__check_kind="",
        caption__task__current_caption=F("caption"),
        caption__task__annotator=F("caption__annotator"),
    )
    for image, phrase, outcome in rows.values_list("caption__task__image_id", "phrase", "outcome"):
        decided[image][phrase].append(DECISIONS.get(ConceptOutcome(outcome), outcome))
    units = [[unit for unit in phrases.values() if len(unit) > 1] for _, phrases in sorted(decided.items())]
    return [of_image for of_image in units if of_image]


def _second_looks(round: Round) -> list[bool]:
    """For each review of a later level: whether it left the caption as the earlier one had."""
    later = standing(
        Review.objects.filter(caption__task__round=round, caption__task__check_kind="", level__gt=1)
    )
    return [verdict == Verdict.ACCEPTED for verdict in later.values_list("verdict", flat=True)]


def _mean(values: list[float]) -> float | None:
    return fmean(values) if values else None
