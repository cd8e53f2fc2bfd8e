"""What a word is: one definition for every count, measure and difference, here and in the browser
(frontend/src/text/words.ts); tests/texts/words.json says of many texts what their words are, to both.

Letters with their marks and digits make a word, as Unicode's UAX 29 says: also over an apostrophe or a point between two
letters, a comma or a point between two digits, an underscore. Katakana make words of their own. Scripts that are written
without spaces (Han, Hiragana, Thai, Lao, Khmer, Myanmar and other Tai) have no word ends that could be told without a
dictionary, and every browser has another one: there each letter with its marks counts as a word.
"""

from collections.abc import Iterator

import regex

SPACELESS = (
    r"[\p{sc=Han}\p{sc=Hira}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}"
    r"\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}]"
)
KANA = r"\p{scx=Kana}"
MARKS = r"(?:(?![\u200b\ufeff])[\p{M}\p{Cf}])*"
# Two vowels of Thai and Lao are letters that never stand alone.
ALONE = rf"(?={SPACELESS})[\p{{L}}\p{{Nl}}]{MARKS}(?:[\u0e33\u0eb3]{MARKS})*"
KATAKANA = rf"(?:(?!{SPACELESS})(?={KANA})\p{{L}}{MARKS})+"
LETTERS = rf"(?:(?!{SPACELESS}|{KANA})[\p{{L}}\p{{Nl}}]{MARKS})+"
DIGITS = rf"(?:\p{{Nd}}{MARKS})+"
APOSTROPHE_OR_POINT = "['.\u2018\u2019\u2024\ufe52\uff07\uff0e]"
BETWEEN_LETTERS = rf"(?:{APOSTROPHE_OR_POINT}|[\u00b7\u0387\u055f\u05f4\u2027])"
DIGIT_MARKS = "[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b]"
BETWEEN_DIGITS = rf"(?:{APOSTROPHE_OR_POINT}|{DIGIT_MARKS})"
JOINED = rf"(?:{LETTERS}(?:{BETWEEN_LETTERS}{LETTERS})*|{DIGITS}(?:{BETWEEN_DIGITS}{DIGITS})*)"
LINES = rf"(?:\p{{Pc}}{MARKS})*"
# The word is the group. Lines of no word are matched in one go, as each of them would be looked at from all before it.
WORD = regex.compile(rf"({ALONE}|{KATAKANA}|{LINES}{JOINED}(?:{LINES}{JOINED})*{LINES})|(?:\p{{Pc}}{MARKS})+")
# A mark of punctuation, an emoji and the like. Flags come first, as \X would look for each at all those before it.
SIGN = regex.compile(r"\p{RI}\p{RI}[\p{Grapheme_Extend}\p{Mc}\u200d]*|\X")


def words(text: str) -> list[str]:
    """The words in their order, as they are written."""
    return [word for word in WORD.findall(text) if word]


def word_places(text: str) -> list[tuple[int, int]]:
    """Where each of them starts and ends."""
    return [found.span() for found in WORD.finditer(text) if found.group(1)]


def words_and_signs(text: str) -> list[str]:
    """The words and whatever stands between them but white space, sign by sign."""
    return list(_words_and_signs(text))


def _words_and_signs(text: str) -> Iterator[str]:
    at = 0
    for start, end in word_places(text):
        yield from _signs(text[at:start])
        yield text[start:end]
        at = end
    yield from _signs(text[at:])


def _signs(between: str) -> Iterator[str]:
    return (sign for sign in SIGN.findall(between) if not sign.isspace())
