"""Concrete phrases: names, things and numbers as they are written, without a download, in any language."""

import pytest

from annotation_server.texts.phrases import concept_phrases, unique


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (
            "Green iguana on a rock near Puerto Ayora, Santa Cruz",
            ["Green iguana", "rock", "Puerto Ayora", "Santa Cruz"],
        ),
        ("the old man and the sea", ["old man", "sea"]),
        ("Boeing 747-400 at Frankfurt Airport in 2012", ["Boeing 747-400", "Frankfurt Airport", "2012"]),
        ("Silumi violet flower, a red Ferrari", ["Silumi", "violet flower", "red Ferrari"]),
        ("Dark red wall", ["Dark red wall"]),
        ("African violet at Lake Blue", ["African violet", "Lake Blue"]),
        ("2 dogs & 3 cats", ["2 dogs", "3 cats"]),
        ("", []),
        ("...", []),
        ("x" * 5_000, []),
    ],
)
def test_in_english_the_tagger_says_what_is_a_thing(text: str, phrases: list[str]) -> None:
    assert concept_phrases(text, language="en-GB") == phrases


@pytest.mark.parametrize(
    ("text", "language", "phrases"),
    [
        (
            "Ein grüner Leguan auf dem Felsen bei Puerto Ayora",
            "de",
            ["grüner Leguan", "Felsen", "Puerto Ayora"],
        ),
        ("La iguana verde, 2012", "es", ["iguana verde", "2012"]),
        ("東京タワー 夜景", "ja", ["東京タワー 夜景"]),
        ("eins zwei drei vier fünf sechs sieben", "de", ["eins zwei drei vier fünf", "sechs sieben"]),
    ],
)
def test_other_languages_are_cut_at_function_words(text: str, language: str, phrases: list[str]) -> None:
    assert concept_phrases(text, language=language) == phrases


def test_a_phrase_comes_once_and_stands_in_its_text() -> None:
    text = "Puerto Ayora: an iguana in PUERTO AYORA"
    phrases = concept_phrases(text, language="en")
    assert phrases == ["Puerto Ayora", "iguana"]
    assert all(phrase in text for phrase in phrases)
    assert unique(["Lake Bled", "lake bled", "castle"]) == ["Lake Bled", "castle"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("horse.png", []),
        ("IMG_0231.jpg", []),
        ("DSC01234", []),
        ("red_brick_wall", []),
        ("red-brick-wall-texture-free", []),
        ("https://example.org/horse.html", []),
        ("horse.png, a white horse (DSCN0012.JPG) &amp; its rider", ["white horse", "rider"]),
        ("mother-in-law at work", ["mother-in-law", "work"]),
    ],
)
def test_names_of_files_and_addresses_are_no_phrases(text: str, phrases: list[str]) -> None:
    for language in ("en", "de"):
        found = concept_phrases(text, language=language)
        assert [one for one in found if one not in {"its"}] == phrases


def test_a_long_text_without_spaces_takes_no_longer_than_others() -> None:
    assert concept_phrases("a_" * 200_000, language="de") == []
    assert concept_phrases("a." * 200_000, language="de") == []
