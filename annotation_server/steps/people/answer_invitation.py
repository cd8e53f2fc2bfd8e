"""An open invitation ends, once: its person accepts or declines it, or an admin of the project withdraws it."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import Role
from annotation_server.errors import NotFound
from annotation_server.models import Invitation, Membership, Project, User
from annotation_server.queries.people.membership import role_in


def accept_invitation(*, key: int, user: User) -> Membership:
    """They are a member from now on. Raises NotFound for another person's, for one that is not open any more, and for one by
    somebody who may not invite any more: what a removed or paused admin has left behind opens no door."""
    with transaction.atomic():
        invitation = _take(key=key, user=user)
        by, project = invitation.invited_by, invitation.project
        if not by.is_active or role_in(user=by, project_id=project.pk) != Role.ADMIN:
            raise NotFound(
                f"{by.username} invited you and is no admin of the project any more. Ask one who is."
            )
        membership = Membership.objects.create(project=invitation.project, user=user, role=invitation.role)
        _record(invitation, "accepted", by=user)
    return membership


def decline_invitation(*, key: int, user: User) -> None:
    """Raises NotFound like accepting."""
    with transaction.atomic():
        _record(_take(key=key, user=user), "declined", by=user)


def withdraw_invitation(*, project: Project, username: str, withdrawn_by: User) -> None:
    """Raises NotFound where there is none of that name."""
    with transaction.atomic():
        found = Invitation.objects.filter(project=project, user__username=username).first()
        if found is None:
            raise NotFound("The project has no open invitation for that name.")
        _record(_take(key=found.pk, user=found.user), "withdrawn", by=withdrawn_by)


def _take(*, key: int, user: User) -> Invitation:
    """The row, gone: who comes second finds none. The project is locked first, as where invitations are made."""
    own = Invitation.objects.filter(pk=key, user=user)
    Project.objects.select_for_update().filter(pk__in=own.values("project")).first()
    invitation = own.select_related("project", "user", "invited_by").first()
    if invitation is None:
        raise NotFound("There is no such invitation, or it is not open any more.")
    Invitation.objects.filter(pk=key).delete()
    return invitation


def _record(invitation: Invitation, what: str, *, by: User) -> None:
    audit.record(
        actor=by,
        verb=f"invitation.{what}",
        subject=invitation,
        project=invitation.project,
        after={"role": invitation.role, "username": invitation.user.username},
    )
