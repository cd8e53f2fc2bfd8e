"""Text as people type it: what may be stored, and how its line ends are written."""

import re

from annotation_server.errors import InvalidText

COMMENT_LIMIT = 5_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def refuse_unstorable(text: str) -> None:
    """Raise InvalidText when Postgres has no place for a character (NUL, lone surrogates)."""
    if found := UNSTORABLE.search(text):
        code = ord(found.group())
        raise InvalidText(
            f"Character {found.start() + 1} (U+{code:04X}) cannot be stored. Remove it and try again; nothing was saved."
        )


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
    text = as_typed(text=text, limit=limit)
    if not text.strip():
        raise InvalidText("The caption is empty. Write one, or skip the task.")
    return text


def as_comment(text: str) -> str:
    """A reviewer's comment ready to be stored; it may be empty. Raises InvalidText."""
    return as_typed(text=text, limit=COMMENT_LIMIT).strip()


def is_english(language: str) -> bool:
    """Whether a language tag (BCP 47) says English, of any region."""
    return language.split("-")[0].lower() == "en"
