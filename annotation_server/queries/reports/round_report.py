"""What a round changed: per arm, how long people took, how much they edited, how good it is, and what the draft does to that.

The control arm started without the draft, by lot, task by task; so the difference of the arms is what starting from the draft
causes, and Welch's interval is right for it (see queries/reports/intervals.py).
"""

from dataclasses import dataclass

from django.db import connection

from annotation_server.models import Round
from annotation_server.queries.reports.intervals import Measured, Sample, difference_interval, mean_interval

MEASURES = [
    "seconds",
    "words",
    "words_changed",
    "similarity",
    "unchanged",
    "concepts_kept",
    "accepted",
    "clip_score",
    "cider",
]

# One row per arm: which arm, how many captions, how many of them measured, then count, mean and variance of each measure.
ARMS = """
WITH measured AS (
    SELECT task.control, caption.seconds, caption.words::float8 AS words, caption.words_changed::float8 AS words_changed,
        caption.similarity, (btrim(caption.text) = btrim(task.starting_text))::integer::float8 AS unchanged,
        (SELECT avg((concept.outcome IN ('kept', 'kept_on_trust'))::integer::float8)
         FROM concept WHERE concept.caption_id = caption.id) AS concepts_kept,
        (SELECT (review.verdict = 'accepted')::integer::float8
         FROM review WHERE review.caption_id = caption.id ORDER BY review.level DESC, review.revision DESC LIMIT 1) AS accepted,
        measure.clip_score, measure.cider
    FROM task JOIN LATERAL (
        SELECT * FROM caption WHERE caption.task_id = task.id AND NOT late AND annotator_id = task.annotator_id
        ORDER BY id LIMIT 1
    ) AS caption ON true
    LEFT JOIN caption_measure AS measure ON measure.caption_id = caption.id
    WHERE task.round_id = %(round)s AND task.check_kind = ''
)
SELECT control, count(*), {columns} FROM measured GROUP BY control ORDER BY control
"""
COLUMNS = ", ".join(f"count({name}), avg({name}), var_samp({name})" for name in MEASURES)


@dataclass(frozen=True, kw_only=True)
class Arm:
    """The first captions of one arm's tasks."""

    captions: int
    measures: dict[str, Measured]


@dataclass(frozen=True, kw_only=True)
class RoundReport:
    """`difference` is the arm with drafts minus the control arm, of what both have. Of `unmeasured` captions no worker of the
    captioner has said yet how well they fit their images."""

    drafted: Arm
    control: Arm
    difference: dict[str, Measured]
    unmeasured: int


def round_report(*, round: Round) -> RoundReport:
    """Compare the arms of a round (without a control share everything is in the first)."""
    nothing = {name: Sample(count=0, mean=None, variance=None) for name in MEASURES}
    captions, samples = {False: 0, True: 0}, {False: nothing, True: nothing}
    with connection.cursor() as cursor:
        cursor.execute(ARMS.replace("{columns}", COLUMNS), {"round": round.pk})
        for control, count, *figures in cursor.fetchall():
            captions[control] = count
            samples[control] = {
                name: Sample(count=figures[3 * i], mean=figures[3 * i + 1], variance=figures[3 * i + 2])
                for i, name in enumerate(MEASURES)
            }
    drafted, control_arm = (
        Arm(
            captions=captions[arm],
            measures={name: mean_interval(sample) for name, sample in samples[arm].items()},
        )
        for arm in (False, True)
    )
    differences = {name: difference_interval(samples[False][name], samples[True][name]) for name in MEASURES}
    return RoundReport(
        drafted=drafted,
        control=control_arm,
        difference={name: found for name, found in differences.items() if found is not None},
        unmeasured=sum(captions[arm] - samples[arm]["clip_score"].count for arm in (False, True)),
    )
