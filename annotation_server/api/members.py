"""The people of a project: inviting, roles, pausing, removing."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.invitations import InvitationSerializer
from annotation_server.api.token_limits import refuse_tokens
from annotation_server.api.token_projects import in_address
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, NotFound
from annotation_server.models import Cohort, Membership, Project
from annotation_server.queries.people.membership import administered_project
from annotation_server.steps.people.change_cohort import put_into_cohort
from annotation_server.steps.people.change_member import change_role, pause_member, resume_member
from annotation_server.steps.people.invite_person import invite_person
from annotation_server.steps.people.remove_member import remove_member


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member and since when they are paused, if they are."""

    username = serializers.CharField(source="user.username")
    role = serializers.ChoiceField(choices=Role.choices)
    is_active = serializers.BooleanField(source="user.is_active")
    cohort = serializers.CharField(source="cohort.name", allow_null=True, default=None)

    class Meta:
        model = Membership
        fields = ["username", "role", "paused_at", "is_active", "cohort", "created_at"]


class InviteSerializer(Body):
    """Whom, and as what."""

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)


class InvitedSerializer(serializers.Serializer[Any]):
    """The member, or the invitation that waits for their answer. `link` is the path of a one-time sign-in link for a new
    account, shown this once, else null."""

    member = MemberSerializer(allow_null=True)
    invitation = InvitationSerializer(allow_null=True)
    link = serializers.CharField(allow_null=True)


class ChangeMemberSerializer(Body):
    """What is to change."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    paused = serializers.BooleanField(required=False)
    cohort = serializers.CharField(
        required=False, allow_null=True, max_length=60, help_text="A cohort's name; null: in none."
    )


class MembersView(APIView):
    """All members of a project (admin)."""

    by_people = ("POST",)
    project_at = in_address

    @extend_schema(responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """By name; a project has few enough for one answer."""
        members = Membership.objects.filter(
            project=administered_project(user=caller(request), slug=slug)
        ).select_related("user", "cohort")
        return Response(MemberSerializer(members.order_by("user__username"), many=True).data)

    @extend_schema(
        request=InviteSerializer,
        responses={201: InvitedSerializer},
        examples=[
            OpenApiExample("Invite", value={"username": "ana", "role": "annotator"}, request_only=True)
        ],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Invite somebody. Who has an account is asked first, unless an owner of the site invites; who has none gets one and a
        link, and is a member."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, InviteSerializer)
        invited = invite_person(
            project=project,
            username=given["username"],
            role=Role(given["role"]),
            invited_by=caller(request),
        )
        link = f"/sign-in/{invited.link_secret}" if invited.link_secret else None
        told = {"member": invited.membership, "invitation": invited.invitation, "link": link}
        return Response(InvitedSerializer(told).data, status=201)


class MemberView(APIView):
    """One member of a project (admin)."""

    project_at = in_address

    @extend_schema(request=ChangeMemberSerializer, responses=MemberSerializer)
    def patch(self, request: Request, slug: str, username: str) -> Response:
        """Change role or cohort, pause or resume. Pausing hands the tasks that the person holds to others."""
        project = administered_project(user=caller(request), slug=slug)
        rows = Membership.objects.select_related("user", "project", "cohort")
        member = _member(project, username)
        changes = body(request, ChangeMemberSerializer)
        if "role" in changes:
            refuse_tokens(request)
        cohort = _cohort(project, changes.get("cohort"))
        with transaction.atomic():  # All of it or nothing.
            if "role" in changes:
                change_role(membership=member, role=Role(changes["role"]), changed_by=caller(request))
            if changes.get("paused") is True:
                pause_member(membership=member, paused_by=caller(request))
            elif changes.get("paused") is False:
                resume_member(membership=member, resumed_by=caller(request))
            if "cohort" in changes:
                put_into_cohort(membership=member, cohort=cohort, put_by=caller(request))
        return Response(MemberSerializer(rows.get(pk=member.pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """Remove them: tasks that they hold go to others, their captions stay with their name, their tokens for the project
        end."""
        member = _member(administered_project(user=caller(request), slug=slug), username)
        refuse_fields(request)
        remove_member(membership=member, removed_by=caller(request))
        return Response(status=204)


def _cohort(project: Project, name: str | None) -> Cohort | None:
    """Raises InvalidSettings for one that is not there."""
    if name is None:
        return None
    found = Cohort.objects.filter(project=project, name=name).first()
    if found is None:
        raise InvalidSettings(f"The project has no cohort called {name}.")
    return found


def _member(project: Project, username: str) -> Membership:
    rows = Membership.objects.select_related("user", "project", "cohort")
    found = rows.filter(project=project, user__username=username).first()
    if found is None:
        raise NotFound("The project has no such member.")
    return found
