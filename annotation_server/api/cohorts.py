"""The cohorts of a project."""

from django.db.models import Count
from django.urls import path, re_path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.token_projects import in_address
from annotation_server.errors import NotFound
from annotation_server.models import Cohort
from annotation_server.queries.people.membership import administered_project
from annotation_server.steps.people.change_cohort import create_cohort, remove_cohort


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    """A cohort and how many members it has."""

    members = serializers.IntegerField(read_only=True)

    class Meta:
        model = Cohort
        fields = ["id", "name", "members", "created_at"]


class NewCohortSerializer(Body):
    """Its name."""

    name = serializers.CharField(max_length=60)


class CohortsView(APIView):
    """All cohorts of a project (admin)."""

    project_at = in_address

    @extend_schema(operation_id="cohorts_list", responses=CohortSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """By name; a project has few."""
        rows = Cohort.objects.filter(project=administered_project(user=caller(request), slug=slug)).annotate(
            members=Count("memberships")
        )
        return Response(CohortSerializer(rows.order_by("name"), many=True).data)

    @extend_schema(
        request=NewCohortSerializer,
        responses={201: CohortSerializer},
        examples=[OpenApiExample("A cohort", value={"name": "experts"}, request_only=True)],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Form one; members are put into it by PATCH of the member."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, NewCohortSerializer)
        cohort = create_cohort(project=project, name=given["name"], created_by=caller(request))
        return Response({**CohortSerializer(cohort).data, "members": 0}, status=201)


class CohortView(APIView):
    """One cohort (admin)."""

    project_at = in_address

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        """Remove it, unless a round gave it tasks."""
        cohort = (
            Cohort.objects.filter(project=administered_project(user=caller(request), slug=slug), pk=pk)
            .select_related("project")
            .first()
        )
        if cohort is None:
            raise NotFound("The project has no such cohort.")
        refuse_fields(request)
        remove_cohort(cohort=cohort, removed_by=caller(request))
        return Response(status=204)


urlpatterns = [
    path("projects/<slug:slug>/cohorts/", CohortsView.as_view(), name="cohorts"),
    re_path(
        r"^projects/(?P<slug>[-a-zA-Z0-9_]+)/cohorts/(?P<pk>[0-9]{1,18})/$",
        CohortView.as_view(),
        name="cohort-detail",
    ),
]
