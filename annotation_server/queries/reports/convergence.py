"""Do captions still change from round to round? Per round the distribution, and which images another round would help."""

from dataclasses import dataclass

from django.db import connection

from annotation_server.models import Round
from annotation_server.queries.rounds.launch_plan import CONVERGED_SIMILARITY, FACTS_CHANGED
from annotation_server.queries.tasks.taken_back import TAKEN_BACK

BUCKETS = 10

# Similarity of each accepted caption to the caption of the round before it; fixed ones are measured against that too.
CAPTIONS = """
WITH compared AS (
    SELECT caption.parent_similarity AS similarity, {facts_changed} AS facts_changed
    FROM task JOIN caption ON caption.id = task.current_caption_id
    WHERE task.round_id = %(round)s AND task.state IN ('submitted', 'accepted') AND task.previous_caption_id IS NOT NULL
      AND task.check_kind = ''
      AND caption.parent_similarity IS NOT NULL
)
SELECT least(floor(similarity * %(buckets)s), %(buckets)s - 1)::integer, count(*), sum(similarity),
    count(*) FILTER (WHERE similarity >= %(converged)s AND NOT facts_changed), count(*) FILTER (WHERE facts_changed)
FROM compared GROUP BY 1 ORDER BY 1
"""
SECONDS = """
SELECT avg(seconds) FROM caption JOIN task ON task.id = caption.task_id
WHERE task.round_id = %(round)s AND NOT {taken_back}
""".replace("{taken_back}", TAKEN_BACK)
# Held and waiting tasks will have captions too, which may still change.
UNFINISHED = """
SELECT count(*) FROM task WHERE round_id = %(round)s AND check_kind = '' AND state IN ('pending', 'claimed', 'returned')
"""
# Of so few captions nobody can say whether captions converge.
FEWEST_COMPARED = 10


@dataclass(frozen=True, kw_only=True)
class Convergence:
    """`histogram[i]` counts captions with a similarity from i/10 on; what another round on the rest would cost in hours.

    `facts_changed` of the captions keep a concept that the caption before dropped, or the other way round.
    """

    compared: int
    converged: int
    mean_similarity: float | None
    facts_changed: int
    histogram: list[int]
    threshold: float
    still_changing: int
    hours_for_another_round: float | None
    recommendation: str


def convergence(*, round: Round) -> Convergence:
    """How far the round's captions moved from those of the round before."""
    values = {"round": round.pk, "buckets": BUCKETS, "converged": CONVERGED_SIMILARITY}
    histogram, compared, total, converged, facts = [0] * BUCKETS, 0, 0.0, 0, 0
    with connection.cursor() as cursor:
        cursor.execute(CAPTIONS.replace("{facts_changed}", FACTS_CHANGED), values)
        for bucket, count, similarity, done, changed in cursor.fetchall():
            histogram[bucket] = count
            compared, total, converged = compared + count, total + similarity, converged + done
            facts += changed
        cursor.execute(SECONDS, values)
        [seconds] = cursor.fetchone()
        cursor.execute(UNFINISHED, values)
        [unfinished] = cursor.fetchone()
    changing = compared - converged
    return Convergence(
        compared=compared,
        converged=converged,
        mean_similarity=total / compared if compared else None,
        facts_changed=facts,
        histogram=histogram,
        threshold=CONVERGED_SIMILARITY,
        still_changing=changing,
        hours_for_another_round=changing * seconds / 3600 if seconds is not None else None,
        recommendation=_recommendation(compared=compared, changing=changing, unfinished=unfinished),
    )


def _recommendation(*, compared: int, changing: int, unfinished: int) -> str:
    if compared == 0:
        return "Nothing to compare: no caption of this round was made from an earlier round's."
    if unfinished:
        converged = (
            f"{compared - changing:,} of the {compared:,} captions that can be compared have converged"
        )
        return f"Too early to tell: {converged}; tasks that are not done yet: {unfinished:,}."
    if compared < FEWEST_COMPARED and changing == 0:
        return (
            f"Only {compared:,} can be compared with the round before, and none of them changed clearly: too few to tell "
            "whether captions converge."
        )
    if changing == 0:
        return "Every caption has converged; another round would change next to nothing."
    return f"{changing:,} of {compared:,} captions still changed clearly: launch another round on those images only."
