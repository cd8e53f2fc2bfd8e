"""The records of a table: one a line, or several lines where a quoted cell spans them. A broken one costs only itself."""

import csv
from collections import deque
from collections.abc import Iterator

from annotation_server.formats.readers.dialect import Dialect
from annotation_server.formats.readers.text_lines import LINE_LIMIT, TooLong

# A quotation mark that is never closed must not swallow the rest of the table.
LINES_OF_A_RECORD = 500
TOO_LONG = f"The line is longer than {LINE_LIMIT:,} bytes."
QUOTES = "Its quotation marks do not match ({}): a cell that begins with one must end with one, and those inside are doubled."


def records(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str] | str]:
    """Cells, or what is wrong with the record. Empty lines are passed over."""
    return _in_quotes(lines, dialect.delimiter) if dialect.quoted else _as_written(lines, dialect.delimiter)


def _as_written(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | str]:
    for line in lines:
        if isinstance(line, TooLong):
            yield TOO_LONG
        elif line.strip():
            yield line.rstrip("\r\n").split(delimiter)


def _in_quotes(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | str]:
    csv.field_size_limit(LINE_LIMIT)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield TOO_LONG if isinstance(feed.taken[0], TooLong) else QUOTES.format(error)
            feed.give_back()
            continue
        if cells:
            yield cells


class _Feed:
    """Lines for the csv module, with those of the record that it is reading, which can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        if isinstance(line, TooLong) or len(self.taken) > LINES_OF_A_RECORD:
            raise csv.Error(f"not within {LINES_OF_A_RECORD} lines")
        return line

    def give_back(self) -> None:
        """Only the record's first line was wrong: the others are read again."""
        self._back.extendleft(reversed(self.taken[1:]))
