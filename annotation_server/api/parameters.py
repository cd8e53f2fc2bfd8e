"""Query parameters, read by hand and therefore checked by hand."""

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from annotation_server.formats.text import refuse_unstorable

LARGEST_ID = 2**63 - 1


def slug_parameter(request: Request, name: str) -> str | None:
    """A short text, or None. Raises InvalidText."""
    value = request.query_params.get(name)
    if value:
        refuse_unstorable(value)
    return value or None


def id_parameter(request: Request, name: str) -> int | None:
    """An id, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_ID):
        raise ValidationError({name: ["Use the number of an object."]})
    return int(value)


def flag_parameter(request: Request, name: str) -> bool:
    """?name=1 (or true)."""
    return request.query_params.get(name, "") in {"1", "true"}
