"""The concrete phrases of an alt-text: names, things, numbers. What annotators decide on one by one.

A phrase is a run of words for things with nothing but spaces between them; a colour after a name ("Ferrari red") begins another
one, as a wrong colour must not take the name with it. In English textblob's tagger, which comes with its
package, says which words are for things; in other languages every word is that is no function word, as RAKE picks its
candidates. Both are proposals to a person, who has the last word.
"""

import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import Any, NamedTuple

from annotation_server.texts.text import is_english

LONGEST = 5
MOST_CHARACTERS = 200
WORD = re.compile(r"[^\W_]+(?:[-–.'’&/][^\W_]+)*")
# Nouns, adjectives, numbers, foreign words.
THINGS = ("NN", "JJ", "CD", "FW")
NAMES = "NNP"
_COLOURS = "red orange yellow green blue purple violet pink brown black white grey gray"
COLOURS = frozenset(_COLOURS.split())
# With a capital at the start of a text they pass for names.
_SHADES = "light dark bright pale deep soft vivid navy royal sky lime olive forest"
SHADES = frozenset(_SHADES.split())
# Of the languages that most alt-texts come in; a word of another language passes for a thing, which a person can put right.
_FUNCTION_WORDS = """
a about above across after against all along also an and any are as at be before behind below between both but by can down
each for from had has have he her hers him his how i if in inside into is it its just many me more most my near no nor not
of off on or other our out over own per she so some such than that the their then there these they this those through to
too under until up upon us very via was we were what when where which while who will with within without you your
image images photo photos photograph picture pictures img jpg jpeg png
der die das den dem des ein eine einem einen einer und oder mit von vom zu zum zur im auf am bei für aus ist
le la les un une du de et ou avec pour dans sur par est au aux el los las una unos y o con para en por es al del
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


# Names of files, addresses and entities of HTML: nothing that a caption could say. (The front end's concepts.ts has the same.)
_ENDINGS = "jpe?g|jfif|png|gif|webp|avif|heic|svg|tiff?|bmp|pdf|raw|cr2|nef"
NO_WORDS = re.compile(
    rf"https?://\S+|www\.\S+|&#?\w{{1,10}};|(?<!\S)\S+\.(?:{_ENDINGS})\b"
    r"|\b(?:IMG|DSCN?|DSCF|PXL|MVI|GOPR|PICT)[-_]?\d{3,}\S*"
    r"|(?<!\S)\S*[^\s_]_[^\s_]\S*"
    r"|(?-i:\b[a-z0-9]+(?:-[a-z0-9]+){3,}\b)",
    re.IGNORECASE,
)


class Thing(NamedTuple):
    """Where a word for a thing stands, and whether it begins a phrase whatever is before it."""

    start: int
    end: int
    is_beginning: bool = False


def concept_phrases(text: str, *, language: str) -> list[str]:
    """The phrases in the order of the text, as they are written there, each once. None of them is of a file's name."""
    text = NO_WORDS.sub(";", text)
    places = _runs(text, _tagged(text) if is_english(language) else _all_words(text))
    return unique(text[start:end] for start, end in places if end - start <= MOST_CHARACTERS)


def unique(phrases: Iterable[str]) -> list[str]:
    """Each phrase once, whatever its case."""
    seen: dict[str, str] = {}
    for phrase in phrases:
        seen.setdefault(phrase.casefold(), phrase)
    return list(seen.values())


def _runs(text: str, things: Iterable[Thing]) -> Iterator[tuple[int, int]]:
    """Neighbouring words as one place (start, end), at most LONGEST of them."""
    first = end = count = 0
    for start, stop, is_beginning in things:
        if count and (count == LONGEST or is_beginning or text[end:start].strip(" ")):
            yield first, end
            count = 0
        first = first if count else start
        end = stop
        count += 1
    if count:
        yield first, end


def _all_words(text: str) -> Iterator[Thing]:
    """Where the words are that are no function words."""
    for match in WORD.finditer(text):
        if match.group().casefold() not in FUNCTION_WORDS:
            yield Thing(*match.span())


def _tagged(text: str) -> Iterator[Thing]:
    """Where the words are that the tagger, or a figure in them, says are for things."""
    place = 0
    for sentence in _parse(text):
        is_after_name = False
        for word, tag, *_ in sentence:
            start = text.find(word, place)
            if start < 0:
                continue  # The tagger writes some marks in its own way.
            place = start + len(word)
            is_thing = tag.startswith(THINGS) or any(letter.isdigit() for letter in word)
            if is_thing and WORD.fullmatch(word) and word.casefold() not in FUNCTION_WORDS:
                yield Thing(start, place, is_beginning=is_after_name and word in COLOURS)
            is_after_name = tag.startswith(NAMES) and word.casefold() not in SHADES


def _parse(text: str) -> Any:
    with warnings.catch_warnings():
        # The tagger leaves its word list open when it first reads it.
        warnings.simplefilter("ignore", ResourceWarning)
        return _tagger()(text, chunks=False).split()


@cache
def _tagger() -> Any:
    """Loaded at the first use: only workers find phrases, not the web process. And without the rest of its package, which
    brings scikit-learn: seconds and 200 MB for what no tagger needs. An empty package stands in for it meanwhile."""
    found = None if "textblob" in sys.modules else find_spec("textblob")
    if found:
        sys.modules["textblob"] = module_from_spec(found)
    try:
        from textblob.en import parse
    finally:
        if found:
            del sys.modules["textblob"]
    return parse
