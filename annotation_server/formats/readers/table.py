"""CSV and TSV, plain or gzipped (WIT, Conceptual Captions and other lists): a line of column names, then a row an image."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.dialect import Dialect, dialect_of
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.records import records
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.text_lines import BROKEN, count_lines, lines, not_decoded

NAME = "table"
ENCODED = True
# A table has fewer columns.
NAMES_LIMIT = 1_000
# How many characters are looked at to see how a table is written.
SAMPLE = 4 * 1024 * 1024
SHORT = "Its row ends before its column: a row has fewer cells than the table has columns."
# What a spreadsheet would take for a formula; our own writer puts an apostrophe before it (writers/csv.py).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def recognises(path: Path) -> bool:
    """Text whose first line names a column for the image, or has just a text and an address."""
    if not path.is_file():
        return False
    try:
        return dialect_of(list(islice(lines(path), 3))) is not None
    except BROKEN:
        return False


def resembles(path: Path) -> bool:
    """A first line of several cells, none of which says that it holds the images."""
    try:
        found = dialect_of(list(islice(lines(path), 3)), guess=True)
    except BROKEN:
        return False
    return found is not None and 1 < len(found.names) < NAMES_LIMIT and all(map(str.isprintable, found.names))


def read(*, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
    """Rows in the file's order. A table without names has the caption and the image's address, in either order. Raises
    UnreadableSource, InvalidSettings."""
    dialect = _dialect(path, encoding)
    known, ledger = Columns(names=dialect.names, said=columns, complete=True), Ledger()
    return Source(
        format=NAME,
        rows=_rows(path, known, dialect, encoding, ledger),
        total=max(0, count_lines(path) - dialect.first_row),
        columns=known,
        ledger=ledger,
    )


def _dialect(path: Path, encoding: str) -> Dialect:
    sample, more = _sample(path, encoding)
    dialect = dialect_of(sample, more=more, guess=True)
    if dialect is None:
        raise UnreadableSource(f"{path} is no table: it has no line of column names.")
    return dialect


def _sample(path: Path, encoding: str) -> tuple[list[str], bool]:
    """The first lines, and whether there are more. Raises UnreadableSource."""
    sample: list[str] = []
    size = 0
    try:
        for line in lines(path, encoding):
            if size > SAMPLE:
                return sample, True
            sample.append(line)
            size += len(line)
    except BROKEN as error:
        if not sample:
            raise UnreadableSource(f"{path} cannot be read ({str(error)[:150]}).") from error
    return sample, False


def names_of(path: Path) -> list[str]:
    """The names in the first line of any table; none when it is something else."""
    try:
        found = dialect_of(list(islice(lines(path), 3)), guess=True) if path.is_file() else None
    except BROKEN:
        return []
    return found.names if found else []


def opened_table(
    path: Path, encoding: str = ""
) -> tuple[list[str], Iterator[tuple[int, dict[str, str] | str]]]:
    """The names of any table, and its numbered rows: cells, or what is wrong with them. Raises UnreadableSource."""
    dialect = _dialect(path, encoding)
    return dialect.names, _numbered(path, dialect, encoding, dialect.names)


def _rows(
    path: Path, columns: Columns, dialect: Dialect, encoding: str, ledger: Ledger
) -> Iterator[ImportRow]:
    wanted = [name for name in dialect.names if columns.counts(name)]
    texts = [name for name in wanted if columns.holds_texts(name) and name not in columns.spare]
    for number, cells in _numbered(path, dialect, encoding, wanted):
        if isinstance(cells, str):
            yield ImportRow(number=number, name=f"row {number}", problem=cells)
            continue
        if missing := sum(name not in cells for name in texts):
            ledger.leave(Kind.TEXT, SHORT, example=f"row {number}", count=missing)
        yield columns.row(number=number, cells=cells, folder=path.parent)


def _numbered(
    path: Path, dialect: Dialect, encoding: str, wanted: list[str]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    number = 0
    try:
        for record in records(islice(lines(path, encoding), dialect.first_row, None), dialect):
            number += 1
            yield number, record if isinstance(record, str) else _cells(record, dialect, wanted, encoding)
    except BROKEN as error:
        yield number + 1, f"The file breaks off here ({str(error)[:150]})."


def _cells(record: list[str], dialect: Dialect, wanted: list[str], encoding: str) -> dict[str, str] | str:
    """By column, or what is wrong. Cells that are missing at the end are empty."""
    surplus = record[len(dialect.names) :]
    if surplus and any(cell.strip() for cell in surplus):
        return (
            f"The row has {len(record)} cells; the table has {len(dialect.names)} columns. "
            f"Put texts with a {dialect.delimiter!r} in them into quotation marks."
        )
    cells = {name: _unguarded(cell) for name, cell in zip(dialect.names, record, strict=False)}
    if dialect.headless and "#" in cells.get("image", ""):  # As in Flickr8k: iguana.jpg#0
        cells["image"] = cells["image"].rpartition("#")[0]
    for name in wanted:
        cell = cells.get(name, "")
        if not cell.isascii() and (problem := not_decoded(cell, name=f"'{name}'", encoding=encoding)):
            return problem
    return cells


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
