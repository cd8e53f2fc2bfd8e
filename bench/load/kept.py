"""What the database says at the end, against what the annotators were told."""

from django.db import connection

from bench.load.ledger import Ledger

STORED = """
SELECT submission_id::text, caption.id, task_id, caption.annotator_id, text
FROM caption JOIN task ON task.id = caption.task_id
WHERE task.round_id = %(round)s AND NOT EXISTS (SELECT 1 FROM review WHERE review.fixed_caption_id = caption.id)
"""
# A task is submitted again only after its submission was undone or returned.
SUBMITTED_TWICE = f"""
WITH stored AS ({STORED}), again AS (
    SELECT task_id, count(*) AS times FROM (
        SELECT task_id FROM review JOIN stored ON stored.id = review.caption_id WHERE review.verdict = 'returned'
        UNION ALL
        SELECT task_id FROM event JOIN stored ON stored.id::text = event.object_id
        WHERE event.verb = 'caption.undone' AND event.object_type = 'caption'
    ) AS one GROUP BY task_id
)
SELECT count(*) FROM (SELECT task_id, count(*) AS times FROM stored GROUP BY task_id) AS submitted
LEFT JOIN again USING (task_id) WHERE submitted.times > 1 + coalesce(again.times, 0)
"""  # noqa: S608 — put together from the text above
LATE = (
    "SELECT count(*) FROM caption JOIN task ON task.id = caption.task_id WHERE round_id = %(round)s AND late"
)


def compare(*, round_id: int, ledger: Ledger) -> dict[str, int]:
    """How many submissions were acknowledged, how many of them are not there as they were sent, and what is there twice."""
    values = {"round": round_id}
    with connection.cursor() as cursor:
        cursor.execute(STORED, values)
        stored = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
        cursor.execute(SUBMITTED_TWICE, values)
        (twice,) = cursor.fetchone()
        cursor.execute(LATE, values)
        (late,) = cursor.fetchone()
    told = {
        submission: (one.caption, one.task, one.annotator, one.text)
        for submission, one in ledger.acknowledged.items()
    }
    return {
        "captions": len(told),
        "answers_lost_on_purpose": ledger.lost_answers,
        "lost": sum(stored.get(submission) != one for submission, one in told.items()),
        "unexplained": len(stored.keys() - told.keys() - ledger.unanswered),
        "duplicates": twice + late,
        "held_by_two": len(ledger.held_by_two),
    }
