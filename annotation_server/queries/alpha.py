"""Krippendorff's α: 1 for full agreement, 0 for what chance would give, below for less; by nltk, which takes any distance.

Of what is compared with texts for values, every two are, so only so many units are looked at: the first ones, in the order
that they come in.
"""

from collections.abc import Callable, Hashable, Sequence

MOST_TEXT_UNITS = 100

Distance = Callable[[str, str], float]


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """For nominal values. A unit has what each of several people gave; None when all gave the same everywhere."""
    return _alpha(units, distance=None)


def text_alpha(units: Sequence[Sequence[str]], *, distance: Distance) -> float | None:
    """For texts with a distance from 0 (the same) to 1."""
    return _alpha(units[:MOST_TEXT_UNITS], distance=distance)


def _alpha(units: Sequence[Sequence[Hashable]], *, distance: Distance | None) -> float | None:
    if len({value for unit in units for value in unit}) < 2:
        return None
    # Loaded at the first use: it takes most of a second.
    from nltk.metrics.agreement import AnnotationTask

    given = [(coder, number, value) for number, unit in enumerate(units) for coder, value in enumerate(unit)]
    task = AnnotationTask(given, **({} if distance is None else {"distance": distance}))
    return float(task.alpha())
