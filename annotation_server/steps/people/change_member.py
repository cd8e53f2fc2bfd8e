"""Members and people are changed: their role, whether they are paused, whether the account is in use at all. What a paused or
deactivated person holds goes to the others."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import Role, RoundState
from annotation_server.errors import NotAllowed
from annotation_server.models import ApiToken, Membership, Round, User
from annotation_server.rules.acting_admins import refuse_last_admin
from annotation_server.rules.reopened import hand_over


def change_role(*, membership: Membership, role: Role, changed_by: User) -> None:
    """Raises NotAllowed when the project would have no admin left."""
    with transaction.atomic():
        if role != Role.ADMIN:
            refuse_last_admin(membership)
        before = Membership.objects.get(pk=membership.pk).role
        Membership.objects.filter(pk=membership.pk).update(role=role)
        audit.record(
            actor=changed_by,
            verb="membership.set",
            subject=membership,
            project=membership.project,
            before={"role": before},
            after={"role": role, "user": membership.user_id},
        )


def pause_member(*, membership: Membership, paused_by: User) -> int:
    """They are out of this project, and of no other: what they hold goes to others, their words are kept. Returns how many
    tasks were handed over. Raises NotAllowed when the project would have no admin left."""
    with transaction.atomic():
        refuse_last_admin(membership)
        paused = Membership.objects.filter(pk=membership.pk, paused_at=None).update(paused_at=Now())
        open_rounds = Round.objects.filter(project=membership.project_id, state=RoundState.OPEN)
        handed_over = hand_over(user_id=membership.user_id, rounds=open_rounds)
        if paused:
            audit.record(
                actor=paused_by,
                verb="membership.paused",
                subject=membership,
                project=membership.project,
                before={"paused": False},
                after={"paused": True, "user": membership.user_id, "handed_over": handed_over},
            )
    return handed_over


def resume_member(*, membership: Membership, resumed_by: User) -> None:
    """They get tasks again."""
    with transaction.atomic():
        if Membership.objects.filter(pk=membership.pk, paused_at__isnull=False).update(paused_at=None):
            audit.record(
                actor=resumed_by,
                verb="membership.resumed",
                subject=membership,
                project=membership.project,
                before={"paused": True},
                after={"paused": False, "user": membership.user_id},
            )


def deactivate_person(*, user: User, deactivated_by: User | None) -> int:
    """The account stays, with all that was done under it, but nobody gets in: its sessions and tokens end, its tasks go to
    others. Returns how many. Raises NotAllowed for the last owner of the site."""
    with transaction.atomic():
        owners = {
            owner.pk for owner in User.objects.select_for_update().filter(is_superuser=True, is_active=True)
        }
        if owners == {user.pk}:
            raise NotAllowed("The site needs an owner. Make somebody else owner first.")
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            return 0
        _end_sessions(user_id=user.pk)
        tokens = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=Now())
        handed_over = hand_over(user_id=user.pk, rounds=Round.objects.filter(state=RoundState.OPEN))
        _record_activity(user, deactivated_by, active=False, tokens_revoked=tokens, handed_over=handed_over)
    return handed_over


def reactivate_person(*, user: User, reactivated_by: User | None) -> None:
    """They can sign in again; tokens stay revoked."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            _record_activity(user, reactivated_by, active=True)


def end_sessions(*, user: User, ended_by: User) -> None:
    """Sign the person out everywhere; their tokens go on."""
    with transaction.atomic():
        _end_sessions(user_id=user.pk)
        audit.record(actor=ended_by, verb="user.sessions_ended", subject=user, project=None)


def _record_activity(user: User, actor: User | None, *, active: bool, **details: object) -> None:
    audit.record(
        actor=actor,
        verb="user.reactivated" if active else "user.deactivated",
        subject=user,
        project=None,
        before={"is_active": not active},
        after={"is_active": active, **details},
    )


def _end_sessions(*, user_id: int) -> None:
    User.objects.filter(pk=user_id).update(sessions_ended=F("sessions_ended") + 1)
