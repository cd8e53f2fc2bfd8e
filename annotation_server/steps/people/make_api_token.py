"""Keys for programs: shown once, stored hashed, limited to a scope, a project and a time, and revoked by their person."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import TokenScope
from annotation_server.errors import InvalidSettings
from annotation_server.models import ApiToken, Project, User
from annotation_server.reach.secret import new_secret, secret_digest

# That are good, of a person.
MOST_TOKENS = 50


def make_api_token(
    *,
    user: User,
    name: str,
    scope: TokenScope = TokenScope.ADMIN,
    project: Project | None = None,
    days: int | None = None,
) -> str:
    """A new token's secret, which is shown this once. Without `days` it lasts until it is revoked. Raises InvalidSettings for
    one more than MOST_TOKENS that are good."""
    secret = new_secret()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # Of two at once one is counted first.
        good = ApiToken.objects.filter(user=user, revoked_at=None).exclude(expires_at__lte=Now())
        if good.count() >= MOST_TOKENS:
            raise InvalidSettings(
                f"{user.username} has {MOST_TOKENS} keys, and no more are made. Revoke one first."
            )
        token = ApiToken.objects.create(
            user=user,
            name=name,
            secret_sha256=secret_digest(secret),
            scope=scope,
            project=project,
            expires_at=None if days is None else Now() + timedelta(days=days),
        )
        limits = {"scope": str(scope), "days": days, "project": project.slug if project else None}
        audit.record(
            actor=user, verb="api_token.made", subject=token, project=project, after={"name": name, **limits}
        )
    return secret


def revoke_api_token(*, token: ApiToken, revoked_by: User | None) -> None:
    """Nobody gets in with it any more. Twice is once."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=Now()):
            audit.record(
                actor=revoked_by,
                verb="api_token.revoked",
                subject=token,
                project=token.project,
                before={"name": token.name, "user": token.user_id},
            )
