"""Each person's work in a round, beside the round's: pace, how often nothing was changed, what came back; and alarms.

A rubber stamp leaves drafts as they are far more often than others do, or is done faster than the text can be read.
"""

from dataclasses import dataclass, field

from django.db import connection

from annotation_server.models import Round

FEWEST_CAPTIONS = 10
# Silent reading of English is about 4 words a second; nobody judges a picture and its text at twice that.
WORDS_READ_PER_SECOND = 8.0
UNCHANGED_ABOVE_ROUND = 0.3

PEOPLE = """
SELECT u.username, count(*), avg(caption.seconds), avg((caption.words_changed = 0)::integer::float8),
    avg(caption.similarity), avg(caption.words::float8), avg(caption.pasted_share),
    count(review.id) FILTER (WHERE review.verdict = 'accepted'),
    count(review.id) FILTER (WHERE review.verdict = 'returned'),
    count(review.id) FILTER (WHERE review.verdict = 'fixed'),
    avg((caption.seconds * %(reading)s < caption.words)::integer::float8)
FROM caption JOIN task ON task.id = caption.task_id JOIN "user" AS u ON u.id = caption.annotator_id
LEFT JOIN review ON review.caption_id = caption.id
WHERE task.round_id = %(round)s AND NOT EXISTS (SELECT FROM review AS made WHERE made.fixed_caption_id = caption.id)
GROUP BY u.username ORDER BY u.username
"""


@dataclass(frozen=True, kw_only=True)
class PersonsWork:
    """Means over the captions that the person handed in; `too_fast` is the share done faster than one can read."""

    username: str
    captions: int
    seconds: float | None
    unchanged: float
    similarity: float
    words: float
    pasted_share: float | None
    accepted: int
    returned: int
    fixed: int
    too_fast: float | None
    alarms: list[str] = field(default_factory=list)


def people_report(*, round: Round) -> list[PersonsWork]:
    """Everybody who handed something in, by name."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"round": round.pk, "reading": WORDS_READ_PER_SECOND})
        rows = cursor.fetchall()
    total = sum(row[1] for row in rows)
    unchanged = sum(row[1] * row[3] for row in rows)
    return [_work(row, others=(total - row[1], unchanged - row[1] * row[3])) for row in rows]


def _work(row: tuple[object, ...], others: tuple[int, float]) -> PersonsWork:
    names = list(PersonsWork.__dataclass_fields__)[:-1]
    figures = dict(zip(names, row, strict=True))
    work = PersonsWork(**figures, alarms=[])  # type: ignore[arg-type]
    work.alarms.extend(_alarms(work, others))
    return work


def _alarms(work: PersonsWork, others: tuple[int, float]) -> list[str]:
    if work.captions < FEWEST_CAPTIONS:
        return []
    alarms = []
    count, unchanged = others
    if count >= FEWEST_CAPTIONS and work.unchanged - unchanged / count > UNCHANGED_ABOVE_ROUND:
        alarms.append(
            f"Left {work.unchanged:.0%} of the texts as they were; the others left {unchanged / count:.0%}."
        )
    if work.too_fast is not None and work.too_fast > 0.5:
        alarms.append(f"{work.too_fast:.0%} of the captions were handed in faster than they can be read.")
    return alarms
