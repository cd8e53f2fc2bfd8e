"""An admin overrules the gate: this run writes the drafts."""

from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, RunState
from annotation_server.errors import InvalidSettings, InvalidText
from annotation_server.models import CaptionerRun, Job, User


def promote_run(*, run: CaptionerRun, promoted_by: User, reason: str) -> Job:
    """Promote a finished run that the gate held back, and queue its drafts. Raises InvalidSettings, InvalidText."""
    if not reason.strip():
        raise InvalidText("Say why this run may write drafts although the gate held it back.")
    with transaction.atomic():
        moved = CaptionerRun.objects.filter(pk=run.pk, state=RunState.FINISHED, promoted=False).update(
            promoted=True,
            promotion_reason=f"{promoted_by.username}: {reason.strip()}",
            state=RunState.DRAFTING,
        )
        if not moved:
            raise InvalidSettings("Only a finished run that was not promoted can be promoted.")
        audit.record(
            actor=promoted_by,
            verb="captioner_run.promoted",
            subject=run,
            project=run.project,
            before={"reason": run.promotion_reason},
            after={"reason": reason},
        )
        return jobs.enqueue(
            kind=JobKind.WRITE_DRAFTS,
            project=run.project,
            round=run.through_round,
            run=run,
            requested_by=promoted_by,
        )
