"""Text as people type it: what may be stored, and how its line ends are written."""

import re

from annotation_server.errors import InvalidSettings, InvalidText

COMMENT_LIMIT = 5_000
# Characters, whatever a project's own limit is: captions are compared word by word and listed by the hundred.
LONGEST_CAPTION = 20_000
GUIDELINES_LIMIT = 100_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Controls, line separators, changes of direction, lone surrogates.
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def refuse_unstorable(text: str, *, of: str = "") -> None:
    """Raise InvalidText when Postgres has no place for a character (NUL, lone surrogates). `of`: what the text is."""
    if found := UNSTORABLE.search(text):
        where = f" of {of}" if of else ""
        code = ord(found.group())
        raise InvalidText(
            f"Character {found.start() + 1}{where} (U+{code:04X}) cannot be stored. Remove it and try again; nothing was saved."
        )


def storable(text: str, *, limit: int) -> str:
    """The beginning of a text that somebody else wrote, for a report: what cannot be stored is replaced."""
    return UNSTORABLE.sub("\ufffd", text[:limit])


def on_one_line(text: str) -> str:
    """A stranger's name or words for a report, a log or a terminal: what breaks lines or steers a terminal is replaced."""
    return STEERING.sub(lambda found: " " if found.group().isspace() else "\ufffd", text)


def with_plain_line_ends(text: str) -> str:
    """CR LF and lone CR become LF; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_typed(*, text: str, limit: int) -> str:
    """The text ready to be stored; it may be empty (a working copy). Raises InvalidText."""
    refuse_unstorable(text)
    text = with_plain_line_ends(text)
    if len(text) > limit:
        raise InvalidText(
            f"The text has {len(text):,} characters; at most {limit:,} can be stored. Shorten it."
        )
    return text


def as_caption(*, text: str, limit: int) -> str:
    """The same for a caption, which must say something. Raises InvalidText."""
    text = as_typed(text=text, limit=min(limit, LONGEST_CAPTION))
    if not text.strip():
        raise InvalidText("The caption is empty. Write one, or skip the task.")
    return text


def refuse_long_captions(limit: int) -> None:
    """Raises InvalidSettings where a project would take captions that are longer than any may be."""
    if limit > LONGEST_CAPTION:
        raise InvalidSettings(
            f"caption_limit: {limit:,} is too much; a caption has at most {LONGEST_CAPTION:,} characters."
        )


def as_comment(text: str) -> str:
    """A reviewer's comment ready to be stored; it may be empty. Raises InvalidText."""
    return as_typed(text=text, limit=COMMENT_LIMIT).strip()


def is_english(language: str) -> bool:
    """Whether a language tag (BCP 47) says English, of any region."""
    return language.split("-")[0].lower() == "en"
