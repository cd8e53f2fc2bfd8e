"""Intervals against figures of the textbooks."""

from statistics import fmean

import pytest

from annotation_server.queries.reports.intervals import (
    Measured,
    Sample,
    difference_interval,
    jackknife_interval,
    mean_interval,
    sample_of,
    t_quantile,
)


@pytest.mark.parametrize(
    ("freedom", "table"), [(2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042), (1e9, 1.960)]
)
def test_quantiles_are_those_of_the_table(freedom: float, table: float) -> None:
    assert t_quantile(freedom=freedom) == pytest.approx(table, rel=0.01 if freedom == 2 else 0.0015)


def test_a_mean_has_students_interval() -> None:
    """Mean 3, variance 2.5, five values: 3 ± 2.776 · √0.5."""
    found = mean_interval(sample_of([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 1.037, 4.963), abs=0.002)


def test_two_values_have_a_mean_alone() -> None:
    assert mean_interval(sample_of([1.0, 2.0])) == Measured(mean=1.5)
    assert mean_interval(sample_of([])) == Measured(mean=None)


def test_a_difference_has_welchs_interval() -> None:
    """Unequal variances and sizes: the error is √(4/10 + 25/20) = 1.2845 with 26.75 degrees of freedom, t = 2.053."""
    found = difference_interval(
        Sample(count=10, mean=20.0, variance=4.0), Sample(count=20, mean=17.0, variance=25.0)
    )
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 0.363, 5.637), abs=0.005)
    assert difference_interval(sample_of([1.0]), sample_of([])) is None


def test_the_jackknife_of_a_mean_is_students_interval() -> None:
    """Where no more units than groups are there, leaving out one after the other gives the usual error of the mean."""
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    found = jackknife_interval(units=values, estimate=fmean, most=9.0)
    usual = mean_interval(sample_of(values))
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((usual.mean, usual.low, usual.high))
    bounded = jackknife_interval(units=values, estimate=fmean, most=4.5)
    assert bounded is not None
    assert bounded.high == 4.5


def test_a_figure_that_hangs_on_one_unit_has_no_interval() -> None:
    def estimate(units: object) -> float | None:
        return 1.0 if "all" in list(units) else None  # type: ignore[call-overload]

    assert jackknife_interval(units=["all", "some", "more"], estimate=estimate, most=1.0) == Measured(
        mean=1.0
    )
    assert jackknife_interval(units=["some"], estimate=estimate, most=1.0) is None
