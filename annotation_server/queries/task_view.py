"""Everything the workbench shows of a task, in one query however many tasks are asked for."""

import json
from typing import Any

from django.db import connection

from annotation_server.choices import StartingText
from annotation_server.formats.planting import tokens_of_planted

# One row a task. `version` 0 with the starting text is what a working copy is before its first save.
TASKS = """
SELECT task.id, task.round_id AS round, task.state, task.starting_text, task.starting_source, task.check_kind, task.flagged,
    task.flag_note, task.lease_expires_at,
    image.id AS image_id, image.sha256, image.width, image.height, image.face_boxes, project.blur_faces,
    ARRAY(SELECT text FROM alt_text WHERE alt_text.image_id = image.id ORDER BY position) AS alt_texts,
    previous.text AS previous_caption,
    draft.text AS draft_text, draft.mean_logprob, draft.token_logprobs, draft_round.number AS draft_rounds,
    coalesce(working_copy.text, task.starting_text) AS working_text, coalesce(working_copy.version, 0) AS version,
    review.verdict, review.comment, review.anchor::text AS anchor, reviewer.username AS reviewer,
    reviewed.text AS reviewed_text
FROM unnest(%(tasks)s::bigint[]) WITH ORDINALITY AS asked(id, turn)
JOIN task ON task.id = asked.id
JOIN image ON image.id = task.image_id
JOIN project ON project.id = image.project_id
LEFT JOIN caption AS previous ON previous.id = task.previous_caption_id
LEFT JOIN draft ON draft.id = task.draft_id
LEFT JOIN draft_set ON draft_set.id = draft.draft_set_id
LEFT JOIN captioner_run ON captioner_run.id = draft_set.run_id
LEFT JOIN round AS draft_round ON draft_round.id = captioner_run.through_round_id
LEFT JOIN working_copy ON working_copy.task_id = task.id AND working_copy.annotator_id = %(viewer)s
LEFT JOIN LATERAL (
    SELECT * FROM review WHERE review.caption_id = task.current_caption_id ORDER BY level DESC LIMIT 1
) AS review ON true
LEFT JOIN "user" AS reviewer ON reviewer.id = review.reviewer_id
LEFT JOIN caption AS reviewed ON reviewed.id = review.caption_id
ORDER BY asked.turn
"""


def task_views(*, task_ids: list[int], viewer_id: int) -> list[dict[str, Any]]:
    """The tasks in the given order, in the shape of the API's Task (see api/tasks.py)."""
    with connection.cursor() as cursor:
        cursor.execute(TASKS, {"tasks": task_ids, "viewer": viewer_id})
        names = [column.name for column in cursor.description or []]
        return [_view(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _view(row: dict[str, Any]) -> dict[str, Any]:
    if row["check_kind"]:
        _hide_check(row)
    # A raw cursor of Django hands JSON columns out as text.
    draft = row["draft_text"] is not None and {
        "text": row["draft_text"],
        "run": f"Altogether({row['draft_rounds']})",
        "mean_logprob": row["mean_logprob"],
        "token_logprobs": json.loads(row["token_logprobs"]),
    }
    review = row["verdict"] is not None and {
        "verdict": row["verdict"],
        "comment": row["comment"],
        "anchor": json.loads(row["anchor"]) if row["anchor"] else None,
        "reviewer": row["reviewer"],
        "caption_text": row["reviewed_text"],
    }
    same = (
        "id",
        "round",
        "state",
        "starting_text",
        "starting_source",
        "flagged",
        "flag_note",
        "lease_expires_at",
    )
    return {
        **{name: row[name] for name in same},
        "alt_texts": row["alt_texts"],
        "previous_caption": row["previous_caption"],
        "draft": draft or None,
        "working_copy": {"text": row["working_text"], "version": row["version"]},
        "image": {
            "id": row["image_id"],
            "sha256": row["sha256"],
            "width": row["width"],
            "height": row["height"],
            "face_boxes": json.loads(row["face_boxes"]),
            "blur_faces": row["blur_faces"],
        },
        "review": review or None,
    }


def _hide_check(row: dict[str, Any]) -> None:
    """The text that was planted into is shown as planted everywhere: beside its original it would give itself away."""
    if row["starting_source"] == StartingText.PREVIOUS_CAPTION:
        row["previous_caption"] = row["starting_text"]
    elif row["starting_source"] == StartingText.DRAFT:
        tokens = tokens_of_planted(tokens=json.loads(row["token_logprobs"]), planted=row["starting_text"])
        row["draft_text"], row["token_logprobs"] = row["starting_text"], json.dumps(tokens)
