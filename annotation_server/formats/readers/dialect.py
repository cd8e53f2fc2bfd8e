"""How a table is written: what is between its cells, whether quotation marks are its own, and whether it has a header."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.text_lines import LINE_LIMIT

DELIMITERS = "\t,;|"
# As Excel writes it and nobody else.
SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
# As in Flickr8k.token.txt: iguana.jpg#0
PICTURE_NAME = re.compile(r"[^\s/]+\.(?:jpe?g|png|webp|gif)(?:#\d+)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """`names` are the columns; `headless`: the first line is a row already. `first_row` lines come before the rows. `quoted`:
    cells may be put into quotation marks, which are then no part of the text."""

    delimiter: str
    names: list[str]
    headless: bool = False
    first_row: int = 1
    quoted: bool = True


def dialect_of(lines: list[str], *, more: bool = True, guess: bool = False) -> Dialect | None:
    """By the first lines of a file (`more`: it has others); None when they are no table of images. `guess`: they are one,
    whatever its columns are called."""
    start = next((at for at, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return None
    delimiters = DELIMITERS
    if found := SEPARATOR_LINE.fullmatch(lines[start]):
        delimiters, start = found[1], start + 1
    if start >= len(lines) or "\x00" in lines[start]:
        return None
    first, rest = lines[start], lines[start:]
    likeliest = sorted(delimiters, key=first.count, reverse=True)
    for delimiter in likeliest:
        cells = split_line(first, delimiter)
        names, headless = _names(cells), _headless(cells)
        if names is not None or headless is not None:
            return Dialect(
                delimiter=delimiter,
                names=unique(names or headless or []),
                headless=names is None,
                first_row=start + (names is not None),
                quoted=is_quoted(rest, delimiter=delimiter, width=len(cells), more=more),
            )
    if not guess:
        return None
    cells = split_line(first, likeliest[0])
    return Dialect(
        delimiter=likeliest[0],
        names=unique(cells),
        first_row=start + 1,
        quoted=is_quoted(rest, delimiter=likeliest[0], width=len(cells), more=more),
    )


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line, without blanks around them."""
    csv.field_size_limit(LINE_LIMIT)
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def unique(names: Iterable[str]) -> list[str]:
    """Every column under a name of its own; one without a name is called by its place."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        name = name or f"column {place}"
        found.append(name if name not in found else f"{name} ({place})")
    return found


def is_quoted(lines: list[str], *, delimiter: str, width: int, more: bool) -> bool:
    """Are quotation marks the table's own, or part of its texts as in Conceptual Captions? What gives more rows of the right
    width is right. When both do: the table's own, except in a TSV in which nothing needs them."""
    tabs = delimiter == "\t"
    if not any('"' in line for line in lines):
        return not tabs
    filled = [line for line in lines if line.strip()]
    as_written = sum(line.count(delimiter) + 1 != width for line in filled)
    records, wrong = _as_csv(filled, delimiter, width, more)
    if wrong != as_written:
        return wrong < as_written
    needed = filled[0].startswith('"') or any('""' in line for line in filled)
    return not tabs or (needed and records == len(filled))


def _as_csv(lines: list[str], delimiter: str, width: int, more: bool) -> tuple[int, int]:
    """How many rows there are when quotation marks are the table's own, and how many of them are of another width or broken."""
    csv.field_size_limit(LINE_LIMIT)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records = wrong = 0
    while True:
        records += 1
        try:
            cells = next(reader)
        except StopIteration:
            return records - 1, wrong
        except csv.Error as error:
            wrong += not (more and "unexpected end" in str(error))
            continue
        wrong += len(cells) != width


def _names(cells: list[str]) -> list[str] | None:
    """The header of a table of images."""
    fields = set(Columns(names=cells, said={}).field_of.values())
    return cells if fields & {"image", "image_url"} else None


def _headless(cells: list[str]) -> list[str] | None:
    """Names for a table without a header: an address and a caption in either order, with more behind it as in Conceptual
    Captions with labels, or a picture's file and a caption as in Flickr8k."""
    if len(cells) < 2:
        return None
    addresses = [place for place, cell in enumerate(cells) if ADDRESS.match(cell)]
    if len(addresses) == 1 and addresses[0] < 2:
        first = ["image_url", "caption"] if addresses[0] == 0 else ["caption", "image_url"]
        return [*first, *(f"column {place}" for place in range(3, len(cells) + 1))]
    if len(cells) == 2 and PICTURE_NAME.fullmatch(cells[0]):
        return ["image", "caption"]
    return None
