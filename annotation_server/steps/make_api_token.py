"""Keys for programs: shown once, stored hashed."""

from django.db import transaction

from annotation_server import audit
from annotation_server.formats.secret import new_secret, secret_digest
from annotation_server.models import ApiToken, User


def make_api_token(*, user: User, name: str) -> str:
    """A new token's secret, shown this once."""
    secret = new_secret()
    with transaction.atomic():
        token = ApiToken.objects.create(user=user, name=name, secret_sha256=secret_digest(secret))
        audit.record(actor=user, verb="api_token.made", subject=token, project=None, after={"name": name})
    return secret
