"""Each person's work in a round, beside the round's: pace, how often nothing was changed, what came back; and alarms.

A rubber stamp leaves drafts as they are far more often than others do, is done faster than the text can be read, or leaves
planted errors in.
"""

from dataclasses import dataclass, field

from django.db import connection

from annotation_server.models import Round
from annotation_server.queries.tasks.taken_back import TAKEN_BACK

FEWEST_CAPTIONS = 10
# Silent reading of English is about 4 words a second; nobody judges a picture and its text at twice that.
WORDS_READ_PER_SECOND = 8.0
UNCHANGED_ABOVE_ROUND = 0.3
FEWEST_CHECKS = 3
CHECKS_TO_PASS = 0.6

PEOPLE = """
WITH handed_in AS (
    SELECT caption.*, task.check_kind, task.starting_text FROM caption JOIN task ON task.id = caption.task_id
    WHERE task.round_id = %(round)s AND NOT EXISTS (SELECT FROM review AS made WHERE made.fixed_caption_id = caption.id)
        AND NOT {taken_back}
), judged AS (
    SELECT DISTINCT ON (handed_in.id) handed_in.id, handed_in.task_id, handed_in.annotator_id, review.verdict
    FROM handed_in JOIN review ON review.caption_id = handed_in.id
    ORDER BY handed_in.id, review.level DESC, review.revision DESC
), verdicts AS (
    SELECT annotator_id, count(*) FILTER (WHERE verdict = 'accepted') AS accepted,
        count(*) FILTER (WHERE verdict = 'returned') AS returned, count(*) FILTER (WHERE verdict = 'fixed') AS fixed
    FROM judged GROUP BY annotator_id
), checked AS (
    SELECT DISTINCT ON (task_id, annotator_id) annotator_id, check_passed FROM handed_in
    WHERE check_passed IS NOT NULL
        AND NOT EXISTS (SELECT FROM judged WHERE judged.task_id = handed_in.task_id AND judged.id < handed_in.id)
    ORDER BY task_id, annotator_id, id DESC
), checks AS (
    SELECT annotator_id, count(*) AS checks, count(*) FILTER (WHERE check_passed) AS passed FROM checked
    GROUP BY annotator_id
)
SELECT u.username, count(*), avg(handed_in.seconds),
    avg((btrim(handed_in.text) = btrim(handed_in.starting_text))::integer::float8),
    avg(handed_in.similarity), avg(handed_in.words::float8), avg(handed_in.pasted_share),
    coalesce(min(verdicts.accepted), 0), coalesce(min(verdicts.returned), 0), coalesce(min(verdicts.fixed), 0),
    avg((handed_in.seconds * %(reading)s < handed_in.words)::integer::float8),
    coalesce(min(checks.checks), 0), coalesce(min(checks.passed), 0)
FROM handed_in JOIN "user" AS u ON u.id = handed_in.annotator_id
LEFT JOIN verdicts ON verdicts.annotator_id = u.id LEFT JOIN checks ON checks.annotator_id = u.id
GROUP BY u.username ORDER BY u.username
""".replace("{taken_back}", TAKEN_BACK)


@dataclass(frozen=True, kw_only=True)
class PersonsWork:
    """Means over the captions that the person handed in and did not take back; `too_fast` is the share done faster than one
    can read. `checks` are check tasks, as they were handed in before any review."""

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
    checks: int
    checks_passed: int
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
    alarms = []
    if work.checks >= FEWEST_CHECKS and work.checks_passed < CHECKS_TO_PASS * work.checks:
        alarms.append(
            f"Left the planted error in {work.checks - work.checks_passed} of {work.checks} check tasks."
        )
    if work.captions < FEWEST_CAPTIONS:
        return alarms
    count, unchanged = others
    if count >= FEWEST_CAPTIONS and work.unchanged - unchanged / count > UNCHANGED_ABOVE_ROUND:
        alarms.append(
            f"Left {work.unchanged:.0%} of the texts as they were; the others left {unchanged / count:.0%}."
        )
    if work.too_fast is not None and work.too_fast > 0.5:
        alarms.append(f"{work.too_fast:.0%} of the captions were handed in faster than they can be read.")
    return alarms
