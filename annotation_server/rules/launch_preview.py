"""What a launch would do, shown before anything is created."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from annotation_server.choices import TaskOrder
from annotation_server.models import Membership, Project
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.rounds.launch_plan import launch_plan
from annotation_server.queries.runs.drafting import drafting_run
from annotation_server.rules.check_plan import check_plan

FIRST_TASKS = 10
PLANTED_SHOWN = 3

COUNTS = """
SELECT count(*), count(DISTINCT image_id), count(*) FILTER (WHERE control),
    count(*) FILTER (WHERE starting_source = 'alt_text'), count(*) FILTER (WHERE starting_source = 'previous_caption'),
    count(*) FILTER (WHERE starting_source = 'draft'),
    count(DISTINCT image_id) FILTER (WHERE expected_edit IS NULL),
    count(*) FILTER (WHERE char_length(starting_text) > %(caption_limit)s)
FROM planned
"""
FIRST = """
SELECT image_id, image.sha256, image.face_boxes::json, slot, control, starting_source, starting_text, alt_text, previous_text,
    CASE WHEN draft_id IS NOT NULL THEN draft_text END
FROM planned JOIN image ON image.id = image_id
WHERE position <= %(first)s ORDER BY position
"""
COLUMNS = [
    "image",
    "sha256",
    "face_boxes",
    "slot",
    "control",
    "starting_source",
    "starting_text",
    "alt_text",
    "previous_caption",
    "draft",
]


@dataclass(frozen=True, kw_only=True)
class LaunchPreview:
    """In numbers of tasks (but `images` and `unplaced`); `checks` come on top of `tasks`, and `planted` shows some of them.

    `unplaced` are the images of which nobody can say how much there is to edit; 0 when that order is not asked for.

    `first` are the first tasks as people would get them.
    """

    tasks: int
    images: int
    control: int
    checks: int
    from_alt_text: int
    from_previous_caption: int
    from_draft: int
    unplaced: int
    warnings: list[str]
    first: list[dict[str, Any]]
    planted: list[dict[str, str]]


def launch_preview(*, project: Project, settings: RoundSettings) -> LaunchPreview:
    """Count and show what launch_round would create with these settings, without changing anything."""
    plan, values = launch_plan(project=project, settings=settings, run=drafting_run(project=project))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {plan} {COUNTS}", {**values, "caption_limit": project.caption_limit})
        tasks, images, control, alt_text, previous, draft, unplaced, too_long = cursor.fetchone()
        cursor.execute(f"WITH {plan} {FIRST}", {**values, "first": FIRST_TASKS})
        first = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    if settings.order != TaskOrder.EXPECTED_EDIT:
        unplaced = 0
    checks = check_plan(project=project, settings=settings, plan=plan, values=values, tasks=tasks)
    people = _people(project, settings)
    return LaunchPreview(
        tasks=tasks,
        images=images,
        control=control,
        checks=len(checks),
        from_alt_text=alt_text,
        from_previous_caption=previous,
        from_draft=draft,
        unplaced=unplaced,
        warnings=[
            *_warnings(settings=settings, tasks=tasks, drafts=draft + control, people=people),
            *_length_warnings(too_long=too_long, limit=project.caption_limit),
            *_order_warnings(images=images, unplaced=unplaced),
            *_cohort_warnings(project, settings),
            *_check_warnings(settings=settings, tasks=tasks, checks=len(checks), people=people),
        ],
        first=first,
        planted=[
            {"kind": str(one.planted.kind), "before": one.row["starting_text"], "after": one.planted.text}
            for one in checks[:PLANTED_SHOWN]
        ],
    )


def _people(project: Project, settings: RoundSettings) -> int:
    """How many can work on the round now; in a round with cohorts, on a task of its smallest cohort."""
    rows = Membership.objects.filter(project=project, paused_at=None, user__is_active=True)
    if settings.people:
        return rows.filter(user__in=settings.people).count()
    if settings.cohorts:
        return min(rows.filter(cohort=cohort).count() for cohort in settings.cohorts)
    return rows.count()


def _cohort_warnings(project: Project, settings: RoundSettings) -> list[str]:
    working = Q(memberships__paused_at=None, memberships__user__is_active=True)
    rows = project.cohorts.filter(pk__in=settings.cohorts).annotate(
        working=Count("memberships", filter=working)
    )
    return [f"Nobody of the cohort '{cohort.name}' can work now." for cohort in rows if cohort.working == 0]


def _warnings(*, settings: RoundSettings, tasks: int, drafts: int, people: int) -> list[str]:
    warnings = []
    if tasks == 0:
        warnings.append("No image fits this choice, so there would be no task.")
    if settings.starting_text == "draft" and drafts < tasks:
        warnings.append(f"{tasks - drafts:,} tasks have no draft and start from an earlier text.")
    if settings.annotators_per_image > people:
        warnings.append(
            f"Annotators wanted per image: {settings.annotators_per_image}; people who can work on them: {people}."
        )
    if settings.control_share and settings.starting_text != "draft":
        warnings.append("There is a control arm only where tasks start from drafts.")
    return warnings


def _length_warnings(*, too_long: int, limit: int) -> list[str]:
    if too_long == 0:
        return []
    tasks = "1 task starts" if too_long == 1 else f"{too_long:,} tasks start"
    where = f"{tasks} from a text of more than {limit:,} characters, the limit of a caption in this project."
    return [f"{where} People see all of it and must cut it before they can submit."]


def _order_warnings(*, images: int, unplaced: int) -> list[str]:
    if unplaced == 0:
        return []
    unknown = f"{unplaced:,} of {images:,} images have neither a draft nor a comparison with their alt-text"
    return [f"{unknown}, so nobody knows how much there is to edit: they come last, as imported."]


def _check_warnings(*, settings: RoundSettings, tasks: int, checks: int, people: int) -> list[str]:
    wanted = round(settings.check_share * tasks)
    warnings = []
    if checks < wanted:
        warnings.append(
            f"{wanted:,} check tasks are wanted, but only {checks:,} can be made: they need drafts, or previous captions "
            "that were reviewed."
        )
    if checks and people <= settings.annotators_per_image:
        warnings.append(
            "Nobody gets an image twice, so check tasks need more people than there are annotators per image."
        )
    return warnings
