"""The whole life of an image: alt-texts, each round's tasks with every caption and verdict, and what captioners made of it.

Check tasks are left out: what was planted into them is no text of the image.
"""

from typing import Any

from django.db import connection

from annotation_server.models import Image
from annotation_server.queries.archives.holding_archives import holding_archives
from annotation_server.queries.as_dicts import as_dicts

TASKS = """
SELECT round.number AS round, task.slot, task.state, task.starting_source, task.starting_text,
    coalesce((
        SELECT json_agg(json_build_object(
            'id', caption.id, 'text', caption.text, 'annotator', author.username, 'created_at', caption.created_at,
            'before', coalesce(CASE WHEN parent.task_id = task.id THEN parent.text END, task.starting_text),
            'current', caption.id = task.current_caption_id,
            'reviews', coalesce((
                SELECT json_agg(json_build_object(
                    'level', level, 'level_name', coalesce(round.review_level_names ->> (level - 1), ''),
                    'verdict', verdict, 'comment', comment, 'reviewer', reviewer.username
                ) ORDER BY level, revision)
                FROM review JOIN "user" AS reviewer ON reviewer.id = review.reviewer_id
                WHERE review.caption_id = caption.id
            ), '[]')
        ) ORDER BY caption.id)
        FROM caption
        JOIN "user" AS author ON author.id = caption.annotator_id
        LEFT JOIN caption AS parent ON parent.id = caption.parent_id
        WHERE caption.task_id = task.id
    ), '[]') AS captions
FROM task JOIN round ON round.id = task.round_id
WHERE task.image_id = %(image)s AND task.check_kind = ''
ORDER BY round.number, task.slot
"""
DRAFTS = """
SELECT 'Altogether(' || round.number || ')' AS run, draft.text, draft.mean_logprob, draft.clip_score,
    draft.finished
FROM draft
JOIN draft_set ON draft_set.id = draft.draft_set_id
JOIN captioner_run ON captioner_run.id = draft_set.run_id
JOIN round ON round.id = captioner_run.through_round_id
WHERE draft.image_id = %(image)s ORDER BY captioner_run.number
"""
EXPORTS = """
SELECT export.id, round.number AS round, export.format, export.finished_at
FROM export_image
JOIN export ON export.id = export_image.export_id
JOIN round ON round.id = export.round_id
WHERE export_image.image_id = %(image)s ORDER BY export.id
"""


def image_history(*, image: Image) -> dict[str, Any]:
    """Plain data, oldest first, in four statements."""
    return {
        "tasks": _rows(TASKS, image),
        "drafts": _rows(DRAFTS, image),
        "exports": holding_exports(image=image),
        "archives": holding_archives(image=image),
    }


def holding_exports(*, image: Image) -> list[dict[str, Any]]:
    """The exports that have it, oldest first, in one statement."""
    return _rows(EXPORTS, image)


def _rows(sql: str, image: Image) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"image": image.pk})
        return as_dicts(cursor)
