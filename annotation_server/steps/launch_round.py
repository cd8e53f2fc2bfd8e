"""An admin opens the next round: its tasks, with their starting texts copied in, in one set-based statement."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import RoundState, StartingText
from annotation_server.errors import InvalidSettings, NoDrafts, NothingToLaunch, RoundExists
from annotation_server.models import CaptionerRun, Project, Round, User
from annotation_server.models.round import UNFINISHED
from annotation_server.queries.drafting import drafting_run
from annotation_server.queries.locks import hold_project

MAX_ANNOTATORS_PER_IMAGE = 20

# A text that the policy asks for and an image lacks falls back: draft, else previous caption, else alt-text.
CREATE_TASKS = """
WITH ready AS (
    SELECT image.id AS image_id, slot,
        row_number() OVER (ORDER BY slot, image.id) AS position,
        alt_text.id AS alt_text_id, coalesce(alt_text.text, '') AS alt_text,
        previous.id AS previous_id, previous.text AS previous_text, previous.annotator_id AS previous_annotator_id,
        draft.id AS draft_id, draft.text AS draft_text,
        CASE WHEN %(policy)s = 'draft' AND draft.id IS NOT NULL THEN 'draft'
             WHEN %(policy)s IN ('draft', 'previous_caption') AND previous.id IS NOT NULL THEN 'previous_caption'
             ELSE 'alt_text' END AS source
    FROM image
    CROSS JOIN generate_series(0, %(slots)s - 1) AS slot
    LEFT JOIN LATERAL (
        SELECT id, text FROM alt_text WHERE alt_text.image_id = image.id ORDER BY text = '', position LIMIT 1
    ) AS alt_text ON true
    LEFT JOIN LATERAL (
        SELECT caption.id, caption.text, caption.annotator_id
        FROM task JOIN round ON round.id = task.round_id JOIN caption ON caption.id = task.current_caption_id
        WHERE task.image_id = image.id AND task.state = 'accepted'
        ORDER BY round.number DESC, task.slot LIMIT 1
    ) AS previous ON true
    LEFT JOIN draft ON draft.image_id = image.id AND draft.draft_set_id = %(draft_set)s
    WHERE image.project_id = %(project)s AND image.withdrawn_at IS NULL
)
INSERT INTO task (round_id, image_id, slot, position, state, starting_text, starting_source, alt_text_id,
                  previous_caption_id, draft_id, previous_annotator_id, needs_review, flagged, flag_note)
SELECT %(round)s, image_id, slot, position, 'pending',
    CASE source WHEN 'draft' THEN draft_text WHEN 'previous_caption' THEN previous_text ELSE alt_text END,
    source, alt_text_id, previous_id, draft_id,
    CASE WHEN %(own_previous_allowed)s THEN NULL ELSE previous_annotator_id END, false, false, ''
FROM ready
"""


@dataclass(frozen=True, kw_only=True)
class RoundSettings:
    """What an admin chooses at launch. `review_share` in 0…1, `lease_minutes` ≥ 1."""

    starting_text: StartingText
    annotators_per_image: int = 1
    review_share: float = 0.0
    lease_minutes: int = 30
    own_previous_allowed: bool = False


def launch_round(
    *, project: Project, settings: RoundSettings, launched_by: User | None, number: int | None = None
) -> Round:
    """Create and open the project's next round (number `number`, when given, must be that one).

    Raises RoundExists, NothingToLaunch, NoDrafts, InvalidSettings; then nothing was created.
    """
    _refuse_nonsense(settings)
    with transaction.atomic():
        hold_project(project_id=project.pk)
        number = _next_number(project=project, asked=number)
        run = drafting_run(project=project)
        if settings.starting_text == StartingText.DRAFT and run is None:
            raise NoDrafts(
                "No promoted captioner run has written drafts yet. Start from the previous captions, or promote a run."
            )
        round = Round.objects.create(
            project=project,
            number=number,
            starting_text=settings.starting_text,
            drafting_run=run,
            annotators_per_image=settings.annotators_per_image,
            review_share=settings.review_share,
            lease_minutes=settings.lease_minutes,
            own_previous_allowed=settings.own_previous_allowed,
            launched_by=launched_by,
        )
        tasks = _create_tasks(round=round, run=run)
        if tasks == 0:
            raise NothingToLaunch("The project has no images. Import some first: manage.py import_images.")
        Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN, opened_at=Now())
        audit.record(
            actor=launched_by,
            verb="round.launched",
            subject=round,
            project=project,
            after={"number": number, "tasks": tasks, "starting_text": settings.starting_text},
        )
    round.refresh_from_db()
    return round


def _refuse_nonsense(settings: RoundSettings) -> None:
    if not 0 <= settings.review_share <= 1:
        raise InvalidSettings("review_share is a share: use a number from 0 to 1.")
    if settings.lease_minutes < 1:
        raise InvalidSettings("lease_minutes must be at least 1.")
    if not 1 <= settings.annotators_per_image <= MAX_ANNOTATORS_PER_IMAGE:
        raise InvalidSettings(f"annotators_per_image must be from 1 to {MAX_ANNOTATORS_PER_IMAGE}.")


def _next_number(*, project: Project, asked: int | None) -> int:
    if unfinished := Round.objects.filter(project=project, state__in=UNFINISHED).first():
        raise RoundExists(
            f"Round {unfinished.number} is still {unfinished.state}. Close it before the next launch."
        )
    last: int = Round.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    if asked is not None and asked != last + 1:
        problem = "was launched already" if 0 < asked <= last else "cannot be launched now"
        raise RoundExists(f"Round {asked} {problem}; the next one is {last + 1}.")
    return last + 1


def _create_tasks(*, round: Round, run: CaptionerRun | None) -> int:
    values: dict[str, int | str | bool | None] = {
        "round": round.pk,
        "project": round.project_id,
        "policy": round.starting_text,
        "slots": round.annotators_per_image,
        "draft_set": run.draft_set.pk if run else None,
        "own_previous_allowed": round.own_previous_allowed,
    }
    with connection.cursor() as cursor:
        cursor.execute(CREATE_TASKS, values)
        created: int = cursor.rowcount
        # Claims must be planned for a full table at once, not when autovacuum comes by.
        cursor.execute("ANALYZE task")
    return created
