"""One moment of the database, for readers that take long."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def frozen() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees the same moment until its end: neither the caller's transaction nor a job's
    heartbeats must be caught in it."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield own
    finally:
        own.close()
