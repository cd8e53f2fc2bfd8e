"""How long work tells how far it is, and how it is asked to stop."""

from typing import Protocol


class Progress(Protocol):
    """Called with counts; `message` says what is going on, and a `total` of 0 is not known yet. May raise to cancel."""

    def __call__(self, *, done: int, total: int, message: str) -> None: ...
