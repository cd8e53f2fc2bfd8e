"""How far one person is in a round: what they have done, and what is left for them."""

from datetime import datetime
from typing import Any

from django.db import connection

from annotation_server.choices import RoundState
from annotation_server.models import Round, User
from annotation_server.queries.as_dicts import as_dicts

# Of more nobody wants to know how many there are, and a round may have a million.
MOST_COUNTED = 5_000

# `free` is what a claim may give them (as in the claim's function): of an image one task, and none of one that they had.
OWN = """
WITH own AS (
    SELECT task.id, task.state, task.annotator_id = %(person)s AS holds,
        (SELECT max(caption.created_at) FROM caption
         WHERE caption.task_id = task.id AND caption.annotator_id = %(person)s) AS handed_in_at,
        (SELECT avg(seconds) FROM caption WHERE caption.task_id = task.id AND caption.annotator_id = %(person)s) AS seconds
    FROM working_copy JOIN task ON task.id = working_copy.task_id
    WHERE working_copy.annotator_id = %(person)s AND task.round_id = %(round)s
), done AS (
    SELECT * FROM own WHERE handed_in_at IS NOT NULL AND NOT (holds AND state IN ('claimed', 'returned', 'cancelled'))
), lane AS (
    SELECT CASE WHEN round.cohort_shares = '{}' THEN 0 ELSE coalesce(membership.cohort_id, -1) END AS id
    FROM round LEFT JOIN membership
        ON membership.project_id = round.project_id AND membership.user_id = %(person)s
    WHERE round.id = %(round)s
), had AS (
    SELECT task.image_id FROM task JOIN working_copy ON working_copy.task_id = task.id
    WHERE working_copy.annotator_id = %(person)s AND task.round_id = %(round)s
    UNION SELECT task.image_id FROM task JOIN skip ON skip.task_id = task.id
    WHERE skip.annotator_id = %(person)s AND task.round_id = %(round)s
), free AS (
    SELECT count(DISTINCT image_id) AS images, count(*) AS tasks FROM (
        SELECT image_id FROM task
        WHERE round_id = %(round)s AND state = 'pending' AND coalesce(cohort_id, 0) = (SELECT id FROM lane)
            AND previous_annotator_id IS DISTINCT FROM %(person)s AND image_id NOT IN (SELECT image_id FROM had)
        LIMIT %(most)s) AS found
)
SELECT (SELECT count(*) FROM done) AS done,
    (SELECT count(*) FROM done WHERE handed_in_at >= %(since)s) AS today,
    (SELECT count(*) FROM own WHERE holds AND state = 'returned') AS returned,
    (SELECT count(*) FROM own WHERE holds AND state IN ('claimed', 'returned')) AS held,
    (SELECT images FROM free) AS free, (SELECT tasks FROM free) AS counted,
    (SELECT avg(seconds) FROM done) AS mean_seconds
"""


def own_progress(*, round: Round, person: User, since: datetime) -> dict[str, Any]:
    """`done` and, since that moment, `today`: tasks that the person handed in and has not taken back; `returned`: what came
    back; `left`: what they hold and what they may still be given, and `more_left` than that where there are too many to be
    counted; `mean_seconds` for each that is done.

    Check tasks count like all others in what a person did. What is left to be given is counted in images: a check is an extra
    task of its image, and nobody is given an image twice, so it changes nothing in the count. One statement.
    """
    is_asked = round.state == RoundState.OPEN and (not round.people or person.pk in round.people)
    with connection.cursor() as cursor:
        most = MOST_COUNTED if is_asked else 0
        cursor.execute(OWN, {"round": round.pk, "person": person.pk, "since": since, "most": most})
        [found] = as_dicts(cursor)
    return {
        "done": found["done"],
        "today": found["today"],
        "returned": found["returned"],
        "left": found["held"] + found["free"],
        "more_left": is_asked and found["counted"] == MOST_COUNTED,
        "mean_seconds": found["mean_seconds"],
    }
