"""The tags of a page, cut as browsers cut it (WHATWG's tokenizer, as far as it matters here), each character looked at once.

Python 3.11's html.parser looks for the end of an unclosed tag from every `<` that follows: 100 kB of `<img ` keep it busy for
hours. Where a tag, a comment or a quoted value has no end, browsers drop what follows, and so does this: nothing is read twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

OPENING = re.compile(r"</?[A-Za-z]")
NAME = re.compile(r"[^\s/>]*")
BETWEEN = re.compile(r"[\s/]*")
ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*")
EQUALS = re.compile(r"\s*=\s*")
UNQUOTED = re.compile(r"[^\s>]*")
# What stands in them is no tag.
RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
# `int` takes no longer number, and no character has one.
LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """`name` is in lower case. Of an attribute that comes twice the first value counts."""

    name: str
    is_end: bool = False
    attributes: dict[str, str | None] = field(default_factory=dict)


def tags_and_texts(page: str) -> Iterator[Tag | str]:
    """In their order; character references are replaced."""
    at = 0
    while (start := page.find("<", at)) >= 0:
        if start > at:
            yield _plain(page[at:start])
        if OPENING.match(page, start):
            tag, at = _tag(page, start)
            if tag is None:
                return
            yield tag
            if tag.name in RAW and not tag.is_end:
                end = RAW_ENDS[tag.name].search(page, at)
                yield page[at : end.start() if end else len(page)]
                at = end.start() if end else len(page)
        elif page.startswith(("<!", "<?", "</"), start):
            is_comment = page.startswith("<!--", start)
            end_at = page.find("-->" if is_comment else ">", start + 2)
            if end_at < 0:
                return
            at = end_at + (3 if is_comment else 1)
        else:
            yield "<"
            at = start + 1
    if at < len(page):
        yield _plain(page[at:])


def _tag(page: str, start: int) -> tuple[Tag | None, int]:
    """And where it ends; None where it does not."""
    is_end = page[start + 1] == "/"
    at = start + 1 + is_end
    name = _matched(NAME, page, at)
    at += len(name)
    attributes: dict[str, str | None] = {}
    while True:
        at += len(_matched(BETWEEN, page, at))
        if at >= len(page):
            return None, at
        if page[at] == ">":
            return Tag(name=name.lower(), is_end=is_end, attributes=attributes), at + 1
        key = _matched(ATTRIBUTE, page, at)
        at += len(key)
        value: str | None = None
        if equals := EQUALS.match(page, at):
            at = equals.end()
            if (quote := page[at : at + 1]) in {'"', "'"}:
                end = page.find(quote, at + 1)
                if end < 0:
                    return None, len(page)
                value, at = page[at + 1 : end], end + 1
            else:
                value = _matched(UNQUOTED, page, at)
                at += len(value)
        attributes.setdefault(key.lower(), None if value is None else _plain(value))


def _matched(pattern: re.Pattern[str], page: str, at: int) -> str:
    found = pattern.match(page, at)
    return found.group() if found else ""


def _plain(text: str) -> str:
    return unescape(LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text
