"""Planting errors: one at a time, the same each time, never something that is true; and telling whether it is still there."""

from random import Random

import pytest

from annotation_server.choices import CheckKind
from annotation_server.texts.planting import (
    Planted,
    is_left_in,
    names_in,
    plant_error,
)

TEXT = "A green iguana basks near Puerto Ayora."


def planted(text: str = TEXT, seed: str = "1", language: str = "en", **given: list[str]) -> Planted | None:
    wanted = {"also_true": [], "other_names": ["Lake Bled"], **given}
    return plant_error(text=text, language=language, lot=Random(seed), **wanted)


def test_every_kind_comes_and_changes_one_thing() -> None:
    made = {one.kind: one for one in (planted(seed=str(seed)) for seed in range(40)) if one}
    assert set(made) == set(CheckKind)
    colour, name, thing = (made[kind] for kind in CheckKind)
    assert colour.text == TEXT.replace("green", colour.wrong)
    assert colour.right == "green"
    assert name.text == "A green iguana basks near Lake Bled."
    assert (name.right, name.wrong) == ("Puerto Ayora", "Lake Bled")
    assert thing.text.startswith(f"{TEXT} ")
    assert thing.wrong in thing.text
    assert thing.right == ""


def test_the_same_seed_gives_the_same_error() -> None:
    assert planted(seed="7:3") == planted(seed="7:3")


def test_nothing_that_another_text_says_is_planted() -> None:
    truth = "A red, blue, yellow, purple, orange, pink, white, black and brown scene at Lake Bled with an umbrella"
    made = [planted(seed=str(seed), also_true=[truth]) for seed in range(40)]
    assert {one.kind for one in made if one} == {CheckKind.INVENTED_OBJECT}
    assert "umbrella" not in {one.wrong for one in made if one}


def test_in_other_languages_only_names_are_swapped() -> None:
    text = "Ein grüner Leguan ruht bei Puerto Ayora in der Sonne."
    made = [planted(text, seed=str(seed), language="de") for seed in range(20)]
    assert {one.kind for one in made if one} == {CheckKind.SWAPPED_NAME}
    assert planted("ein leguan ruht in der sonne", language="de") is None


@pytest.mark.parametrize("text", ["", "iguana", "two words", "A list:\none\ntwo of them"])
def test_a_text_without_a_place_for_an_error_gets_none(text: str) -> None:
    assert planted(text) is None


def test_names_are_told_by_capitals_inside_a_sentence() -> None:
    assert names_in("Iguanas near Puerto Ayora. There lives Fernanda") == ["Puerto Ayora", "Fernanda"]


@pytest.mark.parametrize(
    ("caption", "left_in"),
    [
        ("An iguana near Lake Bled.", True),
        ("An iguana near LAKE BLED", True),
        ("An iguana near the lake of Bled.", False),
        ("An iguana near Lake Bledsoe.", False),
        ("", False),
    ],
)
def test_what_was_planted_is_found_word_by_word(caption: str, left_in: bool) -> None:
    assert is_left_in(wrong="Lake Bled", caption=caption) is left_in


def test_an_invented_object_takes_the_place_of_the_last_sentence() -> None:
    made = [planted(f"{TEXT} Waves break behind it.", seed=str(seed)) for seed in range(40)]
    invented = [one for one in made if one and one.kind == CheckKind.INVENTED_OBJECT]
    assert {one.right for one in invented} == {"Waves break behind it."}
    assert all(one.text.startswith(f"{TEXT} ") and "Waves" not in one.text for one in invented)
    after_an_abbreviation = [
        planted("A green iguana near St. Helena by the sea.", seed=str(seed)) for seed in range(40)
    ]
    assert {one.right for one in after_an_abbreviation if one and one.kind == CheckKind.INVENTED_OBJECT} == {
        ""
    }
