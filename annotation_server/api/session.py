"""Signing in and out of the browser: by link, or by leave of another site. Passwords and passkeys: see api/account."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server import audit
from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.token_limits import WithinTokenLimits
from annotation_server.api.token_projects import closed, no_project
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, NotAllowed, SecondFactorNeeded
from annotation_server.models import Membership, User
from annotation_server.queries.people.membership import memberships_of
from annotation_server.steps.people.use_sign_in_link import use_sign_in_link


class SessionUserSerializer(serializers.ModelSerializer[User]):
    """The person as they see themselves."""

    name = serializers.CharField(source="get_full_name")
    is_owner = serializers.BooleanField(source="is_superuser")
    has_password = serializers.BooleanField(source="has_usable_password")

    class Meta:
        model = User
        fields = ["id", "username", "name", "is_owner", "has_password"]


class SessionMembershipSerializer(serializers.ModelSerializer[Membership]):
    """Their role in a project."""

    project = serializers.CharField(source="project.slug")
    role = serializers.ChoiceField(choices=Role.choices)

    class Meta:
        model = Membership
        fields = ["project", "role"]


class SessionSerializer(serializers.Serializer[Any]):
    """Nobody, or a person with their roles."""

    user = SessionUserSerializer(allow_null=True)
    memberships = SessionMembershipSerializer(many=True)


class SignInSerializer(Body):
    """What signs a person in."""

    link = serializers.CharField(max_length=200, help_text="The secret of a one-time sign-in link.")


class ProviderSerializer(Body):
    """What the person wants of the provider, and where they come back to."""

    process = serializers.ChoiceField(choices=["login", "connect"])
    next = serializers.RegexField(r"^/(?![/\\])[^\s]*$", max_length=500, help_text="A path of this site.")


class ProviderAddressSerializer(serializers.Serializer[Any]):
    """Where to send the browser."""

    address = serializers.CharField()


def _session(user: User | None) -> Response:
    memberships = (
        memberships_of(user=user, even_paused=True).select_related("project").order_by("project__slug")
        if user
        else []
    )
    return Response(SessionSerializer({"user": user, "memberships": memberships}).data)


class SessionView(APIView):
    """The browser's session."""

    by_people = ("POST", "DELETE")
    project_at = {"get": no_project, "*": closed}
    permission_classes = [AllowAny, WithinTokenLimits]

    @method_decorator(ensure_csrf_cookie)
    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in; also sets the CSRF cookie."""
        return _session(caller(request) if request.user.is_authenticated else None)

    @method_decorator(csrf_protect)
    @extend_schema(request=SignInSerializer, responses=SessionSerializer)
    def post(self, request: Request) -> Response:
        """Sign in; the link is used up and the session's key is a new one. 401 when a second factor has to follow."""
        given = body(request, SignInSerializer)
        user = use_sign_in_link(secret=given["link"])
        _sign_in(request._request, user)
        return _session(user)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out."""
        refuse_fields(request)
        if request.user.is_authenticated:
            user = caller(request)
            audit.record(actor=user, verb="user.signed_out", subject=user, project=None)
        logout(request._request)
        return Response(status=204)


def _sign_in(request: HttpRequest, user: User) -> None:
    """Through allauth, which asks whoever has a second factor for it. Raises SecondFactorNeeded."""
    logout(request)
    record_authentication(request, user, method="link")
    perform_login(request, user, email_verification=None)
    if request.user != user:
        raise SecondFactorNeeded("Now show your second factor.")


class SessionProviderView(APIView):
    """Signing in, or linking one's account, with the OpenID Connect provider of this site."""

    by_people = ("POST",)
    project_at = closed
    permission_classes = [AllowAny, WithinTokenLimits]

    @method_decorator(csrf_protect)
    @extend_schema(request=ProviderSerializer, responses=ProviderAddressSerializer)
    def post(self, request: Request) -> Response:
        """The address at the provider to send the browser to; it comes back to `next`."""
        given = body(request, ProviderSerializer)
        if not settings.SOCIALACCOUNT_PROVIDERS:
            raise InvalidSettings("This site has no other site's sign-in.")
        process = given["process"]
        if process == "connect" and not request.user.is_authenticated:
            raise NotAllowed("Sign in first.")
        provider = provider_adapter().get_provider(request._request, "oidc")
        onward = provider.redirect(request._request, process, next_url=given["next"], headless=True)
        return Response({"address": onward.url})
