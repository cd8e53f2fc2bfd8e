"""How much memory reading a stranger's source may take: a Parquet page, an Arrow batch, a tar's header or a JSON document can
say that it is far larger than its file. The limit is the process's own (RLIMIT_DATA: what it may write to, not the files it
maps) while a source is read; the reader gets a MemoryError, and the import a plain reason.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation_server.errors import UnreadableSource

STATUS = Path("/proc/self/status")


@contextmanager
def limited_memory(byte_count: int) -> Iterator[None]:
    """The block may take so many bytes more than the process has now. Raises UnreadableSource for one that wants more, and for
    one that nests deeper than Python goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data_bytes() + byte_count
    tighter = min(one for one in (wanted, soft, hard) if one != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_DATA, (tighter, hard))
    try:
        yield
    except MemoryError as error:
        raise UnreadableSource(
            f"Reading it needs more than {byte_count:,} bytes of memory (IMPORT_MEMORY_LIMIT). Write it in smaller pieces: "
            "JSON Lines, smaller row groups."
        ) from error
    except RecursionError as error:
        raise UnreadableSource("It nests deeper than anything that an import reads.") from error
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """What counts against the limit so far."""
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
