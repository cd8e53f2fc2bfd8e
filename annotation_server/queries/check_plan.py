"""Which check tasks a launch adds: an error planted into the starting text of some of the planned images.

Only texts that are known to be good are used: drafts, and previous captions that a reviewer accepted or wrote. A check is an
extra slot of its image, at a place by lot, so that everybody meets some of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection

from annotation_server.formats.planting import Planted, names_in, plant_error
from annotation_server.models import Project
from annotation_server.queries.as_dicts import as_dicts
from annotation_server.queries.launch_plan import RoundSettings

# Some texts have no place for an error, so more are looked at than are needed.
LOOKED_AT = 2

CANDIDATES = """
SELECT image_id, starting_source, starting_text, alt_text_id, alt_text, previous_id, previous_text, previous_annotator_id,
    draft_id, draft_text, cohort_id
FROM planned
WHERE slot = 0 AND NOT control AND (starting_source = 'draft' OR starting_source = 'previous_caption' AND EXISTS (
    SELECT 1 FROM review WHERE review.fixed_caption_id = previous_id
    UNION ALL SELECT 1 FROM review WHERE review.caption_id = previous_id AND review.verdict = 'accepted'))
ORDER BY hashint8extended(image_id, %(seed)s + 2), image_id LIMIT %(looked_at)s
"""


@dataclass(frozen=True, kw_only=True)
class PlannedCheck:
    """A check task to be. `row` is the planned task of the same image; `place` counts the real tasks before it."""

    row: dict[str, Any]
    planted: Planted
    place: int


def check_plan(
    *, project: Project, settings: RoundSettings, plan: str, values: dict[str, Any], tasks: int
) -> list[PlannedCheck]:
    """The checks for a launch of so many tasks (`plan` and `values` are launch_plan's). Fewer where texts are lacking."""
    wanted = round(settings.check_share * tasks)
    if wanted == 0:
        return []
    rows = _candidates(plan, {**values, "looked_at": LOOKED_AT * wanted})
    names = [name for row in rows for name in names_in(row["starting_text"])]
    planted = list(_planted(rows, names, project, settings))[:wanted]
    places = Random(settings.seed).sample(range(tasks), len(planted))  # noqa: S311  (a lot, not a secret)
    return [
        PlannedCheck(row=row, planted=error, place=place)
        for (row, error), place in zip(planted, places, strict=True)
    ]


def _candidates(plan: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {plan} {CANDIDATES}", values)
        return as_dicts(cursor)


def _planted(
    rows: list[dict[str, Any]], names: list[str], project: Project, settings: RoundSettings
) -> Iterator[tuple[dict[str, Any], Planted]]:
    for row in rows:
        others = [row[name] for name in ("alt_text", "previous_text", "draft_text") if row[name]]
        error = plant_error(
            text=row["starting_text"],
            also_true=others,
            other_names=names,
            language=project.language,
            seed=f"{settings.seed}:{row['image_id']}",
        )
        if error is not None:
            yield row, error
