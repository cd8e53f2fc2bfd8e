"""Whether somebody waits for an advisory lock of this test's database (queries/locks.py)."""

from django.db import connection

WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


def somebody_waits() -> bool:
    """At this moment."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
