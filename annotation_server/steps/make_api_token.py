"""Keys for programs: shown once, stored hashed."""

import hashlib
import secrets

from django.db import transaction

from annotation_server import audit
from annotation_server.models import ApiToken, User


def token_digest(secret: str) -> str:
    """What the database keeps of a token: its SHA-256 (the token itself has 256 random bits)."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def make_api_token(*, user: User, name: str) -> str:
    """A new token's secret, shown this once."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(user=user, name=name, secret_sha256=token_digest(secret))
        audit.record(actor=user, verb="api_token.made", subject=token, project=None, after={"name": name})
    return secret
