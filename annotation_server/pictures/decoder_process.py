"""One decoder process and the talk with it: a batch of pictures there, an answer for each back, within a time limit."""

import json
import os
import selectors
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotation_server.errors import ServiceUnavailable
from annotation_server.files.bare_environment import bare_environment

PROJECT = Path(__file__).resolve().parent.parent.parent
START_SECONDS_LIMIT = 120.0
READ_BYTES = 1 << 16


class DecoderProcess:
    """A running `python -m annotation_server.pictures.decoder`. Raises ServiceUnavailable when it does not start."""

    def __init__(self, *, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=bare_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._unread = b""
        self._selector = selectors.DefaultSelector()
        assert self._process.stdout is not None  # noqa: S101  (a pipe; for the type checker)
        self._answers = self._process.stdout.fileno()
        self._selector.register(self._answers, selectors.EVENT_READ)
        if not self._line(seconds=START_SECONDS_LIMIT):
            self.end()
            raise ServiceUnavailable(
                "The picture decoder does not start. Try it: python -m annotation_server.pictures.decoder --help"
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, pictures: Sequence[tuple[str, str]], *, seconds: float) -> Iterator[dict[str, Any]]:
        """An answer for each (path, staged), in their order; each may take so many seconds. The picture that ends the process
        is refused, and those after it get no answer."""
        assert self._process.stdin is not None  # noqa: S101  (a pipe; for the type checker)
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(pictures).encode() + b"\n")
        for _ in pictures:
            line = self._line(seconds=seconds)
            if not line:
                self.end()
                yield {"refused": _reason(line, seconds=seconds)}
                return
            yield json.loads(line)

    def end(self) -> None:
        """It is gone, whatever it was doing."""
        self._process.kill()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()

    def _line(self, *, seconds: float) -> bytes | None:
        """The next line; empty when the process ended, None when it took too long. A line is written at once, so waiting for
        its first byte is enough."""
        while b"\n" not in self._unread:
            if not self._selector.select(timeout=seconds):
                return None
            block = os.read(self._answers, READ_BYTES)
            if not block:
                return b""
            self._unread += block
        line, _, self._unread = self._unread.partition(b"\n")
        return line


def _reason(line: bytes | None, *, seconds: float) -> str:
    if line is None:
        return f"Decoding it took longer than {seconds:g} seconds."
    return "It crashed its decoder, or needs more memory than an import may use."
