"""The processes that train together: each shows the others that it lives and says why it ended, so that none waits for ever.

A collective does not say who is missing, and over NCCL not even that anybody is. So each process has a thread that counts in
the store where the processes met (torchrun's, or the first process's), and reads what the others count. When one is gone, the
rest end with a line that names it: by an exception if their collective fails, else by this thread.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Final

from torch import distributed as dist

from captioner.errors import CaptionerError, ProcessLost

# How long a process has to end by itself once another is lost.
GRACE_SECONDS: Final = 5.0
RESUME: Final = "Run the same command again to resume from the last save."
OF_COLLECTIVES: Final = ("gloo", "nccl", "connection", "timed out")

# All processes make their companies in the same order.
_numbers = count()


class Company:
    """This process's place among the others. Alone, it does nothing."""

    def __init__(
        self, *, process: int, processes: int, lost_after_seconds: float, stuck_after_seconds: float
    ) -> None:
        self.process, self.processes = process, processes
        self._lost_after, self._stuck_after = lost_after_seconds, stuck_after_seconds
        self._every = min(1.0, lost_after_seconds / 5)
        self._line = ""
        # Sections entered, and how far it is in the last of them: processes that are even have the same.
        self._sections, self._moves = 0, 0
        self._moved_at = time.monotonic()
        self._within = ""
        self._closed = threading.Event()
        self._ending = False
        # What this process still has to do before the watch ends it.
        self.last_work: Callable[[], None] = lambda: None
        self._seen = {other: ("", time.monotonic()) for other in range(processes)}
        if processes > 1:
            self._store = _meeting_place(timeout_seconds=lost_after_seconds)
            self._watch = threading.Thread(target=self._live, name="company", daemon=True)
            self._watch.start()

    def moved(self) -> None:
        """Called wherever this process gets on."""
        self._moves += 1
        self._moved_at = time.monotonic()

    @contextmanager
    def within(self, what: str) -> Iterator[None]:
        """In the block the processes wait for each other, for as long as the settings allow."""
        self._raise_if_lost()
        self._sections, self._moves = self._sections + 1, -1
        self.moved()
        self._within = what
        try:
            yield
        finally:
            self._within = ""

    @contextmanager
    def first_one_first(self, what: str) -> Iterator[None]:
        """The first process does the block before the others do, however long it takes: no collective waits meanwhile."""
        if self.processes > 1 and self.process > 0:
            while not self._store.check([what]):
                self._raise_if_lost()
                self._closed.wait(0.05)
        yield
        if self.processes > 1 and self.process == 0:
            self._store.set(what, "done")

    def ending(self) -> None:
        """This process has left its collectives because of an error and ends by itself: the watch need not end it."""
        self._ending = True

    def failed(self, error: BaseException) -> CaptionerError | None:
        """Tells the others that this process ends. If it ends because another one did, that is returned as the reason."""
        self.ending()
        if self.processes == 1:
            return None
        if isinstance(error, ProcessLost):
            return error
        if _of_a_collective(error):
            self._await_news()
            if self._line:
                return ProcessLost(self._line)
        reason = str(error) if isinstance(error, CaptionerError) else f"{type(error).__name__}: {error}"
        self._tell(f"Process {self.process} of {self.processes} failed: {' '.join(reason.split())}")
        if self.process == 0:  # The store may end with it; the others read it first.
            self._closed.wait(2 * self._every)
        return None

    def close(self) -> None:
        """This process needs the others no more, nor they it."""
        if self.processes > 1 and not self._closed.is_set():
            self._closed.set()
            self._watch.join()

    def leave(self) -> None:
        """The end of a training that went well. The first process leaves last: the others may meet in its store."""
        if self.processes > 1:
            self._store.set(f"left {self.process}", "")
            if self.process == 0:
                while not self._store.check([f"left {other}" for other in range(self.processes)]):
                    self._raise_if_lost()
                    self._closed.wait(0.05)
        self.close()

    def _live(self) -> None:
        try:
            for beat in count():
                self._store.set(f"beat {self.process}", f"{beat} {self._sections} {self._moves}")
                self._look()
                if self._line or self._closed.wait(self._every):
                    break
            if self._closed.is_set():
                return
        except dist.DistError:
            host = "torchrun" if os.environ.get("TORCHELASTIC_USE_AGENT_STORE") == "True" else "process 0"
            self._line = self._line or f"The training's {host} has ended without a word. {RESUME}"
        if not self._closed.wait(GRACE_SECONDS) and not self._ending:
            print(self._line, file=sys.stderr, flush=True)
            self.last_work()
            os._exit(1)

    def _look(self) -> None:
        if self._store.check(["failed"]):
            self._line = self._store.get("failed").decode()
            return
        now = time.monotonic()
        for other in self._seen:
            if self._store.check([f"left {other}"]):
                self._seen[other] = ("", now)
            elif self._store.check([f"beat {other}"]):
                beat = self._store.get(f"beat {other}").decode()
                if beat != self._seen[other][0]:
                    self._seen[other] = (beat, now)
        if lost := [other for other, (_, at) in self._seen.items() if now - at > self._lost_after]:
            self._tell(self._of_lost(lost[0]))
        elif self._within and now - self._moved_at > self._stuck_after:
            self._tell(self._of_stuck(self._within))

    def _await_news(self) -> None:
        """After a failed collective: who is gone is known a few beats later."""
        began = time.monotonic()
        while not self._line and time.monotonic() - began < 6 * self._every:
            time.sleep(self._every / 5)
        gone = [other for other, (_, at) in self._seen.items() if at < began + 2 * self._every]
        if not self._line and gone and self._watch.is_alive():
            self._tell(self._of_lost(gone[0]))

    def _of_lost(self, other: int) -> str:
        return (
            f"Process {other} of {self.processes} has died: it gives no sign of life. If nothing else says why, memory is the "
            f"usual cause (see dmesg). {RESUME}"
        )

    def _of_stuck(self, what: str) -> str:
        places = {other: [int(part) for part in beat.split()[1:]] for other, (beat, _) in self._seen.items()}
        behind = min(places, key=lambda other: places[other])
        return (
            f"Process {behind} of {self.processes} hangs: the others have waited {self._stuck_after:.0f} s for it in {what}. "
            f"{RESUME}"
        )

    def _tell(self, line: str) -> None:
        """What is told first stands."""
        try:
            self._line = self._store.compare_set("failed", "", line).decode() or line
        except dist.DistError:
            self._line = self._line or line

    def _raise_if_lost(self) -> None:
        if self._line:
            raise ProcessLost(self._line)


def _of_a_collective(error: BaseException) -> bool:
    return isinstance(error, dist.DistError) or (
        isinstance(error, RuntimeError) and any(word in str(error).lower() for word in OF_COLLECTIVES)
    )


def _meeting_place(*, timeout_seconds: float) -> dist.PrefixStore:  # type: ignore[name-defined]
    """A connection of one's own: the process group's may be waiting in a collective."""
    store = dist.TCPStore(  # type: ignore[attr-defined]
        os.environ["MASTER_ADDR"],
        int(os.environ["MASTER_PORT"]),
        is_master=False,
        wait_for_workers=False,
        timeout=timedelta(seconds=max(timeout_seconds, 5.0)),
    )
    start = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")
    return dist.PrefixStore(  # type: ignore[attr-defined]
        f"captioner/{start}/{next(_numbers)}", store
    )
