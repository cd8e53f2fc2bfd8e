"""Being asked to stop: SIGTERM or SIGINT once ends a training after its step, saved; the second one ends it at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from captioner.errors import StoppedBySignal
from captioner.progress import Progress

# What progress is told while steps are taken. In all other stages nothing is lost by stopping at once.
TRAINING: Final = "training"


class StopRequest:
    """The signal that came, if one did."""

    def __init__(self) -> None:
        self.number = 0

    def heard_by(self, progress: Progress) -> Progress:
        """The same progress, which ends every stage but the training's own when a signal has come."""

        def tell(*, done: int, total: int, message: str) -> None:
            progress(done=done, total=total, message=message)
            if self.number and message != TRAINING:
                raise StoppedBySignal(number=self.number)

        return tell


@contextmanager
def listening() -> Iterator[StopRequest]:
    """The request that SIGTERM or SIGINT fills within the block. A second signal does what it does everywhere."""
    request = StopRequest()
    before: dict[int, Any] = {}

    def heard(number: int, frame: FrameType | None) -> None:
        request.number = number
        for each, handler in before.items():
            signal.signal(each, handler)

    for ending in (signal.SIGTERM, signal.SIGINT):
        before[ending] = signal.signal(ending, heard)
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
