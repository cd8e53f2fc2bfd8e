"""Lists by cursor: the cost of a page does not depend on how far down it is."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

PAGE_CHARACTERS = 4_000_000


class ById(CursorPagination):
    """In the order in which rows came to be."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
    ordering: str | tuple[str, ...] = "id"

    def paginate_queryset(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        """The page. Raises NotFound for a cursor whose place is no value of the column (Django would raise a 500)."""
        try:
            return super().paginate_queryset(*args, **kwargs)
        except (ValueError, ValidationError, DataError) as error:
            raise NotFound(self.invalid_cursor_message) from error


class ByIdOfTexts(ById):
    """Of rows with long texts: a page of them ends early where they come to more than PAGE_CHARACTERS."""

    max_page_size = 100

    def paginate_queryset(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        """The page, with one row at least. Raises NotFound as that of any list."""
        rows = super().paginate_queryset(*args, **kwargs)
        if not rows:
            return rows
        backwards = self.cursor is not None and self.cursor.reverse
        nearest_first = rows[::-1] if backwards else rows
        kept = _how_many_fit(nearest_first)
        if kept < len(rows):
            position = self._get_position_from_instance(nearest_first[kept], self.ordering)
            if backwards:
                self.page, self.has_previous, self.previous_position = rows[-kept:], True, position
            else:
                self.page, self.has_next, self.next_position = rows[:kept], True, position
        return self.page


class NewestFirst(ById):
    """The other way round."""

    ordering = "-id"


class NewestTextsFirst(ByIdOfTexts):
    """The other way round."""

    ordering = "-id"


class NewestCreatedFirst(ById):
    """For rows whose id is not a number."""

    ordering = ("-created_at", "-id")


def _how_many_fit(rows: Sequence[Model]) -> int:
    counted: set[tuple[type[Model], Any]] = set()
    left = PAGE_CHARACTERS
    for number, row in enumerate(rows):
        left -= _characters(row, counted)
        if left < 0 and number > 0:
            return number
    return len(rows)


def _characters(row: Model, counted: set[tuple[type[Model], Any]]) -> int:
    """Of all texts in the row and in what was fetched along with it; what many rows share counts once."""
    if (key := (type(row), row.pk)) in counted:
        return 0
    counted.add(key)
    own = sum(len(value) for value in vars(row).values() if isinstance(value, str))
    one_each = (each for each in row._state.fields_cache.values() if isinstance(each, Model))
    many: dict[str, Iterable[Model]] = getattr(row, "_prefetched_objects_cache", {})
    return own + sum(_characters(each, counted) for each in chain(one_each, *many.values()))
