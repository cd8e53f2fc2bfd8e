"""JSON bodies, with everything refused at the door that Postgres could not store."""

from collections.abc import Collection
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from annotation_server.errors import InvalidText
from annotation_server.texts.text import refuse_unstorable

DEEPEST = 20
# More than the fullest body of ours: a launch that names its sources, domains and people, or ten lessons with all their words.
MOST_VALUES = 10_000
LARGEST_NUMBER = 2**53


class StrictJSONParser(JSONParser):
    """Refuses NUL, lone surrogates, NaN, numbers that no column holds, and more values or levels than any call needs."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body. Raises ParseError, InvalidText."""
        try:
            body = super().parse(stream, media_type, parser_context)
        except (RecursionError, ValueError) as error:
            raise ParseError("The body is nested too deeply or has a number that is too long.") from error
        _check(body)
        return body


def _check(body: Any) -> None:
    """Raises ParseError, InvalidText. It stops at the first value too many: what a body may cost ends there."""
    waiting, seen = [(body, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(f"The body is nested more than {DEEPEST} levels deep.")
        children = _children(value)
        seen += len(children)
        if seen > MOST_VALUES:
            raise ParseError(f"The body has more than {MOST_VALUES:,} values. Send less at once.")
        waiting.extend((child, depth + 1) for child in children)


def _children(value: Any) -> Collection[Any]:
    """What is in a list or an object; nothing is in a text or a number, which are looked at themselves."""
    if isinstance(value, str):
        refuse_unstorable(value)
    elif isinstance(value, (int, float)) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise InvalidText("A number in the body is too large.")
    elif isinstance(value, list):
        return value
    elif isinstance(value, dict) and len(value) <= MOST_VALUES:
        for name in value:
            refuse_unstorable(name)
        return value.values()
    return value if isinstance(value, dict) else ()
