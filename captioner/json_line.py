"""One line of JSON Lines, for every reader: many split texts also at the line ends of Unicode, which JSON leaves alone."""

import json
from typing import Final

LINE_ENDS: Final = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_line(value: object) -> str:
    """With its line end."""
    line = json.dumps(value, ensure_ascii=False)
    for character, escaped in LINE_ENDS.items():
        line = line.replace(character, escaped)
    return f"{line}\n"
