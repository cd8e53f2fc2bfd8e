"""Advisory locks that live as long as the transaction. They order what row locks cannot: many submissions side by side,
but none while their round is being closed."""

from django.db import connection

ROUND = 1
PROJECT = 2
ARCHIVE = 3


def _lock(function: str, space: int, key: int) -> None:
    with connection.cursor() as cursor:
        # A name from below.
        # nosemgrep: no-values-in-sql
        cursor.execute(f"SELECT {function}(%s, %s)", [space, key])


def share_round(*, round_id: int) -> None:
    """Hold off the closing of the round until this transaction ends; others may share."""
    _lock("pg_advisory_xact_lock_shared", ROUND, round_id)


def hold_round(*, round_id: int) -> None:
    """Wait for all who share the round, and keep new ones waiting."""
    _lock("pg_advisory_xact_lock", ROUND, round_id)


def hold_project(*, project_id: int) -> None:
    """One launch, import batch or new run at a time in a project."""
    _lock("pg_advisory_xact_lock", PROJECT, project_id)


def hold_archive(*, submission_id: str) -> None:
    """One import at a time of archives that have that submission."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ARCHIVE, submission_id])
