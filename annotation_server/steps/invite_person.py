"""An admin of a project invites somebody: a new account with a one-time sign-in link, or a membership for who has one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.formats.secret import new_secret, secret_digest
from annotation_server.formats.username import refuse_malformed_username
from annotation_server.models import Membership, Project, SignInLink, User

LINK_HOURS = 7 * 24


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """`link_secret` is None for somebody who has an account: whoever invites must not be able to sign in as them."""

    membership: Membership
    link_secret: str | None


def invite_person(*, project: Project, username: str, role: Role, invited_by: User) -> Invitation:
    """Make the person a member. Raises InvalidSettings for a malformed name or a member."""
    refuse_malformed_username(username)
    with transaction.atomic():
        user, made = User.objects.get_or_create(username=username)
        membership, joined = Membership.objects.get_or_create(
            project=project, user=user, defaults={"role": role}
        )
        if not joined:
            raise InvalidSettings(f"{username} is a member already. Change their role instead.")
        secret = _first_link(user) if made else None
        audit.record(
            actor=invited_by,
            verb="membership.invited",
            subject=membership,
            project=project,
            after={"role": role, "user": user.pk, "new_account": made},
        )
    return Invitation(membership=membership, link_secret=secret)


def _first_link(user: User) -> str:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    secret = new_secret()
    SignInLink.objects.create(
        user=user, secret_sha256=secret_digest(secret), expires_at=Now() + timedelta(hours=LINK_HOURS)
    )
    return secret
