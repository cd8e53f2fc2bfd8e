"""What a round changed: per arm, how long people took and how much they edited, and what the draft itself does to that.

The control arm started without the draft, by lot; so the difference of the arms is what starting from the draft causes.
Intervals are 95 %, from the normal approximation of the mean.
"""

from dataclasses import dataclass
from math import sqrt

from django.db import connection

from annotation_server.models import Round

Z_95 = 1.96
MEASURES = ["seconds", "words", "words_changed", "similarity", "unchanged", "concepts_kept", "accepted"]

# One row per arm: which arm, how many captions, then count, mean and variance of each measure.
ARMS = """
WITH measured AS (
    SELECT task.control, caption.seconds, caption.words::float8 AS words, caption.words_changed::float8 AS words_changed,
        caption.similarity, (caption.words_changed = 0)::integer::float8 AS unchanged,
        (SELECT avg((concept.outcome IN ('kept', 'kept_on_trust'))::integer::float8)
         FROM concept WHERE concept.caption_id = caption.id) AS concepts_kept,
        (SELECT (review.verdict = 'accepted')::integer::float8
         FROM review WHERE review.caption_id = caption.id ORDER BY review.level DESC LIMIT 1) AS accepted
    FROM task JOIN LATERAL (
        SELECT * FROM caption WHERE caption.task_id = task.id AND NOT late AND annotator_id = task.annotator_id
        ORDER BY id LIMIT 1
    ) AS caption ON true
    WHERE task.round_id = %(round)s AND task.check_kind = ''
)
SELECT control, count(*), {columns} FROM measured GROUP BY control ORDER BY control
"""
COLUMNS = ", ".join(f"count({name}), avg({name}), var_samp({name})" for name in MEASURES)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A mean with its 95 % interval; None where nothing was measured (the interval needs two captions)."""

    mean: float | None
    low: float | None
    high: float | None
    variance_of_mean: float | None


@dataclass(frozen=True, kw_only=True)
class Arm:
    """The first captions of one arm's tasks."""

    captions: int
    measures: dict[str, Measured]


@dataclass(frozen=True, kw_only=True)
class RoundReport:
    """`difference` is the arm with drafts minus the control arm; empty unless both have captions."""

    drafted: Arm
    control: Arm
    difference: dict[str, Measured]


def round_report(*, round: Round) -> RoundReport:
    """Compare the arms of a round (without a control share everything is in the first)."""
    arms = {False: _arm([]), True: _arm([])}
    with connection.cursor() as cursor:
        cursor.execute(ARMS.replace("{columns}", COLUMNS), {"round": round.pk})
        for control, *figures in cursor.fetchall():
            arms[control] = _arm(figures)
    return RoundReport(
        drafted=arms[False], control=arms[True], difference=_difference(arms[False], arms[True])
    )


def _arm(figures: list[float | None]) -> Arm:
    if not figures:
        return Arm(captions=0, measures={name: _measured(0, None, None) for name in MEASURES})
    of_measures = [figures[1 + 3 * i : 4 + 3 * i] for i in range(len(MEASURES))]
    return Arm(
        captions=int(figures[0] or 0),
        measures={
            name: _measured(int(count or 0), mean, variance)
            for name, (count, mean, variance) in zip(MEASURES, of_measures, strict=True)
        },
    )


def _measured(count: int, mean: float | None, variance: float | None) -> Measured:
    spread = None if variance is None or count == 0 else float(variance) / count
    return _with_interval(None if mean is None else float(mean), spread)


def _with_interval(mean: float | None, spread: float | None) -> Measured:
    if mean is None or spread is None:
        return Measured(mean=mean, low=None, high=None, variance_of_mean=None)
    half = Z_95 * sqrt(spread)
    return Measured(mean=mean, low=mean - half, high=mean + half, variance_of_mean=spread)


def _difference(one: Arm, other: Arm) -> dict[str, Measured]:
    differences = {}
    for name in MEASURES:
        left, right = one.measures[name], other.measures[name]
        if left.mean is None or right.mean is None:
            continue
        known = left.variance_of_mean is not None and right.variance_of_mean is not None
        spread = (left.variance_of_mean or 0) + (right.variance_of_mean or 0) if known else None
        differences[name] = _with_interval(left.mean - right.mean, spread)
    return differences
