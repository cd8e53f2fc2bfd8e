"""Being asked to stop: SIGTERM or SIGINT ends a training after its step, saved; another SIGINT ends it at once."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from captioner.errors import StoppedBySignal
from captioner.progress import Progress

# What progress is told while steps are taken. In all other stages nothing is lost by stopping at once.
TRAINING: Final = "training"
SAME_SECONDS: Final = 3.0


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
    """The request that SIGTERM or SIGINT fills within the block."""
    request = StopRequest()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    heard_at = 0.0

    def heard(number: int, frame: FrameType | None) -> None:
        nonlocal heard_at
        # A terminal, torchrun and a scheduler may each pass the same one on, so only a late SIGINT is another.
        if request.number and number == signal.SIGINT and time.monotonic() - heard_at > SAME_SECONDS:
            raise KeyboardInterrupt
        if not request.number:
            request.number, heard_at = number, time.monotonic()

    for number in before:
        signal.signal(number, heard)
    try:
        yield request
    except BaseException:
        if int(os.environ.get("WORLD_SIZE", "1")) > 1:
            # This process is ending. When another has ended first, torchrun signals the rest.
            before[signal.SIGTERM] = signal.SIG_IGN
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
