"""The audit log, read by the admins of its projects."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.caller import caller
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import slug_parameter
from annotation_server.api.token_projects import own_rows
from annotation_server.choices import Role
from annotation_server.models import Event
from annotation_server.queries.people.membership import in_projects_of_role


class EventSerializer(serializers.ModelSerializer[Event]):
    """Who did what to which object when; `actor` is null for the system itself."""

    actor = serializers.CharField(source="actor.username", allow_null=True, default=None)
    project = serializers.CharField(source="project.slug", allow_null=True, default=None)
    before = serializers.DictField()
    after = serializers.DictField()
    imported = serializers.BooleanField(
        read_only=True,
        help_text="It came in an archive: another server says so, and ids in `before` and `after` are that server's.",
    )

    class Meta:
        model = Event
        fields = [
            "id",
            "at",
            "actor",
            "project",
            "verb",
            "object_type",
            "object_id",
            "before",
            "after",
            "imported",
        ]


class EventViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Event]):
    """What happened in the projects that the caller runs."""

    project_at = {"list": own_rows}
    serializer_class = EventSerializer
    pagination_class = NewestFirst
    queryset = Event.objects.none()

    def get_queryset(self) -> QuerySet[Event]:
        """Admins only; the site's owner sees all."""
        rows = Event.objects.select_related("actor", "project")
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        names = {
            "project": "project__slug",
            "object_type": "object_type",
            "object_id": "object_id",
            "verb": "verb",
            "actor": "actor__username",
        }
        for name, path in names.items():
            if value := slug_parameter(self.request, name):
                rows = rows.filter(**{path: value})
        return rows

    @extend_schema(
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR)
            for name in ("project", "object_type", "object_id", "verb", "actor")
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first; ?object_type=task&object_id=7 is the life of one task."""
        return super().list(request, *args, **kwargs)
