"""An admin takes a launch back: the round is gone as if it had never been, unless somebody has handed something in."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState
from annotation_server.errors import RoundUnderWay
from annotation_server.models import Caption, ClaimBookmark, Round, Skip, Task, User, WorkingCopy
from annotation_server.rules.locks import hold_round


def undo_launch(*, round: Round, undone_by: User | None) -> None:
    """Remove the round with its tasks and working copies. Raises RoundUnderWay."""
    with transaction.atomic():
        hold_round(round_id=round.pk)  # A submission under way comes first, or finds no task.
        open_still = Round.objects.select_for_update().filter(pk=round.pk, state=RoundState.OPEN).exists()
        if not open_still or Caption.objects.filter(task__round=round).exists():
            raise RoundUnderWay(
                f"Round {round.number} has captions or is not open any more. Close it instead of undoing its launch."
            )
        tasks = Task.objects.filter(round=round)
        # Takes the tasks out of the hands of claims under way, and waits for those that were first.
        tasks.update(state=TaskState.CANCELLED, lease_expires_at=None)
        audit.record(
            actor=undone_by,
            verb="round.launch_undone",
            subject=round,
            project=round.project,
            before={"number": round.number, "tasks": tasks.count()},
        )
        for of_tasks in (
            WorkingCopy.objects.filter(task__round=round),
            Skip.objects.filter(task__round=round),
        ):
            of_tasks._raw_delete(of_tasks.db)
        ClaimBookmark.objects.filter(round=round)._raw_delete(tasks.db)
        tasks._raw_delete(tasks.db)
        Round.objects.filter(pk=round.pk)._raw_delete(tasks.db)
