"""Decoding pictures in bounded processes: whatever a file does to its decoder, the import goes on.

One decoder process per thread of the pool. A picture that takes too long, too much memory, or crashes its decoder is
refused; the next picture gets a fresh process.
"""

import json
import selectors
import shutil
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from annotation_server.errors import ServiceUnavailable, UnreadableImage

MEMORY_LIMIT = 3 * 1024**3
SECONDS_LIMIT = 30.0
START_SECONDS_LIMIT = 120.0
PROJECT = Path(__file__).resolve().parent.parent.parent
LEFT_BEHIND_SECONDS = 24 * 3600.0


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A picture with its files ready in the staging folder: <staged>.original, .screen and .thumbnail."""

    staged: Path
    sha256: str
    byte_count: int
    media_type: str
    width: int
    height: int
    perceptual_hash: int
    colour_grid: bytes

    def discard(self) -> None:
        """Remove the staged files that nobody took."""
        for suffix in (".original", ".screen", ".thumbnail"):
            self.staged.with_suffix(suffix).unlink(missing_ok=True)


class DecoderPool:
    """`with DecoderPool(...) as pool: pool.submit(path).result()` is a Decoded, or raises UnreadableImage."""

    def __init__(
        self,
        *,
        staging: Path,
        pixel_limit: int,
        processes: int,
        memory_limit: int = MEMORY_LIMIT,
        seconds_limit: float = SECONDS_LIMIT,
    ) -> None:
        self.staging = staging.absolute() / f"import-{uuid.uuid4().hex}"
        self._seconds_limit = seconds_limit
        self._command = [
            *(sys.executable, "-m", "annotation_server.formats.decoder"),
            *(f"--pixel-limit={pixel_limit}", f"--memory-limit={memory_limit}"),
        ]
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="decoder")
        self._of_thread = threading.local()
        self._running: set[subprocess.Popen[bytes]] = set()

    def __enter__(self) -> Self:
        _remove_leftovers(self.staging.parent)
        self.staging.mkdir(parents=True)
        return self

    def __exit__(self, *exc: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for process in list(self._running):
            self._end(process)
        for left in self.staging.iterdir():
            left.unlink()
        self.staging.rmdir()

    def submit(self, picture: Path | bytes) -> Future[Decoded]:
        """Decode the file (or the bytes, which come out of an archive) when a process is free."""
        return self._threads.submit(
            self._decode, picture if isinstance(picture, Path) else self._file(picture)
        )

    def discard(self, picture: Path | bytes) -> None:
        """Remove a file of the pool's own folder that will not be decoded."""
        if isinstance(picture, Path) and picture.parent == self.staging:
            picture.unlink(missing_ok=True)

    def _file(self, content: bytes) -> Path:
        path = self.staging / f"{uuid.uuid4().hex}.content"
        path.write_bytes(content)
        return path

    def _decode(self, path: Path) -> Decoded:
        staged = self.staging / uuid.uuid4().hex
        answer = self._ask({"path": str(path.absolute()), "staged": str(staged)})
        self.discard(path)
        if "refused" in answer:
            raise UnreadableImage(answer["refused"])
        if "failed" in answer:
            raise ServiceUnavailable(
                f"The picture storage takes no more files ({answer['failed']}). Free some space, then run it again."
            )
        answer["colour_grid"] = bytes.fromhex(answer["colour_grid"])
        return Decoded(staged=staged, **answer)

    def _ask(self, request: dict[str, str]) -> dict[str, Any]:
        process = self._process()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None  # noqa: S101  (both are pipes; for the type checker)
        assert stdout is not None  # noqa: S101
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            line = _line_within(stdout, seconds=self._seconds_limit)
        except BrokenPipeError:
            line = b""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._end(process)
        if line is None:
            return {"refused": f"Decoding it took longer than {self._seconds_limit:g} seconds."}
        return {"refused": "It crashed its decoder, or needs more memory than an import may use."}

    def _process(self) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] | None = getattr(self._of_thread, "process", None)
        if process is None or process.poll() is not None:
            process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._of_thread.process = process
            self._running.add(process)
            if not _line_within(process.stdout, seconds=START_SECONDS_LIMIT):
                self._end(process)
                raise ServiceUnavailable(
                    "The picture decoder does not start. Try it: python -m annotation_server.formats.decoder --help"
                )
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        process.wait()
        self._running.discard(process)


def _remove_leftovers(folder: Path) -> None:
    """Staging folders of imports that were killed: nothing was added to them for a day."""
    for left in folder.glob("import-*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _line_within(stream: Any, *, seconds: float) -> bytes | None:
    """The next line; empty when the process ended, None when it took too long. A line is written at once, so waiting for its
    first byte is enough."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        if not selector.select(timeout=seconds):
            return None
    line: bytes = stream.readline()
    return line
