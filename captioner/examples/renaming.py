"""Examples under made-up names, in alt-text and caption alike.

A name that a small training set has once can be learned by heart, and the caption with it: the model then looks at neither
the image nor the rest of the alt-text. Under names that it has never seen it can only copy. What a name is, names.py
tells.
"""

import random
import re
from collections.abc import Sequence
from typing import Final

from captioner.examples.names import shared_names
from captioner.samples.manifest import Row, joined_alt_text

# So many versions of an example are made; they differ in their names alone.
VERSIONS: Final = 16


def renamed_texts(rows: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """For each row with a caption its versions: alt-text and caption. None for a row without names.

    A made-up name begins as one name of the rows does and ends as another.
    """
    names_of_rows = [shared_names(caption=row.caption or "", alt_texts=row.alt_texts) for row in rows]
    every = sorted({name for names in names_of_rows for name in names})
    return [
        [_renamed(row, names=names, every=every, version=version) for version in range(VERSIONS)]
        if names
        else []
        for row, names in zip(rows, names_of_rows, strict=True)
    ]


def _renamed(row: Row, *, names: Sequence[str], every: Sequence[str], version: int) -> tuple[str, str]:
    rng = random.Random(f"{row.row_id}/{version}")
    others = {name: _made_up(every, rng=rng) for name in names}
    anyone = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def exchanged(text: str) -> str:
        return anyone.sub(lambda found: others[found.group()], text)

    return exchanged(joined_alt_text(row)), exchanged((row.caption or "").strip())


def _made_up(names: Sequence[str], *, rng: random.Random) -> str:
    start, end = rng.choice(names), rng.choice(names)
    return start[: _cut(start, rng=rng)] + end[_cut(end, rng=rng) :]


def _cut(name: str, *, rng: random.Random) -> int:
    """Somewhere in the middle, so that two letters stay on either side where there are as many."""
    shortest = min(2, len(name))
    return rng.randint(shortest, max(shortest, len(name) - 2))
