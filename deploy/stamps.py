"""What was done last time, so that it is not done again: a hash of the inputs, kept in a file."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def hash_of(*, files: Iterable[Path], words: Iterable[str] = ()) -> str:
    """One hash over the contents of the files (folders: all files in them) and the words."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for file in sorted(path for given in files for path in _files_in(given)):
        total.update(os.fsencode(file) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    try:
        return stamp.read_text("utf-8") == value
    except FileNotFoundError:
        return False


def write_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, "utf-8")


def _files_in(path: Path) -> Iterable[Path]:
    return (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
