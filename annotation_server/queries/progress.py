"""How a round is going, in counts."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now

from annotation_server.choices import TaskState
from annotation_server.models import Caption, Round, Task

MINE = (TaskState.CLAIMED, TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.RETURNED)


def rounds_progress(*, rounds: list[Round], viewer_id: int) -> dict[int, dict[str, Any]]:
    """Per round id: tasks by state, the viewer's own, and captions handed in within the last hour. Two queries."""
    ids = [round.pk for round in rounds]
    progress: dict[int, dict[str, Any]] = {
        pk: {
            "counts": {**dict.fromkeys(TaskState.values, 0), "total": 0},
            "mine": dict.fromkeys(MINE, 0),
            "captions_last_hour": 0,
        }
        for pk in ids
    }
    grouped = (
        Task.objects.filter(round__in=ids)
        .order_by()
        .values("round_id", "state")
        .annotate(tasks=Count("id"), mine=Count("id", filter=Q(annotator_id=viewer_id)))
    )
    for row in grouped:
        of_round = progress[row["round_id"]]
        of_round["counts"][row["state"]] = row["tasks"]
        of_round["counts"]["total"] += row["tasks"]
        if row["state"] in MINE:
            of_round["mine"][row["state"]] = row["mine"]
    recent = (
        Caption.objects.filter(task__round__in=ids, created_at__gt=Now() - timedelta(hours=1))
        .order_by()
        .values("task__round_id")
        .annotate(captions=Count("id"))
    )
    for counted in recent:
        progress[counted["task__round_id"]]["captions_last_hour"] = counted["captions"]
    return progress
