"""An annotator takes a submission back to go on with it. The caption stands until the next one, which is its child."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState
from annotation_server.errors import RoundClosed, TaskNotYours
from annotation_server.models import Caption, Project, Review, Round, Task, User, WorkingCopy
from annotation_server.queries.people.membership import refuse_paused
from annotation_server.rules.locks import share_round


def undo_submission(*, caption: Caption, annotator: User) -> None:
    """submitted → claimed, with the caption's text in the working copy, or newer words of theirs that are there. Any caption
    of theirs that is its task's, as long as the round is open and nobody has reviewed it. Raises RoundClosed, Paused,
    TaskNotYours."""
    with transaction.atomic():
        share_round(round_id=caption.task.round_id)
        round = Round.objects.select_related("project").get(pk=caption.task.round_id)
        if round.state != RoundState.OPEN:
            raise RoundClosed("The round is closed, so its submissions stand.")
        refuse_paused(user=annotator, projects=Project.objects.filter(pk=round.project_id))
        # Locked first, as a reviewer does: of the two, the second sees what the first did.
        task = Task.objects.select_for_update(of=("self",)).select_related("image").get(pk=caption.task_id)
        if (why_not := _why_not(task=task, caption=caption, annotator=annotator)) is not None:
            raise TaskNotYours(why_not)
        Task.objects.filter(pk=task.pk).update(
            state=TaskState.CLAIMED, lease_expires_at=Now() + timedelta(minutes=round.lease_minutes)
        )
        copies = WorkingCopy.objects.filter(task=caption.task, annotator=annotator)
        # They may have taken it back before and gone on with it until the lease ended.
        copies.filter(saved_at__lte=caption.created_at).update(text=caption.text)
        copies.update(version=F("version") + 1, saved_at=Now())
        audit.record(actor=annotator, verb="caption.undone", subject=caption, project=round.project)


def _why_not(*, task: Task, caption: Caption, annotator: User) -> str | None:
    """What stands in the way, in words for the annotator; None if nothing does."""
    if caption.annotator_id != annotator.pk:
        return "This caption is somebody else's. You can only take your own back."
    if Review.objects.filter(caption=caption).exists() or task.state == TaskState.ACCEPTED:
        return "A reviewer has decided on this caption, so it stands. Ask them if it has to be changed."
    if task.image.withdrawn_at is not None:
        return "This picture was taken down, so nothing is to be done about it any more."
    if task.annotator_id == annotator.pk and task.state == TaskState.CLAIMED:
        return "You have taken this caption back already. Go on with it at the workbench."
    is_theirs = task.annotator_id == annotator.pk and task.current_caption_id == caption.pk
    if task.state != TaskState.SUBMITTED or task.review_level or not is_theirs:
        return "This caption is not its task's any more: there is a newer one."
    return None
