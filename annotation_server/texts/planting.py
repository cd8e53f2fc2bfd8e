"""Errors that are planted into a text on purpose, to see whether an annotator takes them out again.

Each is one that a careful look at the picture finds: a colour that is another one, a name swapped for another's, an object
that is nowhere. The same text and lot always give the same error.
"""

import re
from dataclasses import dataclass
from random import Random

from annotation_server.choices import CheckKind
from annotation_server.texts.text import is_english
from annotation_server.texts.words import words

# Far from each other, so that no shade is a matter of taste.
COLOURS = ["red", "green", "blue", "yellow", "purple", "orange", "pink", "white", "black", "brown"]
SHADES = {"grey": "orange", "gray": "orange", "golden": "blue", "crimson": "green", "beige": "purple"}
OBJECTS = [
    *("accordion", "bicycle", "birdcage", "chandelier", "ladder", "lantern", "suitcase", "typewriter"),
    *("umbrella", "violin", "wheelbarrow", "windmill"),
]
SENTENCES = [
    "In the background stands a {}.",
    "A {} can be seen to one side.",
    "Next to it there is a {}.",
    "A {} is partly visible at the edge.",
]
# Words with a capital inside a sentence: those at its start have one anyway.
NAME = re.compile(r"(?<=[^\W\d_] )(?<![.!?:] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}")
# Three words or more after one that is no abbreviation.
LAST_SENTENCE = re.compile(r"(?<=\w{3}[.!?]) +[^\s.!?]+(?: [^\s.!?]+){2,}[.!?]$")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """The text with its error; `wrong` stands where `right` stood (empty where nothing stood)."""

    kind: CheckKind
    text: str
    wrong: str
    right: str


def names_in(text: str) -> list[str]:
    """Proper names, as far as capitals tell them."""
    return NAME.findall(text)


def plant_error(
    *, text: str, also_true: list[str], other_names: list[str], language: str, lot: Random
) -> Planted | None:
    """One error in the text, or None where there is no place for one.

    `also_true` are the image's other texts: nothing is planted that one of them says. `other_names` are of other images.
    Colours and objects are English, so in other languages only names are swapped.
    """
    if "\n" in text.strip() or len(words(text)) < 3:
        return None
    said = {word.lower() for one in [text, *also_true] for word in words(one)}
    ways = [_swapped_name]
    if is_english(language):
        ways += [_wrong_colour, _invented_object]
    lot.shuffle(ways)
    for way in ways:
        if planted := way(text, said, other_names, lot):
            return planted
    return None


def is_left_in(*, wrong: str, caption: str) -> bool:
    """Whether the caption still says what was planted, whatever its case."""
    looked_for = [word.lower() for word in words(wrong)]
    there = [word.lower() for word in words(caption)]
    return any(
        there[at : at + len(looked_for)] == looked_for for at in range(len(there) - len(looked_for) + 1)
    )


def _wrong_colour(text: str, said: set[str], names: list[str], lot: Random) -> Planted | None:
    places = [
        found
        for found in re.finditer(r"[A-Za-z]+", text)
        if found.group() in COLOURS or found.group() in SHADES
    ]
    if not places:
        return None
    place = lot.choice(places)
    right = place.group()
    wrong = SHADES.get(right) or lot.choice([colour for colour in COLOURS if colour != right])
    if wrong in said:
        return None
    return _replaced(CheckKind.WRONG_COLOUR, text, place, wrong)


def _swapped_name(text: str, said: set[str], names: list[str], lot: Random) -> Planted | None:
    places = list(NAME.finditer(text))
    others = [name for name in names if not {word.lower() for word in words(name)} & said]
    if not places or not others:
        return None
    return _replaced(CheckKind.SWAPPED_NAME, text, lot.choice(places), lot.choice(others))


def _invented_object(text: str, said: set[str], names: list[str], lot: Random) -> Planted | None:
    """In place of the last of several sentences, so that planted texts are no longer than others."""
    things = [thing for thing in OBJECTS if thing not in said and f"{thing}s" not in said]
    thing = lot.choice(things)
    sentence = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", lot.choice(SENTENCES).format(thing))
    kept = text.rstrip()
    last = LAST_SENTENCE.search(kept)
    if last:
        kept = kept[: last.start()]
    elif not kept.endswith((".", "!", "?")):
        kept += "."
    return Planted(
        kind=CheckKind.INVENTED_OBJECT,
        text=f"{kept} {sentence}",
        wrong=thing,
        right=last.group().strip() if last else "",
    )


def _replaced(kind: CheckKind, text: str, place: re.Match[str], wrong: str) -> Planted:
    return Planted(
        kind=kind, text=text[: place.start()] + wrong + text[place.end() :], wrong=wrong, right=place.group()
    )
