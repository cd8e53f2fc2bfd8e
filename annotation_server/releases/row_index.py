"""Which images an export holds, with a short digest of each field of their rows: what a later export is compared with.

Put aside on the disk while the export is written: a million rows must not fill the memory.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from annotation_server.formats.writers.columns import COLUMNS
from annotation_server.formats.writers.jsonl import as_record
from annotation_server.formats.writers.row import ExportRow

# In this order; the picture itself is the image's.
FIELDS = tuple(name for name in COLUMNS if name != "sha256")
DIGEST_BYTES = 6
ROW_BYTES = 8 + DIGEST_BYTES * len(FIELDS)
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class RowIndex:
    """`with RowIndex() as index`: add rows, then read them again."""

    def __enter__(self) -> Self:
        self.count = 0
        self._file = tempfile.TemporaryFile()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # What a full disk did not take is not needed any more.
            self._file.close()

    def add(self, *, image_id: int, row: ExportRow) -> None:
        """The next row."""
        self._file.write(image_id.to_bytes(8) + row_digests(row))
        self.count += 1

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Image ids and digests."""
        self._file.seek(0)
        while entry := self._file.read(ROW_BYTES):
            yield int.from_bytes(entry[:8]), entry[8:]


def row_digests(row: ExportRow) -> bytes:
    """DIGEST_BYTES a field, in their order."""
    record = as_record(row)
    return b"".join(_digest(record[field]) for field in FIELDS)


def differing(before: bytes, after: bytes) -> list[str]:
    """The fields whose digests differ. An export of another version may have fewer."""
    places = range(0, DIGEST_BYTES * len(FIELDS), DIGEST_BYTES)
    return [
        field
        for place, field in zip(places, FIELDS, strict=True)
        if before[place : place + DIGEST_BYTES] != after[place : place + DIGEST_BYTES]
    ]


def _digest(value: object) -> bytes:
    encoded = _as_json(value).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=DIGEST_BYTES).digest()
