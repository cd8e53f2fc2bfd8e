"""Ctrl-C, SIGTERM and a closed terminal: heard at any time, acted upon where nothing is left behind."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ending:
    """Raises KeyboardInterrupt when a signal comes, but inside `held()` only at its end.

    An interrupt between a program's start and the note of its number would leave that program behind; and one in a
    hook that Python runs around a fork is printed and forgotten.
    """

    def __init__(self) -> None:
        self._asked = False
        self._is_held = False

    def listen(self) -> None:
        """A shell starts what it runs in the background with SIGINT ignored: it is heard all the same. `nohup` ignores
        SIGHUP, and means it."""
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._hear)

    def ignore(self) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What runs inside is not cut in two. Not to be nested."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._asked:
            raise KeyboardInterrupt

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if not self._is_held:
            raise KeyboardInterrupt
