"""Agreement where people overlap."""

from collections.abc import Callable

import pytest

from annotation_server.choices import ConceptOutcome
from annotation_server.models import Caption, Image, Round, User
from annotation_server.queries.agreement import PairAgreement, agreement, krippendorff_alpha
from annotation_server.steps.submit_caption import ConceptOutcomeGiven


def test_alpha_of_the_textbooks_example() -> None:
    """Krippendorff's two observers of ten binary units (section A of the paper): α = 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [[bool(one), bool(other)] for one, other in zip(meg, owen, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.095, abs=0.001)


def test_alpha_is_one_for_agreement_and_undefined_without_variety() -> None:
    assert krippendorff_alpha([[True, True], [False, False]]) == 1.0
    assert krippendorff_alpha([[True, True], [True, True]]) is None
    assert krippendorff_alpha([]) is None


def test_people_are_compared_pair_by_pair(
    person: Callable[..., User],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(2)
    round = open_round(annotators_per_image=2)
    ana, ben = person("ana"), person("ben")

    def concepts(outcome: ConceptOutcome) -> list[ConceptOutcomeGiven]:
        return [ConceptOutcomeGiven(phrase="iguana", outcome=outcome)]

    for text in ("one two three four", "one two three four"):
        hand_in(round, ana, text, concepts=concepts(ConceptOutcome.KEPT))
    hand_in(round, ben, "one two three four", concepts=concepts(ConceptOutcome.KEPT_ON_TRUST))
    hand_in(round, ben, "one two", concepts=concepts(ConceptOutcome.DROPPED))
    found = agreement(round=round)
    assert (found.images, found.similarity) == (2, 0.75)
    assert found.pairs == [PairAgreement(people=("ana", "ben"), images=2, similarity=0.75)]
    assert found.by_person == {"ana": 0.75, "ben": 0.75}
    assert (found.concepts_compared, found.concept_agreement) == (2, 0.5)
    assert found.concept_alpha == pytest.approx(0.0)


def test_without_overlap_there_is_nothing_to_compare(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(1)
    round = open_round()
    hand_in(round, ana)
    found = agreement(round=round)
    assert (found.images, found.similarity, found.pairs, found.concept_alpha) == (0, None, [], None)
