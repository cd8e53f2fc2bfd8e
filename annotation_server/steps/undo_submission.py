"""An annotator takes their last submission back to go on with it. The caption stays; the next one is its child."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState
from annotation_server.errors import RoundClosed, TaskNotYours
from annotation_server.models import Caption, Round, Task, User, WorkingCopy
from annotation_server.queries.locks import share_round


def undo_submission(*, caption: Caption, annotator: User) -> None:
    """submitted → claimed, with the caption's text in the working copy. Raises RoundClosed, TaskNotYours."""
    with transaction.atomic():
        share_round(round_id=caption.task.round_id)
        round = Round.objects.select_related("project").get(pk=caption.task.round_id)
        if round.state != RoundState.OPEN:
            raise RoundClosed("The round is closed, so its submissions stand.")
        moved = Task.objects.filter(
            pk=caption.task_id,
            annotator=annotator,
            current_caption=caption,
            state=TaskState.SUBMITTED,
            review_level=0,
        ).update(state=TaskState.CLAIMED, lease_expires_at=Now() + timedelta(minutes=round.lease_minutes))
        if not moved:
            raise TaskNotYours(
                "This submission cannot be taken back: it is not your last one, or it was reviewed."
            )
        WorkingCopy.objects.filter(task=caption.task, annotator=annotator).update(
            text=caption.text, version=F("version") + 1, saved_at=Now()
        )
        audit.record(actor=annotator, verb="caption.undone", subject=caption, project=round.project)
