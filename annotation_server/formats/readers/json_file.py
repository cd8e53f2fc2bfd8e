"""What the readers of JSON files share: the whole document, within a bound."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.text_lines import LINE_LIMIT

BYTE_LIMIT = 512 * 1024 * 1024


def document(path: Path) -> Any:
    """The parsed file; None when it is not one JSON document. Raises UnreadableSource when it is too large to be held in
    memory."""
    if not path.is_file() or _starts_with(path) not in {b"{", b"["} or _is_lines(path):
        return None
    stat = path.stat()
    if stat.st_size > BYTE_LIMIT:
        raise UnreadableSource(
            f"{path} has {stat.st_size:,} bytes of JSON in one piece; at most {BYTE_LIMIT:,} are read. Write it as JSON Lines."
        )
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


def list_of_objects(value: Any) -> list[dict[str, Any]] | None:
    """The value if it is a list that starts with an object, else None."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return value
    return None


@lru_cache(maxsize=1)
def _parsed(path: Path, changed: int, size: int) -> Any:
    """Several readers ask the same file whether it is theirs: parsed once."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None


def _is_lines(path: Path) -> bool:
    """Is the first line an object of its own, with more after it? Told without reading the file."""
    with path.open("rb") as file:
        first = file.readline(LINE_LIMIT).removeprefix(b"\xef\xbb\xbf")
        if not first.endswith(b"\n") or not file.read(4096).strip():
            return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _starts_with(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
