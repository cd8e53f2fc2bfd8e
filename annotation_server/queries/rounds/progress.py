"""How a round is going, in counts."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now

from annotation_server.choices import TaskState
from annotation_server.models import Caption, Round, Task

DONE = (TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.RETURNED)
MINE = (TaskState.CLAIMED, TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.RETURNED)


def rounds_progress(
    *, rounds: list[Round], viewer_id: int, administered: set[int]
) -> dict[int, dict[str, Any]]:
    """Per round id: tasks by state, the viewer's own, and captions handed in within the last hour. Two queries.

    In rounds of projects that are not `administered` the check tasks do not show in the counts: see `_without_checks`.
    """
    ids = [round.pk for round in rounds]
    progress: dict[int, dict[str, Any]] = {
        pk: {
            "counts": {**dict.fromkeys(TaskState.values, 0), "total": 0},
            "mine": dict.fromkeys(MINE, 0),
            "captions_last_hour": 0,
        }
        for pk in ids
    }
    checks = dict.fromkeys(ids, 0)
    grouped = (
        Task.objects.filter(round__in=ids)
        .order_by()
        .values("round_id", "state")
        .annotate(
            tasks=Count("id"),
            mine=Count("id", filter=Q(annotator_id=viewer_id)),
            checks=Count("id", filter=~Q(check_kind="")),
        )
    )
    for row in grouped:
        of_round = progress[row["round_id"]]
        of_round["counts"][row["state"]] = row["tasks"]
        of_round["counts"]["total"] += row["tasks"]
        if row["state"] in MINE:
            of_round["mine"][row["state"]] = row["mine"]
        checks[row["round_id"]] += row["checks"]
    for round in rounds:
        if checks[round.pk] and round.project_id not in administered:
            progress[round.pk]["counts"] = _without_checks(
                progress[round.pk]["counts"], checks=checks[round.pk]
            )
    recent = (
        Caption.objects.filter(
            task__round__in=ids, task__state__in=DONE, created_at__gt=Now() - timedelta(hours=1)
        )
        .order_by()
        .values("task__round_id")
        .annotate(captions=Count("task", distinct=True))  # What was taken back or fixed is no second one.
    )
    for counted in recent:
        progress[counted["task__round_id"]]["captions_last_hour"] = counted["captions"]
    return progress


def _without_checks(counts: dict[str, int], *, checks: int) -> dict[str, int]:
    """The counts in the same proportions, but of as many tasks as there are without the checks.

    The plain total would tell how many checks there are, and leaving out the checks themselves which task is one: it alone
    would not count. What is lost by rounding goes to the states that lost most.
    """
    states, total = [name for name in counts if name != "total"], counts["total"]
    exact = {name: counts[name] * (total - checks) / total for name in states}
    whole = {name: int(exact[name]) for name in states}
    left = total - checks - sum(whole.values())
    for name in sorted(states, key=lambda name: whole[name] - exact[name])[:left]:
        whole[name] += 1
    return {**whole, "total": total - checks}
