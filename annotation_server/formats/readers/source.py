"""A source that is being read: its rows, how many there are, and what its columns were taken for."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.row import ImportRow


@dataclass(frozen=True, kw_only=True)
class Source:
    """`total` is 0 where it cannot be known without reading everything."""

    format: str
    rows: Iterator[ImportRow]
    total: int
    columns: Columns | None = None
