"""Signing in and out of the browser."""

from typing import Any

from django.contrib.auth import login, logout
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.caller import caller
from annotation_server.choices import Role
from annotation_server.models import Membership, User
from annotation_server.steps.use_sign_in_link import use_sign_in_link


class SessionUserSerializer(serializers.ModelSerializer[User]):
    """The person as they see themselves."""

    name = serializers.CharField(source="get_full_name")
    is_owner = serializers.BooleanField(source="is_superuser")

    class Meta:
        model = User
        fields = ["id", "username", "name", "is_owner"]


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


class SignInSerializer(serializers.Serializer[Any]):
    """What signs a person in."""

    link = serializers.CharField(max_length=200, help_text="The secret of a one-time sign-in link.")


def _session(user: User | None) -> Response:
    memberships = (
        Membership.objects.filter(user=user).select_related("project").order_by("project__slug")
        if user
        else []
    )
    return Response(SessionSerializer({"user": user, "memberships": memberships}).data)


class SessionView(APIView):
    """The browser's session."""

    permission_classes = [AllowAny]

    @method_decorator(ensure_csrf_cookie)
    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in; also sets the CSRF cookie."""
        return _session(caller(request) if request.user.is_authenticated else None)

    @method_decorator(csrf_protect)
    @extend_schema(request=SignInSerializer, responses=SessionSerializer)
    def post(self, request: Request) -> Response:
        """Sign in; the link is used up and the session's key is a new one."""
        given = SignInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = use_sign_in_link(secret=given.validated_data["link"])
        login(request._request, user, backend="django.contrib.auth.backends.ModelBackend")
        return _session(user)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out."""
        logout(request._request)
        return Response(status=204)
