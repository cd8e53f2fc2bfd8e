"""An admin closes a round: no more tasks, what nobody reviewed is accepted, and the training set is frozen next."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, RoundState, TaskState
from annotation_server.errors import RoundClosed
from annotation_server.models import Job, Round, Task, User
from annotation_server.rules.locks import hold_round
from annotation_server.rules.reopened import let_stand, reopened

UNFINISHED = [TaskState.PENDING, TaskState.CLAIMED, TaskState.RETURNED]


@dataclass(frozen=True, kw_only=True)
class ClosingCheck:
    """What closing would do, in numbers of tasks."""

    unfinished: int
    waiting_for_review: int
    flagged: int
    accepted_if_closed: int


def _acceptable(round: Round) -> QuerySet[Task]:
    return Task.objects.filter(round=round, state=TaskState.SUBMITTED, flagged=False)


def check_closing(*, round: Round) -> ClosingCheck:
    """Count what is unfinished and what would be accepted, without changing anything."""
    tasks = Task.objects.filter(round=round)
    accepted = tasks.filter(state=TaskState.ACCEPTED).count()
    taken_back = reopened(tasks)
    flagged = taken_back.filter(flagged=True).count()
    return ClosingCheck(
        unfinished=tasks.filter(state__in=UNFINISHED).count() - taken_back.count(),
        waiting_for_review=tasks.filter(
            Q(needs_review=True) | Q(flagged=True), state=TaskState.SUBMITTED
        ).count(),
        flagged=tasks.filter(flagged=True, state=TaskState.SUBMITTED).count() + flagged,
        accepted_if_closed=accepted + _acceptable(round).count() + taken_back.count() - flagged,
    )


def close_round(*, round: Round, closed_by: User | None) -> Job:
    """Stop the round: unfinished tasks are cancelled, submitted ones accepted unless they are flagged.

    A caption that its author took back and did not hand in again counts as submitted.

    Waits for submissions under way; those that come later are refused. Returns the job that freezes the training set.
    Raises RoundClosed.
    """
    with transaction.atomic():
        hold_round(round_id=round.pk)
        moved = Round.objects.filter(pk=round.pk, state=RoundState.OPEN).update(state=RoundState.CLOSING)
        if not moved:
            raise RoundClosed(f"Round {round.number} is not open, so it cannot be closed.")
        let_stand(Task.objects.filter(round=round))
        cancelled = Task.objects.filter(round=round, state__in=UNFINISHED).update(
            state=TaskState.CANCELLED, lease_expires_at=None
        )
        accepted = _acceptable(round).update(state=TaskState.ACCEPTED)
        job = jobs.enqueue(
            kind=JobKind.BUILD_TRAINING_SET, project=round.project, round=round, requested_by=closed_by
        )
        audit.record(
            actor=closed_by,
            verb="round.closed",
            subject=round,
            project=round.project,
            before={"state": RoundState.OPEN},
            after={"state": RoundState.CLOSING, "cancelled": cancelled, "accepted": accepted},
        )
    return job
