"""The caller's keys for programs."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.token_projects import closed
from annotation_server.choices import TokenScope
from annotation_server.errors import NotFound
from annotation_server.models import ApiToken
from annotation_server.queries.people.membership import visible_project
from annotation_server.reach.secret import secret_digest
from annotation_server.steps.people.make_api_token import make_api_token, revoke_api_token

MOST_DAYS = 3_650


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its secret, which nobody sees again. `project` is null for all projects of its person."""

    scope = serializers.ChoiceField(choices=TokenScope.choices)
    project = serializers.CharField(source="project.slug", allow_null=True, default=None)

    class Meta:
        model = ApiToken
        fields = ["id", "name", "scope", "project", "created_at", "expires_at", "last_used_at", "revoked_at"]


class NewApiTokenSerializer(Body):
    """What the token is for. Its scope allows no more than the person may do."""

    name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=TokenScope.choices)
    project = serializers.SlugField(max_length=60, required=False, allow_null=True, default=None)
    days = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MOST_DAYS, help_text="How long."
    )


class MadeApiTokenSerializer(serializers.Serializer[Any]):
    """The token; `secret` goes into `Authorization: Token …` and is shown this once."""

    token = ApiTokenSerializer()
    secret = serializers.CharField()


class ApiTokensView(APIView):
    """The caller's own tokens. Not to be reached with a token."""

    by_people = ("GET", "POST")
    project_at = closed

    @extend_schema(responses=ApiTokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Newest first, the revoked ones too."""
        rows = ApiToken.objects.filter(user=caller(request)).select_related("project").order_by("-id")
        return Response(ApiTokenSerializer(rows, many=True).data)

    @extend_schema(
        request=NewApiTokenSerializer,
        responses={201: MadeApiTokenSerializer},
        examples=[
            OpenApiExample(
                "A key for a nightly export",
                value={"name": "nightly export", "scope": "read", "project": "iguanas", "days": 90},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Make one."""
        wanted = body(request, NewApiTokenSerializer)
        slug = wanted["project"]
        secret = make_api_token(
            user=caller(request),
            name=wanted["name"],
            scope=TokenScope(wanted["scope"]),
            project=visible_project(user=caller(request), slug=slug) if slug else None,
            days=wanted["days"],
        )
        token = ApiToken.objects.select_related("project").get(secret_sha256=secret_digest(secret))
        return Response({"token": ApiTokenSerializer(token).data, "secret": secret}, status=201)


class ApiTokenView(APIView):
    """One of the caller's own tokens."""

    by_people = ("DELETE",)
    project_at = closed

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: str) -> Response:
        """Revoke it."""
        token = ApiToken.objects.filter(user=caller(request), pk=pk).select_related("project").first()
        if token is None:
            raise NotFound("You have no such token.")
        refuse_fields(request)
        revoke_api_token(token=token, revoked_by=caller(request))
        return Response(status=204)
