"""How long work tells how far it is, and how it is asked to stop.

Every long function takes a `Progress` and calls it about once a second or oftener. A callback may raise to cancel: the
work stops there and leaves what a later call needs to go on.
"""

import json
import sys
import time
from typing import Protocol, TextIO


class Progress(Protocol):
    """Called with counts of the current stage; `message` names the stage. May raise to cancel."""

    def __call__(self, *, done: int, total: int, message: str) -> None: ...


def silent(*, done: int, total: int, message: str) -> None:
    """Tells nobody."""


class LineProgress:
    """Progress for people and programs: a bar redrawn in place on a terminal, else a plain or JSON line now and then."""

    def __init__(
        self, *, stream: TextIO = sys.stderr, as_json: bool = False, every_seconds: float = 5.0
    ) -> None:
        self._stream = stream
        self._as_json = as_json
        self._on_terminal = stream.isatty() and not as_json
        self._every_seconds = 0.2 if self._on_terminal else every_seconds
        self._stage = ""
        self._stage_began = 0.0
        self._first_done = 0
        self._shown_at = float("-inf")

    def __call__(self, *, done: int, total: int, message: str) -> None:
        now = time.monotonic()
        if message != self._stage:
            self._finish_stage()
            self._stage, self._stage_began, self._first_done = message, now, done
            self._shown_at = float("-inf")
        if done < total and now - self._shown_at < self._every_seconds:
            return
        self._shown_at = now
        elapsed = now - self._stage_began
        rate = (done - self._first_done) / elapsed if elapsed > 0 else 0.0
        seconds_left = (total - done) / rate if rate > 0 else None
        self._show(done=done, total=total, rate=rate, seconds_left=seconds_left)

    def _show(self, *, done: int, total: int, rate: float, seconds_left: float | None) -> None:
        if self._as_json:
            fields = {"stage": self._stage, "done": done, "total": total, "per_second": round(rate, 2)}
            if seconds_left is not None:
                fields["seconds_left"] = round(seconds_left)
            print(json.dumps(fields), file=self._stream, flush=True)
            return
        left = "" if seconds_left is None else f", {_clock(seconds_left)} left"
        text = f"{self._stage}: {done:,}/{total:,} ({rate:.1f}/s{left})"
        if self._on_terminal:
            filled = round(24 * done / max(total, 1))
            print(f"\r[{'#' * filled:<24}] {text}\x1b[K", end="", file=self._stream, flush=True)
        else:
            print(text, file=self._stream, flush=True)

    def _finish_stage(self) -> None:
        if self._stage and self._on_terminal:
            print(file=self._stream)

    def close(self) -> None:
        """Ends the bar's line."""
        self._finish_stage()
        self._stage = ""


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
