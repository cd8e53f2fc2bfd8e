"""How long work says how far it is, and how it is asked to stop."""

from typing import Protocol


class Progress(Protocol):
    """Called with what is done and how much there is in all (0: nobody knows yet); `message` says of what. What it raises ends
    the work."""

    def __call__(self, *, done: int, total: int, message: str) -> None: ...


def silent(*, done: int, total: int, message: str) -> None:
    """Nobody watches."""
