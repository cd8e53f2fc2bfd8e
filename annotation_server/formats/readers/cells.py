"""What a cell says: a text, a list of texts, a line, a split. A refusal names the column that the cell is of."""

import ast
import json
import re
from typing import Any

from annotation_server.formats.readers.column_names import SPLITS, plain_name

# What the `datasets` library and doccano call the text inside of an object.
TEXT_KEYS = ("raw", "text", "caption", "value")
# One item of a list that Python or numpy has printed: ['a dog', "it's brown", None].
ITEM = re.compile(r"""\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|None|nan)\s*(,|(?=[\]'"]))""", re.DOTALL)


def is_nothing(cell: Any) -> bool:
    """None and NaN; some tables have NaN where a cell is empty."""
    return cell is None or cell != cell


def as_text(cell: Any, column: str) -> str:
    """One text. Numbers are written out, bytes are UTF-8. Raises ValueError."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        try:
            return cell.decode()
        except UnicodeDecodeError as error:
            raise ValueError(f"{column} holds bytes that are not UTF-8 (byte {error.start + 1}).") from None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(cell)
    raise ValueError(f"{column} holds {_kind(cell)}, not a text.")


def as_texts(cell: Any, column: str = "alt_texts") -> list[str]:
    """A cell that holds one text or several: a list, or a list that JSON, Python or numpy has written as a text. Nothing, null
    and NaN are no text. Raises ValueError."""
    if isinstance(cell, str):
        if cell.startswith("[") and cell.endswith("]"):
            return _written_list(cell)
        return [cell]
    if is_nothing(cell):
        return []
    if isinstance(cell, list | tuple):
        return [_item(one, column) for one in cell if not is_nothing(one)]
    return [_item(cell, column)]


def as_line(cell: Any, column: str = "A field") -> str:
    """A short text; numbers are written out. Raises ValueError."""
    return "" if is_nothing(cell) else as_text(cell, column)


def as_split(cell: Any, column: str = "split") -> str:
    """`train`, `eval`, or empty where the source says nothing. Other projects' words for held-out images are understood, also
    with something behind them (validation_matched). A word that is not known is refused rather than passed over: the images
    might be held out. Raises ValueError."""
    said = as_line(cell, column).strip()
    if not said:
        return ""
    word = re.match("[a-z]*", said.lower())
    found = SPLITS.get(plain_name(said)) or SPLITS.get(word[0] if word else "")
    if found is None:
        raise ValueError(
            f"{column} has {said[:50]!r}, which is no split: use train or eval, or ignore the column."
        )
    return found.value


def _item(one: Any, column: str) -> str:
    if isinstance(one, dict):
        one = next((one[key] for key in TEXT_KEYS if isinstance(one.get(key), str)), one)
    if isinstance(one, list | tuple) and len(one) == 1:
        one = one[0]
    return as_text(one, column)


def _written_list(cell: str) -> list[str]:
    """The texts of a list that was written as a text; the text itself when it is not one (an alt-text may be "[1]")."""
    try:
        found: Any = json.loads(cell)
    except (ValueError, RecursionError):
        found = _printed_list(cell)
    items = [one for one in found if not is_nothing(one)] if isinstance(found, list) else None
    if items is not None and all(isinstance(one, str) for one in items):
        return items
    return [cell]


def _printed_list(cell: str) -> list[str | None] | None:
    """As Python's repr() or numpy's writes it. Read item by item: Python itself would join texts without a comma."""
    items: list[str | None] = []
    at, end = 1, len(cell[:-1].rstrip())
    while at < end:
        found = ITEM.match(cell, at)
        if found is None:
            return None
        try:
            items.append(ast.literal_eval(found[1]) if found[1] else None)
        except (ValueError, SyntaxError):
            return None
        at = found.end()
    return items


def _kind(cell: Any) -> str:
    kinds = {dict: "an object", list: "a list", tuple: "a list", bool: "true or false"}
    return kinds.get(type(cell), f"a {type(cell).__name__}")
