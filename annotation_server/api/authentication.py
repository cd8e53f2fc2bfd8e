"""`Authorization: Token …` for programs; only the token's hash is looked up."""

from django.db.models.functions import Now
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotation_server.models import ApiToken, User
from annotation_server.reach.secret import secret_digest

# Written out, because every call of a program begins with it, and putting it together took longer than running it.
WHO_CALLS = """
SELECT "user".*, api_token.id AS token_id, api_token.scope AS token_scope, api_token.project_id AS token_project_id,
    api_token.project_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM membership WHERE membership.user_id = "user".id AND membership.project_id = api_token.project_id
            AND membership.paused_at IS NULL) AS token_is_out,
    coalesce(api_token.last_used_at > statement_timestamp() - interval '1 minute', false) AS token_used_lately
FROM "user" JOIN api_token ON api_token.user_id = "user".id
WHERE api_token.secret_sha256 = %s AND api_token.revoked_at IS NULL AND "user".is_active
    AND coalesce(api_token.expires_at > statement_timestamp(), true)
"""


class TokenAuthentication(BaseAuthentication):
    """A live token of an active person."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None when the request carries no token. Raises AuthenticationFailed."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "token":
            return None
        for user in User.objects.raw(WHO_CALLS, [secret_digest(secret.strip())]):
            return user, _token_of(user)
        raise AuthenticationFailed("This token is unknown, revoked or has run out. Make a new one.")

    def authenticate_header(self, request: Request) -> str:
        """So that a missing sign-in is answered with 401."""
        return "Token"


def _token_of(user: User) -> ApiToken:
    """What the statement told of the token. Its last use is noted to the minute: a program that asks a hundred times a
    second writes once a minute."""
    told = vars(user)
    key, scope, project = told["token_id"], told["token_scope"], told["token_project_id"]
    if not told["token_used_lately"]:
        # The token that the request came with.
        # nosemgrep: no-bare-key
        ApiToken.objects.filter(pk=key).update(last_used_at=Now())
    token = ApiToken(pk=key, user=user, scope=scope, project_id=project)
    token.is_out = told["token_is_out"]
    return token


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI schema names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """An API key in the Authorization header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <secret>"}
