"""A plain SQL statement's rows by the names of their columns."""

from typing import Any

from django.db.backends.utils import CursorWrapper


def as_dicts(cursor: CursorWrapper) -> list[dict[str, Any]]:
    """Every row that the statement just executed has left, in its order."""
    names = [column.name for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
