"""Open invitations: those of a project for its admins, and a person's own, which they accept or decline."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import path, re_path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.parameters import USERNAME
from annotation_server.api.token_projects import closed, in_address
from annotation_server.choices import Role
from annotation_server.errors import NotFound
from annotation_server.models import Invitation
from annotation_server.queries.people.membership import administered_project
from annotation_server.steps.people.answer_invitation import (
    accept_invitation,
    decline_invitation,
    withdraw_invitation,
)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """Who is asked to be what, as an admin sees it: the name that was typed, and nothing else of the account."""

    username = serializers.CharField(source="user.username")
    role = serializers.ChoiceField(choices=Role.choices)
    invited_by = serializers.CharField(source="invited_by.username")

    class Meta:
        model = Invitation
        fields = ["username", "role", "invited_by", "created_at"]


class OwnInvitationSerializer(serializers.ModelSerializer[Invitation]):
    """What the caller is asked: of the project no more than its name, until they accept."""

    project = serializers.CharField(source="project.slug")
    project_name = serializers.CharField(source="project.name")
    role = serializers.ChoiceField(choices=Role.choices)
    invited_by = serializers.CharField(source="invited_by.username")

    class Meta:
        model = Invitation
        fields = ["id", "project", "project_name", "role", "invited_by", "created_at"]


class ProjectInvitationsView(APIView):
    """The open invitations of a project (admin)."""

    project_at = in_address

    @extend_schema(operation_id="project_invitations_list", responses=InvitationSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """By name; a project has 200 at most. POST to its members invites."""
        project = administered_project(user=caller(request), slug=slug)
        rows = _rows().filter(project=project).order_by("user__username")
        return Response(InvitationSerializer(rows, many=True).data)


class ProjectInvitationView(APIView):
    """One open invitation of a project (admin)."""

    project_at = in_address

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """Withdraw it."""
        project = administered_project(user=caller(request), slug=slug)
        refuse_fields(request)
        withdraw_invitation(project=project, username=username, withdrawn_by=caller(request))
        return Response(status=204)


class OwnInvitationsView(APIView):
    """The caller's open invitations."""

    project_at = closed

    @extend_schema(operation_id="invitations_list", responses=OwnInvitationSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The oldest first; one a project at most."""
        rows = _rows().filter(user=caller(request)).order_by("pk")
        return Response(OwnInvitationSerializer(rows, many=True).data)


class _AnswerView(APIView):
    """The caller's answer to one invitation."""

    by_people = ("POST",)
    project_at = closed

    def _end(self, request: Request, pk: int, step: Callable[..., object]) -> Response:
        """Whose it is, is asked before the body is looked at; the step asks again whether it is still open."""
        if not Invitation.objects.filter(pk=pk, user=caller(request)).exists():
            raise NotFound("There is no such invitation, or it is not open any more.")
        refuse_fields(request)
        step(key=int(pk), user=caller(request))
        return Response(status=204)


class AcceptInvitationView(_AnswerView):
    """Joining a project."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Accept: the caller is a member from now on."""
        return self._end(request, pk, accept_invitation)


class DeclineInvitationView(_AnswerView):
    """Not joining a project."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Decline: the project's admins see that the invitation is gone. They may ask again."""
        return self._end(request, pk, decline_invitation)


def _rows() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("project", "user", "invited_by")


urlpatterns = [
    path("invitations/", OwnInvitationsView.as_view(), name="invitations"),
    re_path(
        r"^invitations/(?P<pk>[0-9]{1,18})/accept/$", AcceptInvitationView.as_view(), name="invitation-accept"
    ),
    re_path(
        r"^invitations/(?P<pk>[0-9]{1,18})/decline/$",
        DeclineInvitationView.as_view(),
        name="invitation-decline",
    ),
    path("projects/<slug:slug>/invitations/", ProjectInvitationsView.as_view(), name="project-invitations"),
    re_path(
        rf"^projects/(?P<slug>[-a-zA-Z0-9_]+)/invitations/{USERNAME}/$",
        ProjectInvitationView.as_view(),
        name="project-invitation",
    ),
]
