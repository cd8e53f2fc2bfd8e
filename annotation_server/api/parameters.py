"""Parameters in addresses, read by hand and therefore checked by hand."""

import re
from typing import TypeVar

from django.db.models import Model, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from annotation_server.formats.text import refuse_unstorable

T = TypeVar("T", bound=Model)

LARGEST_ID = 2**63 - 1


# In an address: what can be nobody's name is none.
USERNAME = r"(?P<username>[\w.@+-]{1,150})"


def slug_parameter(request: Request, name: str) -> str | None:
    """A short text, or None. Raises InvalidText."""
    value = request.query_params.get(name)
    if value:
        refuse_unstorable(value)
    return value or None


def narrowed_to_project(request: Request, rows: QuerySet[T]) -> QuerySet[T]:
    """Only the rows of ?project=slug, where it is given. Raises InvalidText."""
    slug = slug_parameter(request, "project")
    return rows.filter(project__slug=slug) if slug else rows


def id_parameter(request: Request, name: str) -> int | None:
    """An id, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_ID):
        raise ValidationError({name: ["Use the number of an object."]})
    return int(value)


def number_parameter(request: Request, name: str) -> float | None:
    """A number that is not negative, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value, re.ASCII):
        raise ValidationError({name: ["Use a number such as 12 or 0.5."]})
    return float(value)


def flag_parameter(request: Request, name: str) -> bool:
    """?name=1 (or true)."""
    return request.query_params.get(name, "") in {"1", "true"}
