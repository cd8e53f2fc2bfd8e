"""Locks of this test's database: holding some, and whether somebody waits for an advisory one (rules/locks.py)."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


def somebody_waits() -> bool:
    """At this moment."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


@contextmanager
def held_in_a_transaction(take: Callable[[], object]) -> Iterator[None]:
    """What `take` locks stays locked meanwhile, by a connection of its own: so that a worker is caught in the middle."""
    holding, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            take()
            holding.set()
            over.wait()
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait()
    try:
        yield
    finally:
        over.set()
        thread.join()
