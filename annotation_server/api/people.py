"""The people of the whole site, for its owners: who there is, and ending their access."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import path, re_path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.pagination import ById
from annotation_server.api.parameters import USERNAME, slug_parameter
from annotation_server.api.session import SessionMembershipSerializer
from annotation_server.api.token_projects import closed
from annotation_server.errors import NotFound
from annotation_server.models import Membership, User
from annotation_server.queries.people.membership import require_owner
from annotation_server.steps.people.change_member import deactivate_person, end_sessions, reactivate_person
from annotation_server.steps.people.reset_second_factor import reset_second_factor
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person, their roles, and what they can get in with. `live_tokens` counts API tokens that are not revoked."""

    is_owner = serializers.BooleanField(source="is_superuser")
    has_password = serializers.BooleanField(source="has_usable_password")
    memberships = SessionMembershipSerializer(many=True)
    second_factors = serializers.IntegerField()
    live_tokens = serializers.IntegerField()

    class Meta:
        model = User
        fields = [
            *("username", "is_owner", "is_active", "date_joined", "last_login"),
            *("has_password", "second_factors", "live_tokens", "memberships"),
        ]


class ChangePersonSerializer(Body):
    """Whether the account is in use."""

    is_active = serializers.BooleanField()


class PersonLinkSerializer(serializers.Serializer[Any]):
    """The path of a one-time sign-in link, shown this once."""

    link = serializers.CharField()


class ByName(ById):
    """In the order in which people look for each other."""

    ordering = "username"


def _people() -> QuerySet[User]:
    memberships = Membership.objects.select_related("project").order_by("project__slug")
    return User.objects.prefetch_related(Prefetch("memberships", memberships)).annotate(
        second_factors=Count("authenticator", ~Q(authenticator__type="recovery_codes"), distinct=True),
        live_tokens=Count("api_tokens", Q(api_tokens__revoked_at=None), distinct=True),
    )


def _person(request: Request, username: str) -> User:
    require_owner(user=caller(request))
    found = _people().filter(username=username).first()
    if found is None:
        raise NotFound("Nobody has that name.")
    return found


class PeopleView(generics.ListAPIView[User]):
    """Everybody who has an account (owners of the site)."""

    project_at = closed
    serializer_class = PersonSerializer
    pagination_class = ByName

    def get_queryset(self) -> QuerySet[User]:
        """Those whose name has what is looked for."""
        require_owner(user=caller(self.request))
        part = slug_parameter(self.request, "search")
        return _people().filter(username__icontains=part) if part else _people()

    @extend_schema(
        parameters=[OpenApiParameter("search", OpenApiTypes.STR, description="A part of the name.")]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """By name."""
        return super().get(request, *args, **kwargs)


class PersonView(APIView):
    """One person (owners of the site)."""

    by_people = ("PATCH",)
    project_at = closed

    @extend_schema(
        request=ChangePersonSerializer,
        responses=PersonSerializer,
        examples=[OpenApiExample("Somebody leaves", value={"is_active": False}, request_only=True)],
    )
    def patch(self, request: Request, username: str) -> Response:
        """Deactivate: sessions and tokens end, held tasks go to others, the work stays. Or let them in again."""
        user = _person(request, username)
        given = body(request, ChangePersonSerializer)
        if given["is_active"]:
            reactivate_person(user=user, reactivated_by=caller(request))
        else:
            deactivate_person(user=user, deactivated_by=caller(request))
        return Response(PersonSerializer(_person(request, username)).data)


class PersonSessionsView(APIView):
    """A person's sessions (owners of the site)."""

    by_people = ("DELETE",)
    project_at = closed

    @extend_schema(responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        """End all of them: they have to sign in again, everywhere."""
        person = _person(request, username)
        refuse_fields(request)
        end_sessions(user=person, ended_by=caller(request))
        return Response(status=204)


class PersonSecondFactorView(APIView):
    """A person's second factor (owners of the site)."""

    by_people = ("DELETE",)
    project_at = closed

    @extend_schema(responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        """Remove authenticator app, passkeys and recovery codes, for who lost them all."""
        person = _person(request, username)
        refuse_fields(request)
        reset_second_factor(user=person, reset_by=caller(request))
        return Response(status=204)


class PersonLinkView(APIView):
    """A way in for who lost theirs (owners of the site; not with a token)."""

    by_people = ("POST",)
    project_at = closed

    @extend_schema(request=None, responses={201: PersonLinkSerializer})
    def post(self, request: Request, username: str) -> Response:
        """A sign-in link that works once, for a day. A second factor is still asked for."""
        person = _person(request, username)
        refuse_fields(request)
        secret = make_sign_in_link(user=person, made_by=caller(request))
        return Response({"link": f"/sign-in/{secret}"}, status=201)


ONE = rf"^people/{USERNAME}/"
urlpatterns = [
    path("people/", PeopleView.as_view(), name="people"),
    re_path(ONE + r"$", PersonView.as_view(), name="person-detail"),
    re_path(ONE + r"sessions/$", PersonSessionsView.as_view(), name="person-sessions"),
    re_path(ONE + r"second-factor/$", PersonSecondFactorView.as_view(), name="person-second-factor"),
    re_path(ONE + r"sign-in-link/$", PersonLinkView.as_view(), name="person-sign-in-link"),
]
