"""What waits for a reviewer in a round: the sample, everything flagged, and captions that came in late."""

from django.db.models import F, Q, QuerySet

from annotation_server.choices import TaskState
from annotation_server.models import Caption, Round, User


def review_queue(*, round: Round, reviewer: User) -> QuerySet[Caption]:
    """Captions to decide on, oldest first, never the reviewer's own. One query with its tasks, images and authors."""
    waiting = Q(task__state=TaskState.SUBMITTED, task__current_caption=F("id")) & (
        Q(task__needs_review=True) | Q(task__flagged=True)
    )
    return (
        Caption.objects.filter(waiting | Q(late=True), task__round=round, review__isnull=True)
        .exclude(annotator=reviewer)
        .select_related("task__image", "annotator")
        .prefetch_related("task__image__alt_texts")
        .order_by("id")
    )
