"""Everything the workbench shows of a task, in one query however many tasks are asked for."""

from typing import Any

from django.db import connection

from annotation_server.choices import StartingText
from annotation_server.formats.phrases import unique
from annotation_server.formats.planting import tokens_of_planted
from annotation_server.queries.as_dicts import as_dicts

# One row a task. `version` 0 with the starting text is what a working copy is before its first save. What most tasks lack is
# looked up in subqueries: so many joins would take longer to plan than to run.
TASKS = """
SELECT task.id, task.round_id AS round, task.state, task.starting_text, task.starting_source, task.check_kind, task.flagged,
    task.flag_note, task.lease_expires_at,
    image.id AS image_id, image.sha256, image.width, image.height, image.face_boxes::json,
    (SELECT blur_faces FROM project WHERE project.id = image.project_id) AS blur_faces,
    ARRAY(SELECT text FROM alt_text WHERE alt_text.image_id = image.id ORDER BY position) AS alt_texts,
    ARRAY(SELECT phrase FROM alt_text, jsonb_array_elements_text(phrases) WITH ORDINALITY AS one (phrase, turn)
        WHERE alt_text.image_id = image.id ORDER BY position, turn) AS phrases,
    coalesce(working_copy.text, task.starting_text) AS working_text, coalesce(working_copy.version, 0) AS version,
    (SELECT text FROM caption WHERE caption.id = task.previous_caption_id) AS previous_caption,
    (SELECT json_build_object('text', draft.text, 'run', 'Altogether(' || round.number || ')',
        'mean_logprob', draft.mean_logprob, 'token_logprobs', draft.token_logprobs)
        FROM draft JOIN draft_set ON draft_set.id = draft.draft_set_id
        JOIN captioner_run ON captioner_run.id = draft_set.run_id JOIN round ON round.id = captioner_run.through_round_id
        WHERE draft.id = task.draft_id) AS draft,
    (SELECT json_build_object('verdict', review.verdict, 'comment', review.comment, 'anchor', review.anchor,
        'reviewer', reviewer.username, 'caption_text', caption.text)
        FROM review JOIN "user" AS reviewer ON reviewer.id = review.reviewer_id JOIN caption ON caption.id = review.caption_id
        WHERE review.caption_id = task.current_caption_id ORDER BY review.level DESC LIMIT 1) AS review
FROM unnest(%(tasks)s::bigint[]) WITH ORDINALITY AS asked(id, turn)
JOIN task ON task.id = asked.id
JOIN image ON image.id = task.image_id
LEFT JOIN working_copy ON working_copy.task_id = task.id AND working_copy.annotator_id = %(viewer)s
ORDER BY asked.turn
"""


AS_THEY_ARE = [
    *("id", "round", "state", "starting_text", "starting_source", "flagged", "flag_note", "lease_expires_at"),
    *("alt_texts", "previous_caption", "draft", "review"),
]
OF_THE_IMAGE = ["sha256", "width", "height", "face_boxes", "blur_faces"]


def task_views(*, task_ids: list[int], viewer_id: int) -> list[dict[str, Any]]:
    """The tasks in the given order, in the shape of the API's Task (see api/tasks.py)."""
    with connection.cursor() as cursor:
        cursor.execute(TASKS, {"tasks": task_ids, "viewer": viewer_id})
        return [_view(row) for row in as_dicts(cursor)]


def _view(row: dict[str, Any]) -> dict[str, Any]:
    if row["check_kind"]:
        _hide_check(row)
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "phrases": unique(row["phrases"]),
        "working_copy": {"text": row["working_text"], "version": row["version"]},
        "image": {"id": row["image_id"], **{name: row[name] for name in OF_THE_IMAGE}},
    }


def _hide_check(row: dict[str, Any]) -> None:
    """The text that was planted into is shown as planted everywhere: beside its original it would give itself away."""
    if row["starting_source"] == StartingText.PREVIOUS_CAPTION:
        row["previous_caption"] = row["starting_text"]
    elif row["starting_source"] == StartingText.DRAFT:
        draft, planted = row["draft"], row["starting_text"]
        tokens = tokens_of_planted(tokens=draft["token_logprobs"], planted=planted)
        row["draft"] = {**draft, "text": planted, "token_logprobs": tokens}
