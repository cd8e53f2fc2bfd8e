"""Lists by cursor: the cost of a page does not depend on how far down it is."""

from rest_framework.pagination import CursorPagination


class ById(CursorPagination):
    """In the order in which rows came to be."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
    ordering: str | tuple[str, ...] = "id"


class NewestFirst(ById):
    """The other way round."""

    ordering = "-id"


class NewestCreatedFirst(ById):
    """For rows whose id is not a number."""

    ordering = ("-created_at", "-id")
