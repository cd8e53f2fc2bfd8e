"""An admin opens the next round: its tasks, with their starting texts copied in, in one set-based statement."""

import json
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import RoundState, StartingText
from annotation_server.errors import InvalidSettings, NoDrafts, NothingToLaunch, RoundExists
from annotation_server.models import CaptionerRun, Membership, Project, Round, User
from annotation_server.models.round import UNFINISHED
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.rounds.launch_plan import launch_plan
from annotation_server.queries.runs.drafting import drafting_run
from annotation_server.rules.check_plan import PlannedCheck, check_plan
from annotation_server.rules.locks import hold_project

SHARES_ADD_UP = 0.001

COLUMNS = """round_id, image_id, slot, position, state, starting_text, starting_source, alt_text_id,
    previous_caption_id, draft_id, previous_annotator_id, cohort_id, control, draft_unsure, check_kind, check_wrong,
    check_right, needs_review, flagged, flag_note"""
COUNT = "SELECT count(*) FROM planned"
# Every other position is left free for extra places.
CREATE_TASKS = """
INSERT INTO task ({columns})
SELECT %(round)s, image_id, slot, position * 2, 'pending', starting_text, starting_source, alt_text_id, previous_id, draft_id,
    CASE WHEN NOT %(own_previous_allowed)s THEN previous_annotator_id END, cohort_id, control, draft_unsure, '', '', '', false,
    false, ''
FROM planned
"""
# In the order of their positions, so that no id tells more than the place does. The real task that a check stands in for goes
# to the extra place. Nobody is given an error in their own words: they would know.
CREATE_WITH_CHECKS = """
, planted AS (
    SELECT * FROM unnest(
        %(images)s::bigint[], %(texts)s::text[], %(unsures)s::text[], %(kinds)s::text[], %(wrongs)s::text[], %(rights)s::text[],
        %(extra_places)s::bigint[], %(stand_ins)s::integer[]
    ) AS one (of_image, text, unsure, kind, wrong, right_, extra_place, stands_in)
)
INSERT INTO task ({columns})
SELECT %(round)s, image_id, slot, CASE WHEN kind IS NULL THEN position * 2 ELSE extra_place * 2 + 1 END AS place, 'pending',
    starting_text, starting_source, alt_text_id, previous_id, draft_id,
    CASE WHEN NOT %(own_previous_allowed)s THEN previous_annotator_id END, cohort_id, control, draft_unsure, '', '', '', false,
    false, ''
FROM planned LEFT JOIN planted ON of_image = image_id AND stands_in = slot
UNION ALL
SELECT %(round)s, image_id, %(slots)s, CASE WHEN stands_in IS NULL THEN extra_place * 2 + 1 ELSE usual.position * 2 END,
    'pending', text, starting_source, alt_text_id, previous_id, draft_id,
    CASE WHEN NOT %(own_previous_allowed)s OR starting_source = 'previous_caption' THEN previous_annotator_id END,
    cohort_id, false, unsure::jsonb, kind, wrong, right_, false, false, ''
FROM planned JOIN planted ON of_image = image_id
LEFT JOIN LATERAL (SELECT same.position FROM planned AS same WHERE same.image_id = of_image AND same.slot = stands_in) AS usual
    ON true
WHERE slot = 0
ORDER BY place
"""


def launch_round(
    *, project: Project, settings: RoundSettings, launched_by: User | None, number: int | None = None
) -> Round:
    """Create and open the project's next round (number `number`, when given, must be that one).

    Raises RoundExists, NothingToLaunch, NoDrafts, InvalidSettings; then nothing was created.
    """
    _refuse_spare_names(settings)
    _refuse_strangers(project, settings)
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
            review_levels=settings.review_levels,
            review_level_names=settings.review_level_names,
            people=settings.people,
            cohort_shares={str(cohort): share for cohort, share in settings.cohorts.items()},
            lease_minutes=settings.lease_minutes,
            own_previous_allowed=settings.own_previous_allowed,
            order=settings.order,
            control_share=settings.control_share,
            check_share=settings.check_share,
            seed=settings.seed,
            image_choice=settings.images.stored(),
            launched_by=launched_by,
        )
        tasks, checks = _create_tasks(round=round, settings=settings, run=run)
        if tasks == 0:
            raise NothingToLaunch(
                "No image fits, so the round would have no task. Choose other images, or import some first: "
                "manage.py import_images."
            )
        Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN, opened_at=Now())
        audit.record(
            actor=launched_by,
            verb="round.launched",
            subject=round,
            project=project,
            after={
                "number": number,
                "tasks": tasks,
                "checks": checks,
                "starting_text": settings.starting_text,
            },
        )
    round.refresh_from_db()
    return round


def _refuse_spare_names(settings: RoundSettings) -> None:
    if len(settings.review_level_names) > settings.review_levels:
        raise InvalidSettings(
            f"There are more names than levels of review; there are {settings.review_levels}."
        )


def _refuse_strangers(project: Project, settings: RoundSettings) -> None:
    members = set(Membership.objects.filter(project=project).values_list("user", flat=True))
    if not set(settings.people) <= members:
        raise InvalidSettings(
            "Somebody whom the round is for is no member of the project. Invite them first."
        )
    if settings.people and settings.cohorts:
        raise InvalidSettings("A round is for named people or for cohorts, not for both.")
    if not set(settings.cohorts) <= set(project.cohorts.values_list("pk", flat=True)):
        raise InvalidSettings("The project has no such cohort.")
    if settings.cohorts and abs(sum(settings.cohorts.values()) - 1) > SHARES_ADD_UP:
        raise InvalidSettings("The shares of the cohorts must add up to 1.")
    if any(share <= 0 for share in settings.cohorts.values()):
        raise InvalidSettings("Every cohort needs a share above 0. Leave the others out.")


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


def _create_tasks(*, round: Round, settings: RoundSettings, run: CaptionerRun | None) -> tuple[int, int]:
    """How many tasks, and how many check tasks beside them."""
    plan, values = launch_plan(project=round.project, settings=settings, run=run)
    own_allowed = {"round": round.pk, "own_previous_allowed": round.own_previous_allowed}
    with connection.cursor() as cursor:
        checks: list[PlannedCheck] = []
        if settings.check_share:
            cursor.execute(f"WITH {plan} {COUNT}", values)
            [tasks] = cursor.fetchone()
            checks = check_plan(
                project=round.project, settings=settings, plan=plan, values=values, tasks=tasks
            )
        create = (CREATE_WITH_CHECKS if checks else CREATE_TASKS).replace("{columns}", COLUMNS)
        cursor.execute(f"WITH {plan} {create}", values | own_allowed | _columns(checks))
        created: int = cursor.rowcount - len(checks)
        # Claims must be planned for a full table at once, not when autovacuum comes by.
        cursor.execute("ANALYZE task")
    return created, len(checks)


def _columns(checks: list[PlannedCheck]) -> dict[str, list[Any]]:
    """What CREATE_WITH_CHECKS needs to know, a list per column."""
    return {
        "images": [check.row["image_id"] for check in checks],
        "texts": [check.planted.text for check in checks],
        "unsures": [json.dumps(check.unsure) for check in checks],
        "kinds": [check.planted.kind for check in checks],
        "wrongs": [check.planted.wrong for check in checks],
        "rights": [check.planted.right for check in checks],
        "extra_places": [check.extra_place for check in checks],
        "stand_ins": [check.stands_in for check in checks],
    }
