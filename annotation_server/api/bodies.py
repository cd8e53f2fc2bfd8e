"""What a request's body may say: the fields that its call takes and no others.

A field that is unknown, or that only the server writes, is refused by its name. It is never ignored: the sender believes
that it does something.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from pydantic import ValidationError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.settings import api_settings

from annotation_server.options.declared import Options
from annotation_server.options.sentences import faults

M = TypeVar("M", bound=Model)
Declared = TypeVar("Declared", bound=Options)

MOST_NAMED = 20
LONGEST_NAME = 100


class ClosedBody:
    """Put before a serializer of DRF's: it takes the fields that it can write, in nested objects too."""

    def to_internal_value(self, data: Any) -> Any:
        """The fields' values. Raises ValidationError for the first of those that are no field of it."""
        if isinstance(data, Mapping):
            fields: Mapping[str, serializers.Field[Any, Any, Any, Any]] = self.fields  # type: ignore[attr-defined]
            taken = [name for name, field in fields.items() if not field.read_only]
            if unknown := [name for name in data if name not in taken]:
                takes = f"It takes: {', '.join(taken)}." if taken else "It takes none."
                text = f"This call has no such field. {takes} Leave this one out."
                named = [str(name)[:LONGEST_NAME] for name in unknown[:MOST_NAMED]]
                raise serializers.ValidationError({name: [text] for name in named})
        return super().to_internal_value(data)  # type: ignore[misc]


class Body(ClosedBody, serializers.Serializer[Any]):
    """A request's body, or an object in one."""


class ModelBody(ClosedBody, serializers.ModelSerializer[M]):
    """A request's body with some of a model's fields."""


class NoFields(Body):
    """The body of a call that takes none."""


def body(request: Request, serializer: type[serializers.Serializer[Any]], **options: Any) -> dict[str, Any]:
    """What the request's body says, checked. Raises ValidationError."""
    given = serializer(data=request.data, **options)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def declared(request: Request, declaration: type[Declared]) -> Declared:
    """The options that the request's body says. Raises ValidationError of the REST framework, with every fault of a field."""
    try:
        return declaration.model_validate(request.data)
    except ValidationError as error:
        raise serializers.ValidationError(_by_place(faults(error, of=declaration))) from error


def _by_place(found: Iterator[tuple[tuple[str | int, ...], str]]) -> dict[str, list[str]]:
    """Sentences by "cohorts.0.share"; what is wrong with the whole body is under no name."""
    told: dict[str, list[str]] = {}
    for place, text in found:
        name = ".".join(str(step)[:LONGEST_NAME] for step in place)
        told.setdefault(name or api_settings.NON_FIELD_ERRORS_KEY, []).append(text)
    return told


def refuse_fields(request: Request) -> None:
    """For a call without a body: an empty one, or {}, is none. Raises ValidationError."""
    body(request, NoFields)
