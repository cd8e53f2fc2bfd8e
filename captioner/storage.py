"""Files that are either whole or absent: written under another name, forced to disk, then renamed."""

import errno
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from safetensors import SafetensorError

from captioner.errors import DiskFull

NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def refusing_full_disk(path: Path) -> Iterator[None]:
    """Turns "no space left", a used up quota and a file larger than allowed into DiskFull."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DiskFull(path) from error
        raise
    except SafetensorError as error:
        # safetensors tells the system's error in words only.
        if any(f"(os error {number})" in str(error) for number in NO_SPACE):
            raise DiskFull(path) from error
        raise


@contextmanager
def published_file(path: Path) -> Iterator[IO[str]]:
    """A text file that appears at `path` only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with refusing_full_disk(path):
        try:
            with unfinished.open("w", encoding="utf-8") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def published_path(path: Path) -> Iterator[Path]:
    """A place to write a file of any kind, which appears at `path` only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with refusing_full_disk(path):
        try:
            yield unfinished
            with unfinished.open("rb") as handle:
                os.fsync(handle.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def published_folder(path: Path) -> Iterator[Path]:
    """A folder that appears at `path`, instead of an older one, only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with refusing_full_disk(path):
        try:
            unfinished.mkdir()
            yield unfinished
            _sync_tree(unfinished)
            _swap(unfinished, path)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds an exclusive lock on the file `path`; other processes wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def claimed(path: Path) -> Iterator[bool]:
    """Whether the work that the file `path` stands for is ours until the block ends, or our process does.

    The file goes when the block ends well: a process that still holds it must then check whether the work is done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
        path.unlink(missing_ok=True)


def _sync_tree(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def _swap(new: Path, path: Path) -> None:
    """A folder cannot be renamed over a full one, so an older one steps aside first."""
    older = path.with_name(f".{path.name}.old.{uuid.uuid4().hex}")
    if path.exists():
        path.rename(older)
    new.rename(path)
    shutil.rmtree(older, ignore_errors=True)
