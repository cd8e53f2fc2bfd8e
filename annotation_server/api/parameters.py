"""Parameters in addresses, read by hand and therefore checked by hand."""

import re
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from annotation_server.api.bounded import LARGEST_ID
from annotation_server.texts.text import refuse_unstorable

T = TypeVar("T", bound=Model)

LONGEST_PARAMETER = 500

# In an address: what can be nobody's name is none.
USERNAME = r"(?P<username>[\w.@+-]{1,150})"


def slug_parameter(request: Request, name: str) -> str | None:
    """A short text, or None. Raises InvalidText, ValidationError."""
    value = request.query_params.get(name)
    if value:
        if len(value) > LONGEST_PARAMETER:
            raise ValidationError({name: [f"At most {LONGEST_PARAMETER:,} characters. Use a shorter text."]})
        refuse_unstorable(value)
    return value or None


def narrowed_to_project(request: Request, rows: QuerySet[T]) -> QuerySet[T]:
    """Of a list only the rows of ?project=slug, if it is given; an object that is named in the path is there anyway. Raises
    InvalidText, ValidationError."""
    if request.parser_context["view"].detail:
        return rows
    slug = slug_parameter(request, "project")
    return rows.filter(project__slug=slug) if slug else rows


def id_parameter(request: Request, name: str) -> int | None:
    """An id, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    if (key := whole_number(value)) is None:
        raise ValidationError({name: ["Use the number of an object."]})
    return key


def whole_number(value: str) -> int | None:
    """One that Postgres has a place for, written in plain digits; else None. Python's int() takes more, and is slow on more."""
    return int(value) if re.fullmatch(r"[0-9]{1,19}", value) and int(value) <= LARGEST_ID else None


def number_parameter(request: Request, name: str) -> float | None:
    """A number that is not negative, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value, re.ASCII):
        raise ValidationError({name: ["Use a number such as 12 or 0.5."]})
    return float(value)


def moment_parameter(request: Request, name: str) -> datetime | None:
    """A moment with its offset from UTC, or None. Raises ValidationError."""
    value = request.query_params.get(name)
    if not value:
        return None
    try:
        moment = parse_datetime(value[:LONGEST_PARAMETER])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError({name: ["Use a moment such as 2026-02-28T00:00:00+01:00."]})
    return moment


def flag_parameter(request: Request, name: str) -> bool:
    """?name=1 (or true)."""
    return request.query_params.get(name, "") in {"1", "true"}
