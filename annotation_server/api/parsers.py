"""JSON bodies, with everything refused at the door that Postgres could not store."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from annotation_server.errors import InvalidText
from annotation_server.formats.text import refuse_unstorable

DEEPEST = 20
LARGEST_NUMBER = 2**53


class StrictJSONParser(JSONParser):
    """Refuses NUL, lone surrogates, NaN, numbers that no column holds, and nesting deeper than any call of ours needs."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body. Raises ParseError, InvalidText."""
        try:
            body = super().parse(stream, media_type, parser_context)
        except (RecursionError, ValueError) as error:
            raise ParseError("The body is nested too deeply or has a number that is too long.") from error
        _check(body, 0)
        return body


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ParseError(f"The body is nested more than {DEEPEST} levels deep.")
    if isinstance(value, str):
        refuse_unstorable(value)
    elif isinstance(value, (int, float)) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise InvalidText("A number in the body is too large.")
    elif isinstance(value, dict):
        for key, child in value.items():
            refuse_unstorable(key)
            _check(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            _check(child, depth + 1)
