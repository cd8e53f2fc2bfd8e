"""The files of a release while it is written, and what an earlier attempt that was killed left of them.

A part (a shard, a Parquet file) is taken over when the same rows are about to be written into it: the journal has their hash.
A picture is taken over when its bytes are the same. Everything else is written anew, so the export is the same bytes as one
that nothing disturbed. When rows have changed since, RowsChanged says so and the export begins again.
"""

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from annotation_server.formats.writers.row import ExportRow

JOURNAL = "parts.jsonl"
FILES = "files"


class RowsChanged(Exception):
    """A finished part of the earlier attempt holds other rows than the export has now."""


class RowFile(Protocol):
    """A file that rows are written into."""

    def add(self, row: ExportRow) -> None:
        """Take the row."""

    def close(self) -> None:
        """Everything is in the file."""


class Part:
    """One part under way: written, or compared with the finished one."""

    def __init__(
        self, parts: "Parts", name: str, file: RowFile | None, finished: tuple[Path, str] | None
    ) -> None:
        self._parts, self._name = parts, name
        self._file, self._finished = file, finished
        self._rows = hashlib.sha256()

    def add(self, row: ExportRow) -> None:
        """The next row."""
        self._rows.update(repr(row).encode())
        if self._file is not None:
            self._file.add(row)

    def close(self) -> None:
        """The part is finished. Raises RowsChanged."""
        path = self._parts.folder / self._name
        if self._file is not None:
            self._file.close()
            self._parts.closed(self._file)
            _flush(path)
        elif self._finished is not None:
            left, rows = self._finished
            if rows != self._rows.hexdigest():
                raise RowsChanged
            left.replace(path)
        self._parts.note(name=self._name, rows=self._rows.hexdigest())


class Parts:
    """`folder` is where the export's files go. `key` names what is exported: what was left of another export is no use."""

    def __init__(self, *, partial: Path, left: list[Path], key: str) -> None:
        self.folder = partial / FILES
        self.folder.mkdir()
        self._journal = (partial / JOURNAL).open("x", encoding="utf-8")
        self._open: list[RowFile] = []
        same = [one for one in left if _key(one) == key]
        self._left = [one / FILES for one in same]
        self._finished = {
            name: (one / FILES / name, rows)
            for one in same
            for name, rows in _noted(one)
            if (one / FILES / name).is_file()  # Not taken over by an attempt that was killed, too.
        }
        self._write({"key": key})

    def open(self, name: str, make: Callable[[Path], RowFile]) -> Part:
        """A part of that name; `make` opens its file where there is none yet."""
        finished = self._finished.get(name)
        if finished is not None:
            return Part(self, name, None, finished)
        file = make(self.folder / name)
        self._open.append(file)
        return Part(self, name, file, None)

    def put(self, *, name: str, source: Path) -> None:
        """A copy of the file under that name."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in self._left:
            with suppress(FileNotFoundError):
                if filecmp.cmp(left / name, source, shallow=False):
                    (left / name).replace(target)
                    return
        shutil.copyfile(source, target)

    def closed(self, file: RowFile) -> None:
        """A part's file has been closed."""
        self._open.remove(file)

    def note(self, *, name: str, rows: str) -> None:
        """The part is finished and on the disk."""
        self._write({"name": name, "rows": rows})

    def close(self) -> None:
        """No more parts come; files of an export that failed are open still."""
        for file in self._open:
            with suppress(OSError):
                file.close()
        self._journal.close()

    def _write(self, line: dict[str, str]) -> None:
        self._journal.write(json.dumps(line) + "\n")
        self._journal.flush()


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _lines(partial: Path) -> list[dict[str, str]]:
    """A line that was cut short ends it."""
    lines: list[dict[str, str]] = []
    with suppress(OSError, ValueError):
        lines.extend(map(json.loads, (partial / JOURNAL).read_text(encoding="utf-8").splitlines()))
    return lines


def _key(partial: Path) -> str:
    return next((line.get("key", "") for line in _lines(partial)), "")


def _noted(partial: Path) -> list[tuple[str, str]]:
    return [(line["name"], line["rows"]) for line in _lines(partial) if "name" in line]
