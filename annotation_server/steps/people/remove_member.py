"""A member leaves a project: what they hold goes to others, their captions stay with their name."""

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import RoundState
from annotation_server.models import ApiToken, Membership, Round, User
from annotation_server.rules.acting_admins import refuse_last_admin
from annotation_server.rules.reopened import hand_over


def remove_member(*, membership: Membership, removed_by: User | None) -> int:
    """They are out at once, and their tokens for the project are revoked. Returns how many tasks were handed over. Raises
    NotAllowed when the project would have no admin left."""
    with transaction.atomic():
        refuse_last_admin(membership)
        gone = Membership.objects.select_for_update().filter(pk=membership.pk).first()
        if gone is None:
            return 0
        tokens = ApiToken.objects.filter(user=gone.user_id, project=gone.project_id, revoked_at=None)
        revoked = tokens.update(revoked_at=Now())
        rounds = Round.objects.filter(project=gone.project_id, state=RoundState.OPEN)
        handed_over = hand_over(user_id=gone.user_id, rounds=rounds)
        audit.record(
            actor=removed_by,
            verb="membership.removed",
            subject=gone,
            project=membership.project,
            before={"role": gone.role, "user": gone.user_id},
            after={"handed_over": handed_over, "tokens_revoked": revoked},
        )
        gone.delete()
    return handed_over
