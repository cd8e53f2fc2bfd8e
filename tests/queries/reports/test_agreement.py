"""Agreement where people overlap."""

from collections.abc import Callable

import pytest

from annotation_server.choices import ConceptOutcome, Role, Verdict
from annotation_server.models import Caption, CaptionMeasure, Image, Round, User
from annotation_server.queries.reports.agreement import PeopleAgreement, agreement
from annotation_server.queries.reports.alpha import krippendorff_alpha, text_alpha
from annotation_server.queries.reports.intervals import Measured
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.texts.concepts import ConceptOutcomeGiven


def test_alpha_of_the_textbooks_example() -> None:
    """Krippendorff's two observers of ten binary units (section A of the paper): α = 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [[str(one), str(other)] for one, other in zip(meg, owen, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.095, abs=0.001)


def test_alpha_is_one_for_agreement_and_undefined_without_variety() -> None:
    assert krippendorff_alpha([["kept", "kept"], ["dropped", "dropped"]]) == 1.0
    assert krippendorff_alpha([["kept", "kept"], ["kept", "kept"]]) is None
    assert krippendorff_alpha([]) is None


def test_alpha_of_texts_counts_how_far_apart_they_are() -> None:
    """Two images, each captioned twice half alike, the captions of different images not at all: 1 − ½ / (⅔ + ⅓ · ½)."""
    units = [["a b", "a c"], ["x y", "x z"]]
    found = text_alpha(
        units, distance=lambda one, other: sum(a != b for a, b in zip(one[::2], other[::2], strict=True)) / 2
    )
    assert found == pytest.approx(1 - 0.5 / (2 / 3 + 1 / 6))


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
    assert (found.images, found.words, found.meaning) == (2, Measured(mean=0.75), Measured(mean=None))
    assert found.by_pair == [PeopleAgreement(people=("ana", "ben"), comparisons=2, words=0.75, meaning=None)]
    assert found.by_person == [
        PeopleAgreement(people=(name,), comparisons=2, words=0.75, meaning=None) for name in ("ana", "ben")
    ]
    assert (found.concepts_compared, found.concept_agreement) == (2, 0.5)
    assert found.concept_alpha is not None
    assert found.concept_alpha.mean == pytest.approx(0.0)


def test_meanings_are_compared_once_they_are_measured_and_only_by_one_encoder(
    person: Callable[..., User],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(3)
    round = open_round(annotators_per_image=2)
    ana, ben = person("ana"), person("ben")
    of_ana = [hand_in(round, ana) for _ in range(3)]
    of_ben = [hand_in(round, ben) for _ in range(3)]

    def measure(caption: Caption, vector: list[float], encoder: str = "e") -> None:
        CaptionMeasure.objects.create(caption=caption, encoder=encoder, vector=vector, clip_score=30.0)

    for caption in of_ana:
        measure(caption, [1.0, 0.0])
    measure(of_ben[0], [0.6, 0.8])
    measure(of_ben[1], [0.0, 2.0])
    measure(of_ben[2], [1.0, 0.0], encoder="another")
    found = agreement(round=round)
    assert found.meaning.mean == pytest.approx(0.3)
    assert found.by_pair[0].meaning == pytest.approx(0.3)
    assert found.by_pair[0].words == 1.0


def test_second_looks_of_reviewers_are_counted(
    person: Callable[..., User],
    ana: User,
    rita: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(3)
    round = open_round(review_share=1.0, review_levels=2)
    second = person("sven", Role.REVIEWER)
    for verdict in (Verdict.ACCEPTED, Verdict.RETURNED, None):
        caption = hand_in(round, ana)
        for level, reviewer, given in ((1, rita, Verdict.ACCEPTED), (2, second, verdict)):
            if given is not None:
                review_caption(
                    caption=caption,
                    reviewer=reviewer,
                    verdict=given,
                    comment="So.",
                    text=None,
                    limit=99,
                    level=level,
                )
    found = agreement(round=round)
    assert (found.second_looks, found.second_looks_alike) == (2, 0.5)


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
    assert (found.images, found.words.mean, found.by_pair, found.concept_alpha) == (0, None, [], None)
