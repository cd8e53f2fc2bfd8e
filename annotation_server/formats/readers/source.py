"""A source that is being read: its rows, how many there are, what its columns were taken for, and the ledger of its parts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.row import ImportRow

COLUMN_UNKNOWN = "Its name means nothing here: say what it is."
COLUMN_IGNORED = "You said that it is not used."
COLUMN_AWAY = "You said what it is, but the source has no such column."


class ColumnsSeen(Protocol):
    """What a source's columns were taken for; see Columns."""

    @property
    def field_of(self) -> Mapping[str, str]:
        """Column → field."""

    @property
    def unknown(self) -> Collection[str]:
        """Columns that mean nothing to us."""

    @property
    def samples(self) -> Mapping[str, str]:
        """What a first row has in a column."""

    @property
    def spare(self) -> Mapping[str, str]:
        """Columns that count only where another one of the same field is empty, with that one."""

    @property
    def unmet(self) -> Collection[str]:
        """Columns of which something was said, and that the source has not."""


class JoinedColumns:
    """The columns of several files that are read as one source."""

    def __init__(self, parts: list[ColumnsSeen]) -> None:
        self._parts = parts

    @property
    def field_of(self) -> dict[str, str]:
        """As the first file says that has the column."""
        return {name: field for part in reversed(self._parts) for name, field in part.field_of.items()}

    @property
    def unknown(self) -> list[str]:
        """In no file known."""
        names = dict.fromkeys(name for part in self._parts for name in part.unknown)
        return [name for name in names if name not in self.field_of]

    @property
    def samples(self) -> dict[str, str]:
        """Of the first file that has one."""
        return {name: text for part in reversed(self._parts) for name, text in part.samples.items()}

    @property
    def spare(self) -> dict[str, str]:
        """Of all files."""
        return {name: other for part in self._parts for name, other in part.spare.items()}

    @property
    def unmet(self) -> set[str]:
        """In no file."""
        return set.intersection(*(set(part.unmet) for part in self._parts)) if self._parts else set()


@dataclass(frozen=True, kw_only=True)
class Source:
    """`total` is 0 where it cannot be known without reading everything. The `ledger` is filled while `rows` are taken."""

    format: str
    rows: Iterator[ImportRow]
    total: int
    columns: ColumnsSeen | None = None
    ledger: Ledger = field(default_factory=Ledger)

    def account(self) -> list[dict[str, Any]]:
        """The ledger so far, with the columns."""
        whole = self.ledger.as_json()
        if self.columns is not None:
            own = Ledger()
            for name, field_name in self.columns.field_of.items():
                if field_name == "ignore":
                    own.leave(Kind.COLUMN, COLUMN_IGNORED, example=name)
                else:
                    own.use(Kind.COLUMN)
            for name in self.columns.unmet:
                own.leave(Kind.COLUMN, COLUMN_AWAY, example=name)
            for name in self.columns.unknown:
                own.leave(Kind.COLUMN, COLUMN_UNKNOWN, example=name)
            whole += own.as_json()
        return whole
