"""All that a submission needs to know of its task, in one read under the task's locks."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from annotation_server.errors import NotFound
from annotation_server.models import User
from annotation_server.queries.as_dicts import as_dicts
from annotation_server.rules.locks import ROUND

# First the round, so that its closing waits or is waited for, then the task. A statement of its own: what is read next is
# then what there is now, also where another submission had to be waited for.
LOCK = """
WITH held AS MATERIALIZED (
    SELECT id, pg_advisory_xact_lock_shared(%(space)s, round_id::integer) FROM task WHERE id = %(task)s
)
SELECT task.id FROM task JOIN held USING (id) FOR UPDATE OF task
"""
READ = """
SELECT task.id, task.round_id, round.project_id, project.caption_limit, round.state AS round_state, round.review_share,
    round.lease_minutes, task.state, task.annotator_id, task.starting_text, task.starting_source, task.alt_text_id,
    task.draft_id, task.check_wrong, parent.id AS parent_id, parent.text AS parent_text,
    task.annotator_id = %(person)s AND task.current_caption_id IS NOT NULL AS was_returned,
    working_copy.id IS NOT NULL AS held_once, coalesce(working_copy.lease_lost, false) AS lease_lost,
    EXISTS (SELECT 1 FROM skip WHERE skip.task_id = task.id AND skip.annotator_id = %(person)s) AS was_skipped,
    NOT %(owner)s AND EXISTS (SELECT 1 FROM membership WHERE membership.project_id = round.project_id
        AND membership.user_id = %(person)s AND membership.paused_at IS NOT NULL) AS is_paused,
    before.id AS before_id, before.task_id AS before_task_id, before.annotator_id AS before_annotator_id,
    before.text AS before_text
FROM task
JOIN round ON round.id = task.round_id
JOIN project ON project.id = round.project_id
LEFT JOIN working_copy ON working_copy.task_id = task.id AND working_copy.annotator_id = %(person)s
LEFT JOIN caption AS parent ON parent.id = coalesce(
    CASE WHEN task.annotator_id = %(person)s THEN task.current_caption_id END, task.previous_caption_id)
LEFT JOIN caption AS before ON before.submission_id = %(submission)s
WHERE task.id = %(task)s AND (%(owner)s OR EXISTS (
    SELECT 1 FROM membership WHERE membership.project_id = round.project_id AND membership.user_id = %(person)s))
"""


@dataclass(frozen=True, kw_only=True)
class TaskInHand:
    """A task as one person meets it. `parent` is the caption that theirs will be made from; the `before_` fields are the
    caption that the same submission id made, if there is one. `lease_lost`: the task became somebody else's while they held it,
    and nothing of theirs came in since."""

    id: int
    round_id: int
    project_id: int
    caption_limit: int
    round_state: str
    review_share: float
    lease_minutes: int
    state: str
    annotator_id: int | None
    starting_text: str
    starting_source: str
    alt_text_id: int | None
    draft_id: int | None
    check_wrong: str
    parent_id: int | None
    parent_text: str | None
    was_returned: bool | None
    held_once: bool
    lease_lost: bool
    was_skipped: bool
    is_paused: bool
    before_id: int | None
    before_task_id: int | None
    before_annotator_id: int | None
    before_text: str | None


def task_in_hand(*, task_id: int, person: User, submission_id: UUID) -> TaskInHand:
    """Lock the task (and hold off its round's closing) until the transaction ends, and read it.

    Raises NotFound when there is no such task, or it is of a project that the person is no member of.
    """
    values: dict[str, int | bool | UUID] = {
        "task": task_id,
        "person": person.pk,
        "owner": person.is_superuser,
        "submission": submission_id,
        "space": ROUND,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK, values)
        cursor.execute(READ, values)
        found = as_dicts(cursor)
    if not found:
        raise NotFound("There is no such object, or you are not a member of its project.")
    return TaskInHand(**found[0])
