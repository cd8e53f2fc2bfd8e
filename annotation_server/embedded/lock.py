"""One starter per folder: a file lock that the started servers inherit.

Because they hold it too, the lock is free only when the last of them is gone: after a kill -9 of the starter
the next one waits for the old servers to finish their clean stop, and then knows that nobody uses the data.
"""

import fcntl
import os
import time
from pathlib import Path

from annotation_server.embedded.errors import AlreadyRunning

PATIENCE_SECONDS = 20.0


def acquire(path: Path, *, patience: float = PATIENCE_SECONDS) -> int:
    """The descriptor that holds the lock: to be passed to the servers, and closed at the end.

    Raises AlreadyRunning at once when the holder is alive, or when servers left behind do not end in time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    give_up_at = time.monotonic() + patience
    while not _try_lock(descriptor):
        holder = _holder(descriptor)
        if (holder is not None and _is_alive(holder)) or time.monotonic() > give_up_at:
            os.close(descriptor)
            who = f"by process {holder}" if holder else "by another process"
            raise AlreadyRunning(
                f"the servers of {path.parent.parent} are already in use {who}: stop it first"
            )
        time.sleep(0.05)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        # A shared lock, so that many may ask at once; a starter that meets one of them tries again.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> int | None:
    text = os.pread(descriptor, 20, 0)
    return int(text) if text.isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
