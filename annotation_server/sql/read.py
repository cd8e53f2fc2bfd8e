"""A file of SQL by its name, with the files that it names in braces put in."""

import re
from pathlib import Path

NAMED = re.compile(r"\{(\w+)\}")


def sql(name: str) -> str:
    """The text of the file of that name. Raises FileNotFoundError."""
    text = Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
    return NAMED.sub(lambda found: sql(found[1]), text)
