"""Seeing that a caption goes round in circles: the same few tokens, again and again, up to its end."""

from collections.abc import Sequence
from typing import Final

# How often a group of tokens has to stand one after the other at the end, how long it may be, and how many tokens that has
# to make: "very, very, very" is no loop.
TIMES: Final = 4
LONGEST_GROUP: Final = 48
FEWEST_TOKENS: Final = 12


def is_loop(ids: Sequence[int]) -> bool:
    """Whether the ids end in such a run; its last group may be cut off."""
    for group in range(1, min(LONGEST_GROUP, len(ids) // TIMES) + 1):
        needed = max(TIMES * group, FEWEST_TOKENS)
        if needed <= len(ids) and all(
            ids[-place] == ids[-place - group] for place in range(1, needed - group + 1)
        ):
            return True
    return False
