"""Decoding pictures in bounded processes: whatever a file does to its decoder, the import goes on.

One decoder process per thread of the pool, which is given a batch of pictures at a time: asking for each one would cost as
much as decoding a small one. A picture that takes too long, too much memory, or crashes its decoder is refused; those after
it get a fresh process.
"""

import shutil
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from annotation_server.errors import ServiceUnavailable, UnreadableImage
from annotation_server.pictures.decoder_process import DecoderProcess

MEMORY_LIMIT = 3 * 1024**3
SECONDS_LIMIT = 30.0
BATCH = 25
LEFT_BEHIND_SECONDS = 24 * 3600.0


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A picture with its files ready in the staging folder: <staged>.original and <staged>.screen."""

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
        for suffix in (".original", ".screen"):
            self.staged.with_suffix(suffix).unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A picture that waits for its decoder."""

    path: Path
    staged: Path
    answer: Future[Decoded] = field(default_factory=Future)


class DecoderPool:
    """`with DecoderPool(...) as pool: pool.submit([path])[0].result()` is a Decoded, or raises UnreadableImage."""

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
            *(sys.executable, "-m", "annotation_server.pictures.decoder"),
            *(f"--pixel-limit={pixel_limit}", f"--memory-limit={memory_limit}"),
        ]
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="decoder")
        self._of_thread = threading.local()
        self._running: set[DecoderProcess] = set()

    def __enter__(self) -> Self:
        _remove_leftovers(self.staging.parent)
        self.staging.mkdir(parents=True)
        return self

    def __exit__(self, *exc: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for process in self._running:
            process.end()
        for left in self.staging.iterdir():
            left.unlink()
        self.staging.rmdir()

    def submit(self, pictures: Sequence[Path | bytes]) -> list[Future[Decoded]]:
        """Decode the files (or bytes, which come out of an archive) when a process is free."""
        asked = [_Asked(path=self._file(one), staged=self.staging / uuid.uuid4().hex) for one in pictures]
        for start in range(0, len(asked), BATCH):
            self._threads.submit(self._decode, asked[start : start + BATCH])
        return [one.answer for one in asked]

    def discard(self, picture: Path | bytes) -> None:
        """Remove a file of the pool's own folder that will not be decoded."""
        if isinstance(picture, Path) and picture.parent == self.staging:
            picture.unlink(missing_ok=True)

    def _file(self, picture: Path | bytes) -> Path:
        if isinstance(picture, Path):
            return picture.absolute()
        path = self.staging / f"{uuid.uuid4().hex}.content"
        path.write_bytes(picture)
        return path

    def _decode(self, batch: list[_Asked]) -> None:
        """Give each its answer."""
        try:
            for one, answer in zip(batch, self._answers(batch), strict=True):
                _give(one, answer)
                self.discard(one.path)
        except Exception as error:  # It belongs to those who wait for the pictures.
            for one in batch:
                if not one.answer.done():
                    one.answer.set_exception(error)

    def _answers(self, batch: list[_Asked]) -> Iterator[dict[str, Any]]:
        waiting = [(str(one.path), str(one.staged)) for one in batch]
        while waiting:
            for answer in self._process().ask(waiting, seconds=self._seconds_limit):
                waiting = waiting[1:]
                yield answer

    def _process(self) -> DecoderProcess:
        process: DecoderProcess | None = getattr(self._of_thread, "process", None)
        if process is None or not process.is_running:
            if process is not None:
                process.end()
                self._running.discard(process)
            process = self._of_thread.process = DecoderProcess(command=self._command)
            self._running.add(process)
        return process


def _give(one: _Asked, answer: dict[str, Any]) -> None:
    if "refused" in answer:
        one.answer.set_exception(UnreadableImage(answer["refused"]))
    elif "failed" in answer:
        one.answer.set_exception(
            ServiceUnavailable(
                f"The picture storage takes no more files ({answer['failed']}). Free some space, then run it again."
            )
        )
    else:
        answer["colour_grid"] = bytes.fromhex(answer["colour_grid"])
        one.answer.set_result(Decoded(staged=one.staged, **answer))


def _remove_leftovers(folder: Path) -> None:
    """Staging folders of imports that were killed: nothing was added to them for a day."""
    for left in folder.glob("import-*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
