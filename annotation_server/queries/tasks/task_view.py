"""Everything the workbench shows of a task, in one query however many tasks are asked for."""

from typing import Any

from django.db import connection

from annotation_server.choices import StartingText, TaskState
from annotation_server.queries.as_dicts import as_dicts
from annotation_server.texts.concepts import holds_in
from annotation_server.texts.phrases import unique
from annotation_server.texts.unsure import Spans, in_turns

# What the text alone does not tell: a phrase that it has, or lacks for no reason that somebody gave, is no decision.
IS_DECIDED = "(outcome IN ('corrected', 'kept_on_trust') OR (outcome = 'dropped' AND reason <> ''))"
DECIDED = """jsonb_agg(jsonb_build_object('phrase', phrase, 'outcome', outcome, 'reason', nullif(reason, ''))
            ORDER BY concept.id)"""
# The text that an error was planted into is shown as planted everywhere: beside its original it would give itself away. The
# database does that, in the same statement for all: what only check tasks paid for would be seen in how long they take.
# Only the person who set a flag, and reviewers, see it: the next annotator should judge the image unprompted.
# One row a task. `version` 0 with the starting text is what a working copy is before its first save. What most tasks lack is
# looked up in subqueries: so many joins would take longer to plan than to run.
TASKS = """
SELECT task.id, task.round_id AS round, task.state, task.starting_text, task.starting_source, task.lease_expires_at,
    flag.note IS NOT NULL AS flagged, coalesce(flag.note, '') AS flag_note,
    image.id AS image_id, image.sha256, image.width, image.height, image.face_boxes::json,
    (SELECT blur_faces FROM project WHERE project.id = image.project_id) AS blur_faces,
    ARRAY(SELECT text FROM alt_text WHERE alt_text.image_id = image.id ORDER BY position) AS alt_texts,
    ARRAY(SELECT phrase FROM alt_text, jsonb_array_elements_text(phrases) WITH ORDINALITY AS one (phrase, turn)
        WHERE alt_text.image_id = image.id ORDER BY position, turn) AS phrases,
    coalesce(working_copy.text, task.starting_text) AS working_text, coalesce(working_copy.version, 0) AS version,
    coalesce(working_copy.concepts, (
        SELECT {decided} FROM concept JOIN caption ON caption.id = concept.caption_id
        WHERE caption.id = task.current_caption_id AND caption.annotator_id = %(viewer)s AND {is_decided}
    ), '[]')::json AS concepts,
    coalesce((
        SELECT {decided} FROM concept WHERE {is_decided} AND caption_id = coalesce(
            (SELECT said.caption_id FROM concept AS said WHERE said.caption_id = task.previous_caption_id LIMIT 1),
            (SELECT review.caption_id FROM review WHERE fixed_caption_id = task.previous_caption_id))
    ), '[]')::json AS concepts_before,
    (SELECT CASE WHEN planted_in = 'previous_caption' THEN task.starting_text ELSE text END
        FROM caption WHERE caption.id = task.previous_caption_id) AS previous_caption,
    (SELECT json_build_object('text', CASE WHEN planted_in = 'draft' THEN task.starting_text ELSE draft.text END,
        'run', 'Altogether(' || round.number || ')', 'unsure', task.draft_unsure)
        FROM draft JOIN draft_set ON draft_set.id = draft.draft_set_id
        JOIN captioner_run ON captioner_run.id = draft_set.run_id JOIN round ON round.id = captioner_run.through_round_id
        WHERE draft.id = task.draft_id) AS draft,
    (SELECT json_build_object('verdict', review.verdict, 'comment', review.comment, 'anchor', review.anchor,
        'reviewer', reviewer.username, 'caption_text', caption.text)
        FROM review JOIN "user" AS reviewer ON reviewer.id = review.reviewer_id JOIN caption ON caption.id = review.caption_id
        WHERE review.caption_id = task.current_caption_id AND (%(every_review)s OR author_of(caption.id) = %(viewer)s)
        ORDER BY review.level DESC, review.revision DESC LIMIT 1) AS review
FROM unnest(%(tasks)s::bigint[]) WITH ORDINALITY AS asked(id, turn)
JOIN task ON task.id = asked.id
JOIN image ON image.id = task.image_id
CROSS JOIN LATERAL (SELECT CASE WHEN task.check_kind <> '' THEN task.starting_source END) AS one (planted_in)
CROSS JOIN LATERAL (SELECT CASE WHEN task.flagged AND (%(every_review)s OR %(viewer)s = (
        SELECT actor_id FROM event WHERE object_type = 'task' AND object_id = task.id::text AND verb = 'task.flagged'
        ORDER BY event.id DESC LIMIT 1)) THEN task.flag_note END AS note) AS flag
LEFT JOIN working_copy ON working_copy.task_id = task.id AND working_copy.annotator_id = %(viewer)s
ORDER BY asked.turn
""".replace("{decided}", DECIDED).replace("{is_decided}", IS_DECIDED)


AS_THEY_ARE = [
    *("id", "round", "state", "starting_text", "starting_source", "flagged", "flag_note", "lease_expires_at"),
    *("alt_texts", "previous_caption", "review", "concepts"),
]
OF_THE_IMAGE = ["sha256", "width", "height", "face_boxes", "blur_faces"]


def task_views(*, task_ids: list[int], viewer_id: int, every_review: bool = False) -> list[dict[str, Any]]:
    """The tasks in the given order, in the shape of the API's Task (see api/tasks.py). `every_review`: also of captions, and
    flags, that are not the viewer's, for reviewers."""
    with connection.cursor() as cursor:
        cursor.execute(TASKS, {"tasks": task_ids, "viewer": viewer_id, "every_review": every_review})
        return [_view(row) for row in as_dicts(cursor)]


def as_left_behind(view: dict[str, Any], *, handed_in: bool) -> dict[str, Any]:
    """For who held the task and does not any more: what they had and wrote, nothing of what became of it since."""
    return {
        **view,
        "state": TaskState.SUBMITTED if handed_in else TaskState.PENDING,
        "lease_expires_at": None,
        "flagged": False,
        "flag_note": "",
        "review": None,
    }


def _view(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "concepts_before": _still_hold(row),
        "draft": _draft(**row["draft"]) if row["draft"] else None,
        "phrases": unique(row["phrases"]),
        "working_copy": {"text": row["working_text"], "version": row["version"]},
        "image": {"id": row["image_id"], **{name: row[name] for name in OF_THE_IMAGE}},
    }


def _draft(*, text: str, run: str, unsure: Spans) -> dict[str, Any]:
    return {"text": text, "run": run, "pieces": in_turns(text, unsure)}


def _still_hold(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What was decided before on the caption that the person starts from; into that of a check task an error was planted, which
    some of it may contradict. Asked of every task, so that it takes as long for all."""
    before: list[dict[str, Any]] = row["concepts_before"]
    if row["starting_source"] != StartingText.PREVIOUS_CAPTION:
        return before
    text = row["starting_text"]
    return [one for one in before if holds_in(text=text, phrase=one["phrase"], outcome=one["outcome"])]
