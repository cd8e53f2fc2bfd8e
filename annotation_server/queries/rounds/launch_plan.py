"""What a launch would create: which images, in which order, starting from which text. Shared by the preview and the launch."""

from itertools import accumulate
from typing import Any

from annotation_server.choices import TaskOrder
from annotation_server.models import CaptionerRun, Project
from annotation_server.options.launch_round import RoundSettings

# A caption has converged that is so similar to the one of the round before, with no fact changed: a long caption stays
# similar when one name in it is corrected. What people decided on the same phrase tells.
CONVERGED_SIMILARITY = 0.95
FACTS_CHANGED = """EXISTS (
    SELECT 1 FROM concept AS fact JOIN concept AS before ON before.phrase = fact.phrase
    WHERE fact.caption_id = task.current_caption_id AND before.caption_id = task.previous_caption_id
      AND (fact.outcome IN ('kept', 'kept_on_trust')) <> (before.outcome IN ('kept', 'kept_on_trust')))"""


# A text that the policy asks for and an image lacks falls back: draft, else previous caption, else alt-text. The control arm
# does not see the draft at all. All slots of an image are for the same cohort.
PLAN = """
candidate AS (
    SELECT image.id AS image_id, alt_text.id AS alt_text_id, coalesce(alt_text.text, '') AS alt_text,
        previous.id AS previous_id, previous.text AS previous_text, previous.annotator_id AS previous_annotator_id,
        draft.id AS draft_id, draft.text AS draft_text, draft.unsure AS draft_unsure, draft.mean_logprob, seen.alt_text_score
    FROM image
    LEFT JOIN LATERAL (
        SELECT id, text FROM alt_text WHERE alt_text.image_id = image.id ORDER BY text = '', position LIMIT 1
    ) AS alt_text ON true
    LEFT JOIN LATERAL (
        SELECT caption.id, caption.text, caption.annotator_id, caption.parent_similarity, {facts_changed} AS facts_changed
        FROM task JOIN round ON round.id = task.round_id JOIN caption ON caption.id = task.current_caption_id
        WHERE task.image_id = image.id AND task.state = 'accepted' AND task.check_kind = ''
        ORDER BY round.number DESC, task.preferred DESC, task.slot LIMIT 1
    ) AS previous ON true
    LEFT JOIN draft ON draft.image_id = image.id AND draft.draft_set_id = %(draft_set)s
    LEFT JOIN LATERAL ({seen}) AS seen ON true
    WHERE image.project_id = %(project)s AND image.withdrawn_at IS NULL
      AND (%(sources)s::text[] = '{{}}' OR image.source = ANY (%(sources)s::text[]))
      AND (%(domains)s::text[] = '{{}}' OR image.domain = ANY (%(domains)s::text[]))
      AND (NOT %(unconverged_only)s OR coalesce(previous.parent_similarity, 0) < %(converged)s OR previous.facts_changed)
    {sample}
),
placed AS (
    SELECT candidate.*, {unsure} AS unsure, {unfit} AS unfit FROM candidate
),
arm AS (
    SELECT placed.*, slot, (
            SELECT cohort.id FROM unnest(%(cohorts)s::bigint[], %(cohort_ends)s::float8[]) AS cohort (id, ends)
            WHERE (hashint8extended(image_id, %(seed)s + 3) & 1048575) < 1048576 * ends ORDER BY ends LIMIT 1
        ) AS cohort_id, %(policy)s = 'draft' AND draft_id IS NOT NULL AND
        (hashint8extended(image_id * 32 + slot, %(seed)s) & 1048575) < 1048576 * %(control_share)s::float8 AS control,
        CASE WHEN coalesce(nullif(alt_text, ''), previous_text, draft_text) IS NULL THEN 1
            ELSE coalesce((unsure + unfit) / 2, unsure, unfit) END AS expected_edit
    FROM placed CROSS JOIN generate_series(0, %(slots)s::integer - 1) AS slot
),
sourced AS (
    SELECT image_id, slot, cohort_id, control, expected_edit, alt_text_id, alt_text,
        previous_id, previous_text, previous_annotator_id,
        CASE WHEN NOT control THEN draft_id END AS draft_id, draft_text,
        CASE WHEN NOT control AND draft_id IS NOT NULL THEN draft_unsure ELSE '[]' END AS draft_unsure,
        CASE WHEN %(policy)s = 'draft' AND draft_id IS NOT NULL AND NOT control THEN 'draft'
             WHEN %(policy)s IN ('draft', 'previous_caption') AND previous_id IS NOT NULL THEN 'previous_caption'
             ELSE 'alt_text' END AS starting_source,
        row_number() OVER (ORDER BY slot, {order}) AS position
    FROM arm
),
planned AS (
    SELECT sourced.*, CASE starting_source
        WHEN 'draft' THEN draft_text WHEN 'previous_caption' THEN previous_text ELSE alt_text END AS starting_text
    FROM sourced
)
"""
ORDERS = {
    TaskOrder.IMPORTED: "image_id",
    TaskOrder.RANDOM: "hashint8extended(image_id, %(seed)s), image_id",
    TaskOrder.EXPECTED_EDIT: "expected_edit DESC NULLS LAST, image_id",
}
# How much there will be to edit is an image's place among the others, 0 to 1: by how unsure the captioner was of its draft,
# by how badly its alt-text fits it, or the mean of both. Where there is no text at all, everything is still to be written.
PLACES = {
    "seen": """SELECT embedding.alt_text_score FROM image_embedding AS embedding
        WHERE embedding.image_id = image.id ORDER BY embedding.id DESC LIMIT 1""",
    **{
        place: f"CASE WHEN {score} IS NOT NULL "
        f"THEN percent_rank() OVER (PARTITION BY {score} IS NULL ORDER BY {score} DESC) END"
        for place, score in (("unsure", "mean_logprob"), ("unfit", "alt_text_score"))
    },
}
NO_PLACES = {
    "seen": "SELECT NULL::float8 AS alt_text_score",
    "unsure": "NULL::float8",
    "unfit": "NULL::float8",
}
SAMPLE = "ORDER BY hashint8extended(image.id, %(seed)s + 1), image.id LIMIT %(sample)s"


def _ends(shares: list[float]) -> list[float]:
    """Where each share ends when they are laid side by side; the last ends at 1, whatever was lost in adding."""
    ends = list(accumulate(shares))
    return [*ends[:-1], 1.0] if ends else []


def launch_plan(
    *, project: Project, settings: RoundSettings, run: CaptionerRun | None
) -> tuple[str, dict[str, Any]]:
    """The SQL of the common table expressions (the last is `planned`), and its values. `run` is whose drafts there are."""
    choice = settings.images
    sql = PLAN.format(
        order=ORDERS[settings.order],
        sample=SAMPLE if choice.sample is not None else "",
        facts_changed=FACTS_CHANGED if choice.unconverged_only else "false",
        **(PLACES if settings.order == TaskOrder.EXPECTED_EDIT else NO_PLACES),
    )
    return sql, {
        "project": project.pk,
        "policy": settings.starting_text,
        "slots": settings.annotators_per_image,
        "draft_set": run.draft_set.pk if run else None,
        "control_share": settings.control_share,
        "seed": settings.seed,
        "converged": CONVERGED_SIMILARITY,
        "cohorts": list(settings.cohorts),
        "cohort_ends": _ends(list(settings.cohorts.values())),
        **choice.stored(),
    }
