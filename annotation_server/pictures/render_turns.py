"""Whose turn it is to make a picture: one maker a name, and few large ones at a time, over all processes of this machine.

Nobody waits: a web thread that waited would keep everybody else from theirs. A lock goes with the process that holds it.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotation_server.errors import PictureNotReady
from annotation_server.pictures.storage import staging_folder

# Names share that many locks: two that meet on one are only made one after the other.
LOCKS = 4_096
# In full size: each may take as much memory as an import's decoder.
LARGE_AT_ONCE = 2


@contextmanager
def only_maker(name: str) -> Iterator[None]:
    """Raises PictureNotReady while somebody else makes it."""
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16) % LOCKS
    with _one_of([f"name-{number}"], "This picture is being made. Try again in a moment."):
        yield


@contextmanager
def large_turn() -> Iterator[None]:
    """Raises PictureNotReady while as many as may are being made."""
    names = [f"large-{number}" for number in range(LARGE_AT_ONCE)]
    with _one_of(names, "Too many large pictures are being made. Try again in a moment."):
        yield


@contextmanager
def _one_of(names: Sequence[str], otherwise: str) -> Iterator[None]:
    folder = staging_folder() / "turns"
    folder.mkdir(exist_ok=True)
    for name in names:
        if (descriptor := _locked(folder / name)) is not None:
            try:
                yield
            finally:
                os.close(descriptor)
            return
    raise PictureNotReady(otherwise)


def _locked(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
