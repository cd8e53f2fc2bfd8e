"""The outcome of every row of an import, as CSV that a spreadsheet can open without running anything."""

import csv
import io
import os
from pathlib import Path

from annotation_server.formats.writers.csv import guarded
from annotation_server.texts.text import on_one_line

HEADER = ("row", "name", "outcome", "reason")


class RowJournal:
    """Lines wait until `flush` writes them, so a worker that lost its import leaves no trace. An import that is taken up
    again keeps `kept_bytes` of what is there."""

    def __init__(self, path: Path, *, kept_bytes: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self._path = path
        self._size = kept_bytes
        self._waiting = io.StringIO()
        self._writer = csv.writer(self._waiting, lineterminator="\n")
        if kept_bytes == 0:
            self._writer.writerow(HEADER)

    def add(self, *, number: int, name: str, outcome: str, reason: str = "") -> None:
        """One row's outcome, or a note about it."""
        self._writer.writerow((number, guarded(on_one_line(name)), outcome, guarded(on_one_line(reason))))

    def flush(self) -> int:
        """Everything so far is on the disk; returns how many bytes that is."""
        with self._path.open("r+b") as file:
            file.truncate(self._size)
            file.seek(self._size)
            file.write(self._waiting.getvalue().encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
            self._size = file.tell()
        self._waiting.seek(0)
        self._waiting.truncate()
        return self._size
