"""Lists by cursor: the cost of a page does not depend on how far down it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


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


class NewestFirst(ById):
    """The other way round."""

    ordering = "-id"


class NewestCreatedFirst(ById):
    """For rows whose id is not a number."""

    ordering = ("-created_at", "-id")
