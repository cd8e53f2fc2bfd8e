"""Means with their 95 % intervals: Student's t for a mean, Welch's for a difference of two, the jackknife for anything else.

They hold for few captions too, need no library of statistics in the web process, and give the same figures each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist, fmean, variance
from typing import TypeVar

LEVEL = 0.95
# Of as many groups one after the other is left out.
JACKKNIFE_GROUPS = 20
# With fewer degrees of freedom an interval would say nothing.
FEWEST_FREEDOM = 2

Unit = TypeVar("Unit")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A mean with its 95 % interval; None where nothing was measured (the interval needs three values)."""

    mean: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What the intervals need of a sample; `variance` is None with fewer than two values."""

    count: int
    mean: float | None
    variance: float | None


def sample_of(values: Sequence[float]) -> Sample:
    """Of values that are all there."""
    return Sample(
        count=len(values),
        mean=fmean(values) if values else None,
        variance=variance(values) if len(values) > 1 else None,
    )


def mean_interval(sample: Sample) -> Measured:
    """Of one mean."""
    if sample.mean is None or sample.variance is None:
        return Measured(mean=sample.mean)
    return _interval(sample.mean, error=sqrt(sample.variance / sample.count), freedom=sample.count - 1)


def difference_interval(one: Sample, other: Sample) -> Measured | None:
    """Of `one` minus `other`, by Welch: the variances may differ. None where either was not measured."""
    if one.mean is None or other.mean is None:
        return None
    difference = one.mean - other.mean
    if one.variance is None or other.variance is None:
        return Measured(mean=difference)
    left, right = one.variance / one.count, other.variance / other.count
    if left + right == 0:
        freedom: float = one.count + other.count - 2
    else:
        freedom = (left + right) ** 2 / (left**2 / (one.count - 1) + right**2 / (other.count - 1))
    return _interval(difference, error=sqrt(left + right), freedom=freedom)


def jackknife_interval(
    *, units: Sequence[Unit], estimate: Callable[[Sequence[Unit]], float | None], most: float
) -> Measured | None:
    """Of any smooth figure over independent units, by leaving out one group of them after the other. It is `most` at most.

    None where the figure is not defined; without interval where it is not once a group is left out.
    """
    figure = estimate(units)
    if figure is None:
        return None
    groups = min(JACKKNIFE_GROUPS, len(units))
    without = [
        estimate([unit for place, unit in enumerate(units) if place % groups != group])
        for group in range(groups)
    ]
    known = [value for value in without if value is not None]
    if len(known) < groups or groups < FEWEST_FREEDOM:
        return Measured(mean=figure)
    error = sqrt((groups - 1) ** 2 / groups * variance(known))
    found = _interval(figure, error=error, freedom=groups - 1)
    return found if found.high is None else replace(found, high=min(found.high, most))


def t_quantile(*, freedom: float) -> float:
    """How many standard errors an interval reaches to either side (Abramowitz and Stegun, 26.7.5).

    From three degrees of freedom on it is right to a thousandth, with two to a hundredth.
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def _interval(mean: float, *, error: float, freedom: float) -> Measured:
    if freedom < FEWEST_FREEDOM:
        return Measured(mean=mean)
    half = t_quantile(freedom=freedom) * error
    return Measured(mean=mean, low=mean - half, high=mean + half)
