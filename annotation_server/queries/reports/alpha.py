"""Krippendorff's α: 1 for full agreement, 0 for what chance would give, below for less; by krippendorff's implementation.

Of texts every two are compared, so only so many units are looked at: the first ones, in the order that they come in.
"""

from collections.abc import Callable, Sequence
from typing import Any

MOST_TEXT_UNITS = 100

Distance = Callable[[str, str], float]


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """For nominal values. A unit has what each of several people gave; None when all gave the same everywhere."""
    return _alpha(units, metric=lambda values: "nominal")


def text_alpha(units: Sequence[Sequence[str]], *, distance: Distance) -> float | None:
    """For texts with a distance from 0 (the same) to 1."""

    def metric(texts: list[str]) -> Any:
        import numpy as np

        distances = np.array([[distance(one, other) for other in texts] for one in texts])
        return lambda v1, v2, i1, i2, n_v, dtype: distances[i1, i2].astype(dtype)

    return _alpha(units[:MOST_TEXT_UNITS], metric=metric)


def _alpha(units: Sequence[Sequence[str]], *, metric: Callable[[list[str]], Any]) -> float | None:
    # Loaded at the first use: no other page of the web process needs numpy.
    import krippendorff
    import numpy as np

    values = sorted({value for unit in units for value in unit})
    if len(values) < 2:
        return None
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for number, unit in enumerate(units):
        for value in unit:
            counts[number, place[value]] += 1
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=metric(values)))
