"""Metrics on texts whose scores are known."""

import pytest

from captioner.metrics.cider import Corpus, cider_d
from captioner.metrics.invented_names import invented_names
from captioner.metrics.noun_phrases import noun_phrase_scores, noun_phrases
from captioner.metrics.overlap import bleu, rouge_l
from captioner.warning_signs import warning_signs

CAT = "a cat sits on the red mat"
DOG = "two dogs run over green grass"


def test_equal_texts_score_full_marks() -> None:
    references = [[CAT], [DOG]]
    assert cider_d(candidates=[CAT, DOG], references=references) == pytest.approx(10)
    assert bleu(candidates=[CAT, DOG], references=references) == pytest.approx(100)
    assert rouge_l(candidates=[CAT, DOG], references=references) == pytest.approx(100)


def test_texts_without_a_word_in_common_score_nothing() -> None:
    references = [[DOG], [CAT]]
    assert cider_d(candidates=[CAT, DOG], references=references) == 0
    assert rouge_l(candidates=[CAT, DOG], references=references) == 0


def test_cider_is_what_its_formula_says() -> None:
    # Two documents, one word each: idf of each unigram is ln 2, only the 1-gram part of four scores.
    assert cider_d(candidates=["cat", "dog"], references=[["cat"], ["cow"]]) == pytest.approx(10 / 4 / 2)


def test_cider_punishes_another_length_and_repetition() -> None:
    references = [[CAT], [DOG]]
    plain = cider_d(candidates=[CAT, DOG], references=references)
    longer = cider_d(candidates=[CAT + " " + CAT, DOG], references=references)
    assert longer < plain


def test_the_best_reference_counts_for_rouge() -> None:
    assert rouge_l(candidates=[CAT], references=[[DOG, CAT]]) == pytest.approx(100)


def test_a_part_of_the_images_is_scored_with_the_document_frequencies_of_all() -> None:
    assert cider_d(candidates=[CAT], references=[[CAT]]) == 0
    assert Corpus([[CAT], [DOG]]).score(candidates=[CAT], images=[0]) == pytest.approx(10)


def test_noun_phrases_lose_their_articles() -> None:
    assert noun_phrases("The red cat sits on a mat.") == {"red cat": 1, "mat": 1}


def test_noun_phrase_precision_and_recall() -> None:
    scores = noun_phrase_scores(candidates=["A red cat."], references=[["A red cat on a mat."]])
    assert (scores.precision, scores.recall) == (100, 50)
    assert scores.f1 == pytest.approx(200 / 3)


def test_the_failure_signatures_are_told() -> None:
    good = {
        "cider": 4.0,
        "bleu": 50.0,
        "clip_score": 30.0,
        "invented_names": 0.0,
        "cut_off": 0.0,
        "looped": 0.0,
    }
    alt = {"cider": 1.0, "bleu": 10.0, "clip_score": 20.0, "invented_names": 0.0}
    fine = {"with_alt": good, "without_alt": {**good, "cider": 2.0}, "alt_text": alt}
    assert warning_signs(sources=fine, domains={"paper": {"with_alt": good}}) == []
    told = warning_signs(
        sources={"with_alt": {**good, "bleu": 9.0}, "without_alt": {**good, "cider": 0.5}, "alt_text": alt},
        domains={"night": {"with_alt": {**good, "cider": 1.0}}},
    )
    assert ["BLEU" in told[0], "collapse" in told[1], "'night'" in told[2]] == [True, True, True]


def test_making_names_up_as_a_habit_and_captions_without_an_end_are_told() -> None:
    scores = {
        "cider": 4.0,
        "bleu": 50.0,
        "clip_score": 30.0,
        "invented_names": 0.0,
        "cut_off": 9.0,
        "looped": 3.0,
    }
    sources = {
        "with_alt": scores,
        "without_alt": {**scores, "invented_names": 60.0},
        "alt_text": {**scores, "cider": 1.0, "bleu": 10.0, "clip_score": 20.0},
    }
    told, *cut = warning_signs(sources=sources, domains={})
    assert told.startswith("Without the alt-text 60 % of the captions name what nothing told")
    assert [warning.partition(";")[0] for warning in cut] == [
        f"{how} alt-text 9 % of the captions were cut off, and 3 % go round in circles"
        for how in ("With", "Without")
    ]


@pytest.mark.parametrize(
    ("caption", "told", "share"),
    [
        ("A square in Heidelberg.", ("Heidelberg at night", "A square."), 0.0),
        ("A square in Heidelberg.", ("HEIDELBERG",), 0.0),
        ("A square in Heidelberg.", ("a square in Mannheim",), 100.0),
        # Capitalised because it opens the sentence: elsewhere it is a plain word.
        ("Dogs run.", ("two dogs",), 0.0),
        ("Rex runs.", ("two dogs",), 100.0),
        ("", ("two dogs",), 0.0),
    ],
)
def test_a_name_that_nothing_told_is_invented(caption: str, told: tuple[str, ...], share: float) -> None:
    assert invented_names(candidates=[caption], told=[told]) == share


def test_invented_names_are_counted_once_a_caption() -> None:
    captions = ["Rex and Bo meet Al.", "a dog", "a cat"]
    assert invented_names(candidates=captions, told=[("a dog",)] * 3) == pytest.approx(100 / 3)
