"""Which check tasks a launch adds: an error planted into the starting text of some of the planned images.

Only texts that are known to be good are used: drafts, and previous captions that a reviewer accepted or wrote. A check is an
extra slot of its image, so the image is handed out once more than others: at an extra place, by lot among all places. Whoever
meets an image there could guess that it is one of those with a check. So the check may as well stand at one of the image's
usual places, and the real task at the extra one; how often is such that an extra place has a check as often as a usual one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection

from annotation_server.choices import StartingText
from annotation_server.models import Project
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.as_dicts import as_dicts
from annotation_server.rules.secret_lot import secret_lot
from annotation_server.texts.planting import Planted, names_in, plant_error
from annotation_server.texts.unsure import Spans, unsure_of_planted

# Some texts have no place for an error, so more are looked at than are needed.
LOOKED_AT = 2

CANDIDATES = """
SELECT image_id, starting_source, starting_text, alt_text_id, alt_text, previous_id, previous_text, previous_annotator_id,
    draft_id, draft_text, draft_unsure::json AS draft_unsure, cohort_id
FROM planned
WHERE slot = 0 AND (starting_source = 'draft' OR starting_source = 'previous_caption' AND EXISTS (
    SELECT 1 FROM review WHERE review.fixed_caption_id = previous_id
    UNION ALL SELECT 1 FROM review WHERE review.caption_id = previous_id AND review.verdict = 'accepted'))
ORDER BY hashint8extended(image_id, %(secret)s), image_id LIMIT %(looked_at)s
"""


@dataclass(frozen=True, kw_only=True)
class PlannedCheck:
    """A check task to be. `row` is the planned task of the same image, `unsure` what the captioner seems to have been unsure
    of in the draft that is shown.

    `extra_place` counts the usual places before the image's extra one. There the check is, unless it `stands_in` for the real
    task of that slot: then it has its usual place, and the real task the extra one.
    """

    row: dict[str, Any]
    planted: Planted
    unsure: Spans
    extra_place: int
    stands_in: int | None


def check_plan(
    *, project: Project, settings: RoundSettings, plan: str, values: dict[str, Any], tasks: int
) -> list[PlannedCheck]:
    """The checks for a launch of so many tasks (`plan` and `values` are launch_plan's). Fewer where texts are lacking."""
    wanted = round(settings.check_share * tasks)
    if wanted == 0:
        return []
    lot = secret_lot(purpose="checks", of=f"{project.slug}:{settings.seed}")
    rows = _candidates(plan, {**values, "secret": lot.getrandbits(62), "looked_at": LOOKED_AT * wanted})
    names = [name for row in rows for name in names_in(row["starting_text"])]
    planted = list(_planted(rows, names, project, lot))[:wanted]
    places = lot.sample(range(tasks), len(planted))
    at_extra_place = len(planted) / (tasks + len(planted))
    slots = range(settings.annotators_per_image)
    return [
        PlannedCheck(
            row=row,
            planted=error,
            unsure=_unsure(row, error, of=f"{project.slug}:{settings.seed}:{row['image_id']}"),
            extra_place=place,
            stands_in=None if lot.random() < at_extra_place else lot.choice(slots),
        )
        for (row, error), place in zip(planted, places, strict=True)
    ]


def _unsure(row: dict[str, Any], error: Planted, *, of: str) -> Spans:
    if row["starting_source"] != StartingText.DRAFT:
        return list(row["draft_unsure"])
    return unsure_of_planted(
        draft=row["draft_text"],
        unsure=row["draft_unsure"],
        planted=error.text,
        lot=secret_lot(purpose="unsure words", of=of),
    )


def _candidates(plan: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {plan} {CANDIDATES}", values)
        return as_dicts(cursor)


def _planted(
    rows: list[dict[str, Any]], names: list[str], project: Project, lot: Random
) -> Iterator[tuple[dict[str, Any], Planted]]:
    for row in rows:
        others = [row[name] for name in ("alt_text", "previous_text", "draft_text") if row[name]]
        error = plant_error(
            text=row["starting_text"],
            also_true=others,
            other_names=names,
            language=project.language,
            lot=Random(lot.getrandbits(64)),  # noqa: S311  (of a secret lot)
        )
        if error is not None:
            yield row, error
