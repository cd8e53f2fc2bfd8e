"""One-time links: made by an admin or a command, used up by the first sign-in."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.errors import LinkUsedUp
from annotation_server.models import SignInLink, User
from annotation_server.reach.secret import new_secret, secret_digest


def make_sign_in_link(*, user: User, hours: int = 24, made_by: User | None = None) -> str:
    """A new link's secret, shown this once; the database keeps only its hash."""
    secret = new_secret()
    with transaction.atomic():
        link = SignInLink.objects.create(
            user=user, secret_sha256=secret_digest(secret), expires_at=Now() + timedelta(hours=hours)
        )
        audit.record(
            actor=made_by, verb="sign_in_link.made", subject=link, project=None, after={"user": user.pk}
        )
    return secret


def use_sign_in_link(*, secret: str) -> User:
    """The person whom the link signs in; the link is used up. Raises LinkUsedUp."""
    with transaction.atomic():
        link = (
            SignInLink.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(
                secret_sha256=secret_digest(secret), used_at=None, expires_at__gt=Now(), user__is_active=True
            )
            .first()
        )
        if link is None:
            raise LinkUsedUp(
                "This sign-in link was used before or has run out. Ask your admin for a new one."
            )
        SignInLink.objects.filter(pk=link.pk).update(used_at=Now())
        audit.record(actor=link.user, verb="sign_in_link.used", subject=link, project=None)
    return link.user
