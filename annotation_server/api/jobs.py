"""Long work, watched: progress, cancel, try again."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.pagination import NewestCreatedFirst
from annotation_server.api.parameters import narrowed_to_project
from annotation_server.api.token_projects import of_object, own_rows
from annotation_server.choices import JobKind, JobState, Role
from annotation_server.models import Job
from annotation_server.queries.people.membership import in_projects_of_role
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job and how far it got."""

    project = serializers.CharField(
        source="project.slug",
        default=None,
        allow_null=True,
        help_text="None of an archive that is brought in, and of a base checkpoint.",
    )
    kind = serializers.ChoiceField(choices=JobKind.choices)
    state = serializers.ChoiceField(choices=JobState.choices)
    result = serializers.DictField()

    class Meta:
        model = Job
        fields = [
            "id",
            "project",
            "kind",
            "state",
            "round",
            "run",
            "export",
            "done",
            "total",
            "message",
            "result",
            "error",
            "attempts",
            "cancel_requested",
            "created_at",
            "started_at",
            "finished_at",
        ]


class JobViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Job]):
    """The jobs of the projects that the caller runs."""

    project_at = {"list": own_rows, "*": of_object(Job)}
    serializer_class = JobSerializer
    pagination_class = NewestCreatedFirst
    lookup_value_regex = "[0-9a-f-]{36}"
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        """Admins only."""
        rows = Job.objects.select_related("project")
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        return narrowed_to_project(self.request, rows)

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop it: at once when queued, at its next heartbeat when running."""
        job = self.get_object()
        refuse_fields(request)
        cancel_job(job=job, cancelled_by=caller(request))
        return Response(JobSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Queue a failed or cancelled job again."""
        job = self.get_object()
        refuse_fields(request)
        retry_job(job=job, retried_by=caller(request))
        return Response(JobSerializer(self.get_object()).data)
