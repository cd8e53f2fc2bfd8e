"""An admin of a project invites somebody: a new account with a one-time sign-in link, or a question to who has one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.models import Invitation, Membership, Project, SignInLink, User
from annotation_server.queries.people.membership import is_owner_of
from annotation_server.reach.secret import new_secret, secret_digest
from annotation_server.texts.username import refuse_malformed_username

LINK_HOURS = 7 * 24
MOST_OPEN = 200


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A member, or somebody who is asked. `link_secret` is None for who had an account: whoever invites must not be able to
    sign in as them."""

    membership: Membership | None = None
    invitation: Invitation | None = None
    link_secret: str | None = None


def invite_person(*, project: Project, username: str, role: Role, invited_by: User) -> Invited:
    """Raises InvalidSettings for a malformed name, a member, who is invited already, and a project with many open invitations.

    Nobody becomes a member of a project without a word of their own or of the site's owner. So whoever has an account is
    asked, unless an owner invites. Who had none is a member at once: the account was made for this project, nobody else can
    use it, and to use the link is to accept. That also tells whoever invites if there was an account; no answer could hide it.
    """
    refuse_malformed_username(username)
    with transaction.atomic():
        # No other invitation and no membership of the project comes to be meanwhile.
        Project.objects.select_for_update().get(pk=project.pk)
        _refuse_known(project, username)
        user, is_new = User.objects.get_or_create(username=username)
        if not is_new and not is_owner_of(user=invited_by, project_id=project.pk):
            return Invited(invitation=_ask(project, user, role, invited_by))
        membership = Membership.objects.create(project=project, user=user, role=role)
        audit.record(
            actor=invited_by,
            verb="membership.invited",
            subject=membership,
            project=project,
            after={"role": role, "user": user.pk, "new_account": is_new},
        )
        return Invited(membership=membership, link_secret=_first_link(user) if is_new else None)


def _refuse_known(project: Project, username: str) -> None:
    if Membership.objects.filter(project=project, user__username=username).exists():
        raise InvalidSettings(f"{username} is a member already. Change their role instead.")


def _ask(project: Project, user: User, role: Role, invited_by: User) -> Invitation:
    """The audit log has the name as it was typed, and nothing else of the account."""
    opened = Invitation.objects.filter(project=project)
    if opened.filter(user=user).exists():
        raise InvalidSettings(
            f"{user.username} is invited already. To give another role, withdraw that invitation first."
        )
    if opened.count() >= MOST_OPEN:
        raise InvalidSettings(
            f"{MOST_OPEN} people have not answered yet. Withdraw invitations before you invite more people."
        )
    invitation = Invitation.objects.create(project=project, user=user, role=role, invited_by=invited_by)
    audit.record(
        actor=invited_by,
        verb="invitation.made",
        subject=invitation,
        project=project,
        after={"role": role, "username": user.username},
    )
    return invitation


def _first_link(user: User) -> str:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    secret = new_secret()
    SignInLink.objects.create(
        user=user, secret_sha256=secret_digest(secret), expires_at=Now() + timedelta(hours=LINK_HOURS)
    )
    return secret
