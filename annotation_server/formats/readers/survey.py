"""A look at the first rows of a source before anything is imported: are there texts, and are the pictures where rows say?"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation_server.formats.readers.lookup import is_file
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

# Enough to tell what a source is like, and read in a moment; large pictures in archives end it sooner.
ROWS_LIMIT = 10_000
SECONDS_LIMIT = 10.0
WHERE = ("found", "missing", "address", "inside")


@dataclass(kw_only=True)
class Survey:
    """`shown` are the first rows, `rows` how many were looked at: all of the source if `complete`. Pictures are `found`
    as files, `missing`, at an `address` or `inside` the rows themselves; `missing_example` is the first that is missing."""

    shown: list[ImportRow] = field(default_factory=list)
    rows: int = 0
    refused: int = 0
    complete: bool = False
    rows_with_texts: int = 0
    texts: int = 0
    found: int = 0
    missing: int = 0
    missing_example: str = ""
    address: int = 0
    inside: int = 0

    def see(self, row: ImportRow) -> None:
        """The next row."""
        self.rows += 1
        if row.problem:
            self.refused += 1
            return
        texts = row.text_count
        self.texts += texts
        self.rows_with_texts += texts > 0
        where = where_picture_is(row)
        setattr(self, where, getattr(self, where) + 1)
        if where == "missing" and not self.missing_example:
            self.missing_example = row.name

    @property
    def pictures(self) -> int:
        """Rows that have one, wherever it is."""
        return sum(getattr(self, where) for where in WHERE)

    @property
    def without_texts(self) -> bool:
        """Pictures, and not one text."""
        return self.pictures > 0 and self.texts == 0

    def as_json(self) -> dict[str, Any]:
        """For the preview."""
        return {
            "rows_read": self.rows,
            "rows_refused": self.refused,
            "complete": self.complete,
            "texts": self.texts,
            "rows_with_texts": self.rows_with_texts,
            "pictures": {
                **{where: getattr(self, where) for where in WHERE},
                "missing_example": self.missing_example,
            },
        }


def survey(source: Source, *, show: int, rows_limit: int = ROWS_LIMIT, until_text: bool = False) -> Survey:
    """Take the source's first rows; its own stream is used up so far. `until_text`: the first text answers the question."""
    found = Survey()
    ends = time.monotonic() + SECONDS_LIMIT
    for row in source.rows:
        if found.rows < show:
            found.shown.append(row)
        found.see(row)
        if found.rows >= rows_limit or time.monotonic() > ends or (until_text and found.texts):
            return found
    found.complete = True
    return found


def told_without_texts(told: Mapping[str, Any]) -> bool:
    """The same of a survey that was kept (as_json)."""
    return not told["texts"] and any(told["pictures"][where] for where in WHERE)


def where_picture_is(row: ImportRow) -> str:
    """One of WHERE."""
    if isinstance(row.picture, bytes):
        return "inside"
    if isinstance(row.picture, Path):
        return "found" if is_file(row.picture) else "missing"
    return "address" if row.picture else "missing"


def without_texts(found: Survey) -> str:
    """What is said of a source that has none, and what to do."""
    which = "The source has" if found.complete else f"The first {found.rows:,} rows have"
    return (
        f"{which} {found.pictures:,} pictures and not one text. Say which column holds the texts, or which file "
        "(--column, --texts; the preview tells what was not used); or say that the pictures come in without alt-texts "
        "(--without-texts)."
    )
