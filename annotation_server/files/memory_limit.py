"""How much memory reading a stranger's source may take: a Parquet page, an Arrow batch, a tar's header or a JSON document can
say that it is far larger than its file. The limit is the process's own (RLIMIT_DATA: what it may write to, not the files it
maps) while a source is read; the reader gets a MemoryError, and the import a plain reason.
"""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation_server.errors import UnreadableSource

STATUS = Path("/proc/self/status")
BEFORE = resource.getrlimit(resource.RLIMIT_DATA)
_lock = threading.Lock()
_set: list["_Limit"] = []


@contextmanager
def limited_memory(byte_count: int) -> Iterator[None]:
    """The block may take so many bytes more than the process has now; of several blocks at once, in threads or one in another,
    the tightest counts. Raises UnreadableSource for one that wants more, and for one that nests deeper than Python goes."""
    mine = _Limit(_data_bytes() + byte_count)
    try:
        mine.set()
        yield
    except MemoryError as error:
        mine.lift()  # Saying what is wrong takes memory too.
        raise UnreadableSource(
            f"Reading it needs more than {byte_count:,} bytes of memory (IMPORT_MEMORY_LIMIT). Write it in smaller pieces: "
            "JSON Lines, smaller row groups."
        ) from error
    except RecursionError as error:
        raise UnreadableSource("It nests deeper than anything that an import reads.") from error
    finally:
        try:
            mine.lift()
        finally:
            mine.lift()  # If an alarm came in between: they are seconds apart.


class _Limit:
    """One block's."""

    def __init__(self, byte_count: int) -> None:
        self.byte_count = byte_count

    def set(self) -> None:
        with _lock:
            _set.append(self)
            _apply()

    def lift(self) -> None:
        """May be done twice."""
        with _lock:
            if self in _set:
                _set.remove(self)
            _apply()


def _apply() -> None:
    """The tightest of those that are set, or what the process had before."""
    soft, hard = BEFORE
    for one in _set:
        soft = one.byte_count if soft == resource.RLIM_INFINITY else min(soft, one.byte_count)
    if hard != resource.RLIM_INFINITY:
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """What counts against the limit so far."""
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
