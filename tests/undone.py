"""What is written in the block is taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back, whatever happens in it; what it raises is raised."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
