"""What a word is, for lengths and metrics: as annotation_server/texts/words.py has it, which is not imported here.
tests/texts/words.json holds both to it."""

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


def words_of(text: str) -> list[str]:
    """The words in their order, as they are written."""
    return [word for word in WORD.findall(text) if word]
