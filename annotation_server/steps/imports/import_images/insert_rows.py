"""Many new rows of one table in one statement, an array a column. Django's own statement has a parameter for every value; to
write and read that costs several times what storing the rows does."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model


def insert_rows(rows: Sequence[Model]) -> None:
    """Store the rows and give each its id. A column with a default of the database's own is left to it."""
    if not rows:
        return
    columns = [
        field
        for field in rows[0]._meta.concrete_fields
        if not field.primary_key and field.db_default is NOT_PROVIDED
    ]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
    arrays = ", ".join(f"%s::{_bare_type(field)}[]" for field in columns)
    values = [_values(field, rows) for field in columns]
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    with connection.cursor() as cursor:
        # Names of our own columns.
        # nosemgrep: no-values-in-sql
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) RETURNING id",  # noqa: S608  (names of our own columns)
            values,
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk


def _values(field: "Field[Any, Any]", rows: Sequence[Model]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]


def _bare_type(field: "Field[Any, Any]") -> str:
    """Without its length: a cast would cut a text that is too long, where the column refuses it."""
    return str(field.db_type(connection)).split("(")[0]
