"""How long work tells how far it is, and how it is asked to stop.

Every long function takes a `progress` and calls it at least about once a second. It may raise to cancel: the work stops there
and leaves what a later call needs to resume.
"""

import json
import sys
from typing import Any, Final, Protocol, TextIO

from tqdm import tqdm

BAR: Final = "{desc}: {percentage:3.0f}%|{bar:24}| {n:,}/{total:,} [{remaining} left, {rate_noinv_fmt}]"
LINE: Final = "{desc}: {n:,}/{total:,} ({remaining} left, {rate_noinv_fmt})"


class Progress(Protocol):
    """Called with counts of the current stage; `message` names the stage. May raise to cancel."""

    def __call__(self, *, done: int, total: int, message: str) -> None: ...


def silent(*, done: int, total: int, message: str) -> None:
    """Tells nobody."""


class _Bar(tqdm):  # type: ignore[type-arg]
    """A bar that is redrawn in place."""

    # No thread beside the work, whose processes are forked.
    monitor_interval = 0


class _Lines(_Bar):
    """A line now and then."""

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        """Called by tqdm when a line is due."""
        print(" ".join(str(self).split()), file=self.fp, flush=True)


class _JsonLines(_Bar):
    """A JSON object a line now and then."""

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        """Called by tqdm when a line is due."""
        now = self.format_dict
        done, total, since = now["n"], now["total"], now["elapsed"]
        rate = (done - now["initial"]) / since if since > 0 else 0.0
        fields = {"stage": now["prefix"], "done": done, "total": total, "per_second": round(rate, 2)}
        if rate > 0:
            fields["seconds_left"] = round((total - done) / rate)
        print(json.dumps(fields), file=self.fp, flush=True)


class LineProgress:
    """Progress for people and programs: a bar a stage on a terminal, else a plain or JSON line every few seconds."""

    def __init__(
        self, *, stream: TextIO = sys.stderr, as_json: bool = False, every_seconds: float = 5.0
    ) -> None:
        self._stream = stream
        self._as_json = as_json
        self._every_seconds = every_seconds
        self._stage = ""
        self._bar: _Bar | None = None

    def __call__(self, *, done: int, total: int, message: str) -> None:
        total = max(done, total)
        if self._bar is None or message != self._stage:
            self.close()
            self._stage, self._bar = message, self._begun(done=done, total=total, stage=message)
            return
        before, self._bar.total = (self._bar.n, self._bar.total), total
        if not self._bar.update(done - self._bar.n) and done == total and before != (done, total):
            self._bar.refresh()

    def _begun(self, *, done: int, total: int, stage: str) -> _Bar:
        """A new stage, shown at once; its rate counts from what was done before."""
        name = stage if self._as_json else " ".join(stage.split())
        same: dict[str, Any] = {
            "file": self._stream,
            "total": total,
            "initial": done,
            "desc": name,
            "unit": "",
        }
        # An average over the whole stage, and a look at the clock with each call.
        same |= {"smoothing": 0, "miniters": 0}
        if not self._as_json and self._stream.isatty():
            return _Bar(**same, bar_format=BAR, dynamic_ncols=True, mininterval=0.2)
        kind = _JsonLines if self._as_json else _Lines
        # `gui`: tqdm leaves the drawing to `display` alone.
        lines = kind(**same, bar_format=LINE, mininterval=self._every_seconds, gui=True)
        lines.refresh()
        return lines

    def close(self) -> None:
        """Ends the bar's line."""
        if self._bar is not None:
            self._bar.close()
        self._bar = None
