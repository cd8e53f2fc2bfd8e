"""How long one import may take: fetching, unpacking, reading and decoding together. Nobody's source holds a worker for ever.

Work that goes on in steps asks `check`. What a stranger's file can keep busy without a step (a regular expression, a packed
stream, a page of a million brackets) is interrupted by an alarm, which works in a process's main thread, where jobs run.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from annotation_server.errors import TookTooLong
from annotation_server.progress import Progress

T = TypeVar("T")
AGAIN_SECONDS = 1.0


class TimeLimit:
    """So many seconds from now on, less those that were `spent` before. `setting` is what the refusal names."""

    def __init__(self, *, seconds: float, spent: float = 0.0, setting: str = "IMPORT_SECONDS_LIMIT") -> None:
        self._whole = seconds
        self._setting = setting
        self._ends = time.monotonic() + seconds - spent

    @property
    def seconds_left(self) -> float:
        """Never less than nothing."""
        return max(0.0, self._ends - time.monotonic())

    def check(self) -> None:
        """Raises TookTooLong."""
        if not self.seconds_left:
            raise self._refusal()

    def watched(self, progress: Progress) -> Progress:
        """The same, which also checks the time."""

        def watched(*, done: int, total: int, message: str) -> None:
            self.check()
            progress(done=done, total=total, message=message)

        return watched

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """What is done in the block is interrupted when the time is over. Raises TookTooLong."""
        self.check()
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        handler = signal.signal(signal.SIGALRM, self._alarm)
        started = time.monotonic()
        # Again, should a reader have taken the first one for a damaged row.
        others_seconds, others_interval = signal.setitimer(
            signal.ITIMER_REAL, max(self.seconds_left, 0.001), AGAIN_SECONDS
        )
        try:
            yield
        finally:
            left = max(0.001, others_seconds - (time.monotonic() - started)) if others_seconds else 0.0
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)
            signal.setitimer(signal.ITIMER_REAL, left, others_interval)

    def over(self, items: Iterator[T]) -> Iterator[T]:
        """The items, each of which is waited for no longer than the time that is left."""
        while True:
            with self.interrupting():
                try:
                    item = next(items)
                except StopIteration:
                    return
            yield item

    def _alarm(self, number: int, frame: FrameType | None) -> None:
        raise self._refusal()

    def _refusal(self) -> TookTooLong:
        return TookTooLong(
            f"It took longer than {in_words(self._whole)} ({self._setting}). What came in stays: start it again to go on, or "
            "import the source in smaller parts."
        )


def in_words(seconds: float) -> str:
    """2 hours, 90 seconds."""
    for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:,.0f} {unit}{'' if seconds == size else 's'}"
    return f"{seconds:,g} seconds"
