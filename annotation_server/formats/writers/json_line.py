"""One line of JSON Lines, for every reader: many split texts also at the line ends of Unicode, which JSON leaves alone."""

import json
from typing import Any

_as_json = json.JSONEncoder(ensure_ascii=False).encode
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_line(value: Any) -> str:
    """With its line end."""
    line = _as_json(value)
    if not line.isascii():
        for character, escaped in LINE_ENDS.items():
            line = line.replace(character, escaped)
    return f"{line}\n"
