"""The rows of an export, in a consistent snapshot while people go on working, in constant memory.

Ordered by SHA-256, so that the same rows give the same bytes on any server.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from annotation_server.choices import TaskState
from annotation_server.errors import NoDrafts
from annotation_server.models import Round
from annotation_server.queries.exports.export_manifest import told_of_run
from annotation_server.queries.frozen import frozen

FETCHED_AT_ONCE = 500

# One row an image that has a caption in the exported round (or a draft of the wanted set), with all that happened up to it.
_SQL = """
SELECT image.id, image.sha256, image.split, image.source, image.domain, image.source_key,
    image.image_url, image.page_url, image.licence,
    image.width, image.height, image.media_type, image.face_boxes::json,
    coalesce((SELECT json_agg(text ORDER BY position) FROM alt_text WHERE alt_text.image_id = image.id), '[]'),
    (SELECT text FROM draft WHERE draft.image_id = image.id AND draft.draft_set_id = %(draft_set)s),
    coalesce((
        SELECT json_agg(json_build_object(
            'round', round.number, 'slot', task.slot, 'state', task.state,
            'starting_source', task.starting_source, 'starting_text', task.starting_text,
            'caption_id', caption.id, 'parent_id', caption.parent_id, 'text', caption.text, 'late', caption.late,
            'annotator_id', caption.annotator_id, 'seconds', caption.seconds, 'verdict', review.verdict,
            'draft', CASE WHEN draft.id IS NULL THEN NULL ELSE json_build_object(
                'text', draft.text, 'run', captioner_run.number, 'mean_logprob', draft.mean_logprob,
                'clip_score', draft.clip_score, 'finished', draft.finished) END,
            'concepts', coalesce((
                SELECT json_agg(json_build_object('phrase', phrase, 'outcome', outcome, 'reason', reason) ORDER BY id)
                FROM concept WHERE concept.caption_id = caption.id), '[]')
        ) ORDER BY round.number, task.slot)
        FROM task
        JOIN round ON round.id = task.round_id
        JOIN caption ON caption.id = task.current_caption_id
        LEFT JOIN LATERAL (
            SELECT verdict FROM review WHERE review.caption_id = caption.id ORDER BY level DESC, revision DESC LIMIT 1
        ) AS review ON true
        LEFT JOIN draft ON draft.id = task.draft_id
        LEFT JOIN draft_set ON draft_set.id = draft.draft_set_id
        LEFT JOIN captioner_run ON captioner_run.id = draft_set.run_id
        WHERE task.image_id = image.id AND round.number <= %(number)s AND task.state = ANY(%(states)s)
            AND task.check_kind = '' AND (%(control)s OR NOT task.control)
    ), '[]')
FROM image
WHERE image.project_id = %(project)s AND image.withdrawn_at IS NULL
    AND CASE WHEN %(draft_set)s::bigint IS NULL THEN EXISTS (
        SELECT 1 FROM task
        WHERE task.image_id = image.id AND task.round_id = %(round)s AND task.state = ANY(%(states)s)
            AND task.check_kind = '' AND (%(control)s OR NOT task.control)
    ) ELSE EXISTS (
        SELECT 1 FROM draft WHERE draft.image_id = image.id AND draft.draft_set_id = %(draft_set)s
    ) END
    AND (%(splits)s::text[] = '{}' OR image.split = ANY(%(splits)s))
    AND (%(sources)s::text[] = '{}' OR image.source = ANY(%(sources)s))
    AND (%(domains)s::text[] = '{}' OR image.domain = ANY(%(domains)s))
ORDER BY image.sha256
"""
_NAMES = (
    *("id", "sha256", "split", "source", "domain", "source_key", "image_url", "page_url", "licence"),
    *("width", "height", "media_type", "face_boxes", "alt_texts", "draft", "captions"),
)
# The newest drafts of a captioner that saw the rounds up to the exported one.
_DRAFT_SET = """
SELECT draft_set.id FROM draft_set
JOIN captioner_run ON captioner_run.id = draft_set.run_id
WHERE captioner_run.project_id = %(project)s AND captioner_run.through_round_id = %(round)s
ORDER BY captioner_run.number DESC LIMIT 1
"""
_RUNS = """
SELECT captioner_run.number, captioner_run.recipe, captioner_run.started_from, seen.number, training_set.sha256
FROM captioner_run
JOIN round AS seen ON seen.id = captioner_run.through_round_id
LEFT JOIN training_set ON training_set.id = captioner_run.training_set_id
WHERE captioner_run.project_id = %(project)s AND EXISTS (
    SELECT 1 FROM round WHERE round.drafting_run_id = captioner_run.id AND round.number <= %(number)s
    UNION ALL
    SELECT 1 FROM draft_set WHERE draft_set.run_id = captioner_run.id AND draft_set.id = %(draft_set)s)
ORDER BY captioner_run.number
"""
_ROUNDS = """
SELECT number, state, starting_text FROM round
WHERE project_id = %(project)s AND number <= %(number)s ORDER BY number
"""


class Snapshot:
    """The project as it was at one moment."""

    def __init__(self, connected: BaseDatabaseWrapper, round: Round) -> None:
        self._connected = connected
        self._values: dict[str, Any] = {
            "project": round.project_id,
            "round": round.pk,
            "number": round.number,
            "draft_set": None,
        }

    def use_drafts(self) -> None:
        """Rows are then the images with a draft of the captioner that the exported round trained. Raises NoDrafts."""
        found = self._all(_DRAFT_SET)
        if not found:
            raise NoDrafts(
                "No captioner that saw this round has written drafts. Export another round, or its captions."
            )
        self._values["draft_set"] = found[0][0]

    def rows(
        self, *, accepted_only: bool, control: bool, splits: list[str], sources: list[str], domains: list[str]
    ) -> Iterator[dict[str, Any]]:
        """One dictionary an image. Without `accepted_only`, captions that wait for a verdict are there too, with `control`
        those of the control arm."""
        states = [TaskState.ACCEPTED.value, *([] if accepted_only else [TaskState.SUBMITTED.value])]
        values: dict[str, Any] = {
            **self._values,
            "states": states,
            "control": control,
            "splits": splits,
            "sources": sources,
            "domains": domains,
        }
        with self._connected.chunked_cursor() as cursor:
            cursor.cursor.itersize = FETCHED_AT_ONCE
            cursor.execute(_SQL, values)
            for row in cursor:
                yield dict(zip(_NAMES, row, strict=True))

    def rounds(self) -> list[dict[str, Any]]:
        """The rounds up to the exported one."""
        return [
            {"number": number, "state": state, "starting_text": starting_text}
            for number, state, starting_text in self._all(_ROUNDS)
        ]

    def runs(self) -> list[dict[str, Any]]:
        """The captioner runs whose drafts those rounds showed, named by the rounds that they saw."""
        return [
            told_of_run(
                number=number,
                through_round=seen,
                recipe=recipe,
                started_from=json.loads(started_from) if isinstance(started_from, str) else started_from,
                training_set_sha256=sha256,
            )
            for number, recipe, started_from, seen, sha256 in self._all(_RUNS)
        ]

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        with self._connected.cursor() as cursor:
            cursor.execute(sql, self._values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@contextmanager
def snapshot(*, round: Round) -> Iterator[Snapshot]:
    """Everything read within sees the same moment."""
    with frozen() as connected:
        yield Snapshot(connected, round)
