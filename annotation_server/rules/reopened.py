"""Tasks whose holder took a caption back to go on with it. Until they hand in the next one, that caption still stands: it is
neither lost with the lease, nor when the round is closed, nor when the person leaves."""

from django.db.models import Exists, F, OuterRef, QuerySet

from annotation_server.choices import TaskState
from annotation_server.models import Review, Round, Task


def reopened(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Those of the tasks. What a reviewer returned is none of them: it is to be done again. The claim knows the same rule
    (sql/claim_tasks.sql)."""
    found = tasks.filter(
        state=TaskState.CLAIMED, current_caption__isnull=False, current_caption__annotator=F("annotator")
    ).exclude(Exists(Review.objects.filter(caption=OuterRef("current_caption"))))
    # The state once more, outside: of what is looked up inside, an update does not see what others commit meanwhile.
    return Task.objects.filter(pk__in=found.values("pk"), state=TaskState.CLAIMED)


def let_stand(tasks: QuerySet[Task]) -> int:
    """Those that were taken back are handed in again as they were; how many."""
    return reopened(tasks).update(state=TaskState.SUBMITTED, lease_expires_at=None)


def hand_over(*, user_id: int, rounds: QuerySet[Round]) -> int:
    """What the person holds in these rounds goes to others, but for captions that stand; how many tasks."""
    held = Task.objects.filter(
        round__in=rounds, annotator=user_id, state__in=[TaskState.CLAIMED, TaskState.RETURNED]
    )
    let_stand(held)
    return held.update(state=TaskState.PENDING, annotator=None, lease_expires_at=None)
