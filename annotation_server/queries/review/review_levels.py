"""Levels of review: what they are called, and what each decided in a round."""

from dataclasses import dataclass

from django.db.models import Count

from annotation_server.choices import Verdict
from annotation_server.models import Review, Round
from annotation_server.queries.review.standing_reviews import standing


@dataclass(frozen=True, kw_only=True)
class LevelReport:
    """Verdicts of one level; `name` is empty where it has none."""

    level: int
    name: str
    accepted: int
    returned: int
    fixed: int


def level_name(*, names: list[str], level: int) -> str:
    """Empty where the level has none. Levels count from 1."""
    return names[level - 1] if level <= len(names) else ""


def reviews_by_level(*, round: Round) -> list[LevelReport]:
    """Every level of the round; verdicts on check tasks count too, as they are the reviewers' work."""
    given = standing(Review.objects.filter(caption__task__round=round)).values_list("level", "verdict")
    counts = {(level, verdict): count for level, verdict, count in given.annotate(Count("pk")).order_by()}
    return [
        LevelReport(
            level=level,
            name=level_name(names=round.review_level_names, level=level),
            accepted=counts.get((level, Verdict.ACCEPTED), 0),
            returned=counts.get((level, Verdict.RETURNED), 0),
            fixed=counts.get((level, Verdict.FIXED), 0),
        )
        for level in range(1, round.review_levels + 1)
    ]
