"""What a source may cost while it comes: bytes, files and the disk's free space, counted before it comes (a listing) and while
it comes (a listing may lie). Safe to use from several threads; `progress` is called by the main one alone.
"""

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotation_server.errors import ServiceUnavailable, UnreadableSource
from annotation_server.progress import Progress, silent

# Left free for everybody else on the disk.
SPARE_BYTES = 1 << 30
SPARE_FILES = 10_000
LOOKED_AT_EVERY = 64 * 1024 * 1024


class Stopped(Exception):
    """Another file of the source has failed, or its job was cancelled: this one is not needed any more."""


@dataclass(kw_only=True)
class Allowance:
    """`progress` hears how many bytes are here; what it raises ends the whole. `folder` is on the disk that is filled."""

    folder: Path
    byte_limit: int
    file_limit: int
    progress: Progress = silent
    byte_count: int = 0
    file_count: int = 0
    announced: int = 0
    failure: BaseException | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _looked_at: int = field(default=0, repr=False)

    def list_file(self, byte_count: int) -> None:
        """One more file of the listing. Raises UnreadableSource."""
        self.file_count += 1
        self.announced += max(0, byte_count)
        if self.file_count > self.file_limit:
            raise UnreadableSource(
                f"The source has more than {self.file_limit:,} files; no more are taken (IMPORT_FILES_LIMIT)."
            )
        if self.announced > self.byte_limit:
            raise self._too_large()
        if self.file_count % 1000 == 0:
            self.report()

    def start(self) -> None:
        """All is listed. Raises ServiceUnavailable where the disk has no place for it."""
        refuse_full_disk(folder=self.folder, byte_count=self.announced, file_count=self.file_count)

    def take(self, byte_count: int) -> None:
        """So many bytes more have come. Raises UnreadableSource, ServiceUnavailable, Stopped."""
        with self._lock:
            self.byte_count += byte_count
            if self.failure is not None:
                raise Stopped
            if self.byte_count > self.byte_limit:
                raise self._too_large()
            if self.byte_count - self._looked_at >= LOOKED_AT_EVERY:
                self._looked_at = self.byte_count
                refuse_full_disk(folder=self.folder, byte_count=0)

    def of_one_file(self, *, done: int, total: int, message: str) -> None:
        """The progress of a single file that comes in the main thread. Raises as the others do."""
        if total > self.announced:
            self.announced = total
            if total > self.byte_limit:
                raise self._too_large()
            self.start()
        self.take(done - self.byte_count)
        self.report()

    def report(self) -> None:
        """Say how far it is. What that raises is also the end for the other threads."""
        try:
            self.progress(done=self.byte_count, total=self.announced, message="fetching, bytes")
        except BaseException as error:
            self._end(error)
            raise

    def ended_by(self, work: Callable[[str], None]) -> Callable[[str], None]:
        """The same work. If it fails, all other downloads of this source stop too."""

        def watched(name: str) -> None:
            try:
                work(name)
            except Stopped as error:
                raise self.failure or error from error
            except BaseException as error:
                self._end(error)
                raise

        return watched

    def _end(self, error: BaseException) -> None:
        with self._lock:
            self.failure = self.failure or error

    def _too_large(self) -> UnreadableSource:
        return UnreadableSource(
            f"The source has more than {self.byte_limit:,} bytes; no more are taken (IMPORT_SOURCE_LIMIT)."
        )


def refuse_full_disk(*, folder: Path, byte_count: int, file_count: int = 0) -> None:
    """Raises ServiceUnavailable where so many bytes or files more leave too little for everybody else."""
    folder.mkdir(parents=True, exist_ok=True)
    if byte_count + SPARE_BYTES > (free := shutil.disk_usage(folder).free):
        raise ServiceUnavailable(
            f"The server has {free:,} bytes left, too few for {byte_count:,} more. Ask its owner to free some space."
        )
    place = os.statvfs(folder)
    # Some file systems make places for files as they need them, and say that they have none.
    if place.f_files and file_count + SPARE_FILES > place.f_favail:
        raise ServiceUnavailable(
            f"The server's disk takes {place.f_favail:,} more files, too few for {file_count:,}. Ask its owner to remove some."
        )
