"""Fields for what may come in numbers: each has a limit, which is looked at before anything in it.

DRF's own list runs the checks of every element and complains of the length afterwards: two megabytes of `{}` cost minutes.
"""

from collections.abc import Mapping, Sized
from typing import Any

from django.core.validators import MaxLengthValidator
from rest_framework import serializers

# An address that names something by its id.
LARGEST_ID = 2**63 - 1
# The longest caption that a project may ask for; its own limit is usually smaller, and is told in its own words.
LONGEST_TEXT = 1_000_000


class BoundedList(serializers.ListField):
    """A list of at most `max_length` elements."""

    def __init__(self, *, child: Any, max_length: int, **options: Any) -> None:
        super().__init__(child=child, max_length=max_length, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """The checked elements. Raises ValidationError."""
        if isinstance(data, list) and len(data) > (self.max_length or 0):
            raise serializers.ValidationError(too_many(data, self.max_length or 0, "elements"))
        return list(super().to_internal_value(data))


class BoundedDict(serializers.DictField):
    """An object with names of the caller's choice: at most `most` of them, none longer than `longest_name`."""

    def __init__(self, *, child: Any, most: int, longest_name: int, **options: Any) -> None:
        self.most, self.longest_name = most, longest_name
        super().__init__(child=child, **options)
        self.validators.append(MaxLengthValidator(most))  # for the OpenAPI document

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The checked members. Raises ValidationError."""
        if isinstance(data, Mapping):
            if len(data) > self.most:
                raise serializers.ValidationError(too_many(data, self.most, "members"))
            if any(len(str(name)) > self.longest_name for name in data):
                raise serializers.ValidationError(f"A name has more than {self.longest_name:,} characters.")
        return dict(super().to_internal_value(data))


def too_many(given: Sized, most: int, what: str) -> str:
    """What is wrong, and what to do."""
    return f"{len(given):,} {what}: send at most {most:,} at once."
