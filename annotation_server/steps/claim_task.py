"""An annotator takes tasks: one statement, however many ask at once."""

from django.db import IntegrityError, connection, transaction

from annotation_server.errors import RoundClosed
from annotation_server.models import Round, User

# What the caller already holds comes first, then what came back to them from review, then fresh tasks, then tasks whose
# lease ran out in another's hands. Rows that another claim is looking at are skipped, not waited for. Of two slots of one
# image only the first is picked.
CLAIM = """
WITH live AS (
    SELECT id, make_interval(mins => lease_minutes) AS lease FROM round WHERE id = %(round)s AND state = 'open'
),
held AS (
    SELECT task.id, task.image_id, task.position FROM task, live
    WHERE task.round_id = live.id AND task.annotator_id = %(me)s AND task.state = 'claimed'
    ORDER BY task.position LIMIT %(count)s FOR UPDATE OF task
),
returned AS (
    SELECT task.id, task.image_id, task.position FROM task, live
    WHERE task.round_id = live.id AND task.annotator_id = %(me)s AND task.state = 'returned'
    ORDER BY task.position LIMIT %(count)s - (SELECT count(*) FROM held) FOR UPDATE OF task SKIP LOCKED
),
fresh AS (
    SELECT task.id, task.image_id, task.position FROM task, live
    WHERE task.round_id = live.id AND task.state = 'pending' AND {free_for_me}
    ORDER BY task.position
    LIMIT %(count)s - (SELECT count(*) FROM held) - (SELECT count(*) FROM returned)
    FOR UPDATE OF task SKIP LOCKED
),
expired AS (
    SELECT task.id, task.image_id, task.position FROM task, live
    WHERE task.round_id = live.id AND task.state = 'claimed' AND task.lease_expires_at < statement_timestamp()
      AND task.annotator_id <> %(me)s AND {free_for_me}
    ORDER BY task.lease_expires_at
    LIMIT %(count)s - (SELECT count(*) FROM held) - (SELECT count(*) FROM returned) - (SELECT count(*) FROM fresh)
    FOR UPDATE OF task SKIP LOCKED
),
found AS (
    SELECT *, 0 AS turn FROM held UNION ALL SELECT *, 1 FROM returned
    UNION ALL SELECT *, 2 FROM fresh UNION ALL SELECT *, 3 FROM expired
),
picked AS (
    SELECT DISTINCT ON (image_id) id, turn FROM found ORDER BY image_id, turn, position
),
claimed AS (
    UPDATE task SET state = 'claimed', annotator_id = %(me)s, lease_expires_at = statement_timestamp() + live.lease
    FROM picked, live WHERE task.id = picked.id
    RETURNING task.id, task.position, task.starting_text, picked.turn
),
copied AS (
    INSERT INTO working_copy (task_id, annotator_id, text) SELECT id, %(me)s, starting_text FROM claimed
    ON CONFLICT (task_id, annotator_id) DO NOTHING
)
SELECT (SELECT count(*) FROM live), array_agg(id ORDER BY turn, position) FROM claimed
"""

# A working copy tells that I held another slot of the image once: its text may still come in.
FREE_FOR_ME = """task.previous_annotator_id IS DISTINCT FROM %(me)s
      AND NOT EXISTS (SELECT 1 FROM task AS other JOIN working_copy ON working_copy.task_id = other.id
                      WHERE other.round_id = task.round_id AND other.image_id = task.image_id
                      AND other.id <> task.id AND working_copy.annotator_id = %(me)s)
      AND NOT EXISTS (SELECT 1 FROM skip JOIN task AS passed ON passed.id = skip.task_id
                      WHERE passed.round_id = task.round_id AND passed.image_id = task.image_id
                      AND skip.annotator_id = %(me)s)"""

SQL = CLAIM.replace("{free_for_me}", FREE_FOR_ME)
TRIES = 10


def claim_tasks(*, round: Round, annotator: User, count: int) -> list[int]:
    """Top up what the annotator holds to `count` tasks; returns the ids of all of them, in the order to work in.

    Asking again is safe: a lost answer or a reloaded page gets the same tasks. Raises RoundClosed when the round is not
    open. The lease runs by the database's clock.
    """
    values = {"round": round.pk, "me": annotator.pk, "count": count}
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(SQL, values)
                live, ids = cursor.fetchone()
            break
        except (
            IntegrityError
        ):  # Another tab of the same person took the image's other slot just now: look again.
            if not tries_left:
                raise
    if not live:
        raise RoundClosed("This round is not open, so it has no tasks to give. Choose another round.")
    return ids or []
