"""`Authorization: Token …` for programs; only the token's hash is looked up."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotation_server.formats.secret import secret_digest
from annotation_server.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """A live token of an active person."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None when the request carries no token. Raises AuthenticationFailed."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "token":
            return None
        token = (
            ApiToken.objects.select_related("user")
            .filter(secret_sha256=secret_digest(secret.strip()), revoked_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed("This token is unknown or revoked. Make a new one.")
        return token.user, token

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
