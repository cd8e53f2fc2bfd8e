"""The people of a project: inviting, roles, pausing."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.caller import caller
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, NotFound
from annotation_server.models import Cohort, Membership
from annotation_server.queries.membership import administered_project
from annotation_server.steps.change_cohort import put_into_cohort
from annotation_server.steps.change_member import change_role, pause_member, resume_member
from annotation_server.steps.invite_person import invite_person


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member and since when they are paused, if they are."""

    username = serializers.CharField(source="user.username")
    role = serializers.ChoiceField(choices=Role.choices)
    is_active = serializers.BooleanField(source="user.is_active")
    cohort = serializers.CharField(source="cohort.name", allow_null=True, default=None)

    class Meta:
        model = Membership
        fields = ["username", "role", "paused_at", "is_active", "cohort", "created_at"]


class InviteSerializer(serializers.Serializer[Any]):
    """Whom, and as what."""

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)


class InvitationSerializer(serializers.Serializer[Any]):
    """The member; `link` is the path of a one-time sign-in link for a new account, shown this once, else null."""

    member = MemberSerializer()
    link = serializers.CharField(allow_null=True)


class ChangeMemberSerializer(serializers.Serializer[Any]):
    """What is to change."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    paused = serializers.BooleanField(required=False)
    cohort = serializers.CharField(
        required=False, allow_null=True, max_length=60, help_text="A cohort's name; null: in none."
    )


class MembersView(APIView):
    """All members of a project (admin)."""

    @extend_schema(responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """By name; a project has few enough for one answer."""
        members = Membership.objects.filter(
            project=administered_project(user=caller(request), slug=slug)
        ).select_related("user", "cohort")
        return Response(MemberSerializer(members.order_by("user__username"), many=True).data)

    @extend_schema(
        request=InviteSerializer,
        responses={201: InvitationSerializer},
        examples=[
            OpenApiExample("Invite", value={"username": "ana", "role": "annotator"}, request_only=True)
        ],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Invite somebody. Who has an account already becomes a member; who has none gets one and a link."""
        project = administered_project(user=caller(request), slug=slug)
        given = InviteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        invitation = invite_person(
            project=project,
            username=given.validated_data["username"],
            role=Role(given.validated_data["role"]),
            invited_by=caller(request),
        )
        link = f"/sign-in/{invitation.link_secret}" if invitation.link_secret else None
        member = MemberSerializer(Membership.objects.select_related("user").get(pk=invitation.membership.pk))
        return Response({"member": member.data, "link": link}, status=201)


class MemberView(APIView):
    """One member of a project (admin)."""

    @extend_schema(request=ChangeMemberSerializer, responses=MemberSerializer)
    def patch(self, request: Request, slug: str, username: str) -> Response:
        """Change role or cohort, pause or resume. Pausing hands the tasks that the person holds to others."""
        project = administered_project(user=caller(request), slug=slug)
        given = ChangeMemberSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        rows = Membership.objects.select_related("user", "project", "cohort")
        member = rows.filter(project=project, user__username=username).first()
        if member is None:
            raise NotFound("The project has no such member.")
        if "role" in given.validated_data:
            change_role(
                membership=member, role=Role(given.validated_data["role"]), changed_by=caller(request)
            )
        paused = given.validated_data.get("paused")
        if paused is True:
            pause_member(membership=member, paused_by=caller(request))
        elif paused is False:
            resume_member(membership=member, resumed_by=caller(request))
        if "cohort" in given.validated_data:
            name = given.validated_data["cohort"]
            cohort = Cohort.objects.filter(project=project, name=name).first() if name is not None else None
            if name is not None and cohort is None:
                raise InvalidSettings(f"The project has no cohort called {name}.")
            put_into_cohort(membership=member, cohort=cohort, put_by=caller(request))
        return Response(MemberSerializer(rows.get(pk=member.pk)).data)
