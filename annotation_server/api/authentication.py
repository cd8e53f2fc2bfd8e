"""`Authorization: Token …` for programs; only the token's hash is looked up."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotation_server.formats.secret import secret_digest
from annotation_server.models import ApiToken, User

# Written out, because every call of a program begins with it, and putting it together took longer than running it.
WHO_CALLS = """
SELECT "user".*, api_token.id AS token_id FROM "user" JOIN api_token ON api_token.user_id = "user".id
WHERE api_token.secret_sha256 = %s AND api_token.revoked_at IS NULL AND "user".is_active
"""


class TokenAuthentication(BaseAuthentication):
    """A live token of an active person."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None when the request carries no token. Raises AuthenticationFailed."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "token":
            return None
        for user in User.objects.raw(WHO_CALLS, [secret_digest(secret.strip())]):
            return user, ApiToken(pk=vars(user)["token_id"], user=user)
        raise AuthenticationFailed("This token is unknown or revoked. Make a new one.")

    def authenticate_header(self, request: Request) -> str:
        """So that a missing sign-in is answered with 401."""
        return "Token"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI schema names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """An API key in the Authorization header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <secret>"}
