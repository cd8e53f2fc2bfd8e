"""What changed between two exports in JSON Lines: their rows are in the order of their hashes, so both are read once."""

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.releases.release import read_manifest

DATA = "data.jsonl"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One image: `added`, `gone` or `changed`, and which fields of its row differ."""

    sha256: str
    kind: str
    fields: tuple[str, ...] = ()


def compare_exports(*, before: Path, after: Path) -> Iterator[Change]:
    """Changes from the one folder to the other, in the order of the hashes. Raises UnreadableSource."""
    for folder in (before, after):
        if read_manifest(folder).get("format") != "jsonl":
            raise UnreadableSource(f"{folder} is no export in jsonl; only those can be compared.")
    return _changes(before / DATA, after / DATA)


def _changes(before: Path, after: Path) -> Iterator[Change]:
    both = heapq.merge(_rows(before, 0), _rows(after, 1), key=lambda one: (one[0], one[1]))
    for sha256, found in groupby(both, key=lambda one: one[0]):
        rows = {side: row for _, side, row in found}
        if len(rows) == 1:
            yield Change(sha256=sha256, kind="gone" if 0 in rows else "added")
        elif rows[0] != rows[1]:
            names = rows[0].keys() | rows[1].keys()
            differ = tuple(sorted(name for name in names if rows[0].get(name) != rows[1].get(name)))
            yield Change(sha256=sha256, kind="changed", fields=differ)


def _rows(path: Path, side: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield row["sha256"], side, row
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableSource(f"{path} cannot be read as an export ({type(error).__name__}).") from error
