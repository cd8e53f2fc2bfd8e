"""Archives: a whole project as one file, asked for, written by a worker, downloaded."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.downloads import download
from annotation_server.api.jobs import JobSerializer
from annotation_server.api.named_in_body import require_admin_of_named_project
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import narrowed_to_project
from annotation_server.api.token_projects import in_body, of_object, own_rows
from annotation_server.choices import Role
from annotation_server.errors import NotFound
from annotation_server.models import Archive
from annotation_server.places import archive_file
from annotation_server.queries.people.membership import administered_project, in_projects_of_role
from annotation_server.steps.archives.request_archive import remove_archive, request_archive


class ArchiveContentsSerializer(serializers.Serializer[Any]):
    """What an archive has: the project's slug, and how many of each."""

    project = serializers.CharField()
    code_version = serializers.CharField()
    row_count = serializers.IntegerField()
    images = serializers.IntegerField()
    captions = serializers.IntegerField()
    rounds = serializers.IntegerField()
    pictures = serializers.IntegerField(help_text="Files: originals, renditions, those of the guidelines.")
    checkpoints = serializers.IntegerField()


class ArchiveSerializer(serializers.ModelSerializer[Archive]):
    """An archive; `contents` is null and `byte_count` 0 until `job` has written it."""

    project = serializers.CharField(source="project.slug")
    job = JobSerializer(allow_null=True)
    contents = serializers.SerializerMethodField()

    class Meta:
        model = Archive
        fields = [
            "id",
            "project",
            "pictures",
            "checkpoints",
            "job",
            "byte_count",
            "sha256",
            "contents",
            "created_at",
            "finished_at",
        ]

    @extend_schema_field(ArchiveContentsSerializer(allow_null=True))
    def get_contents(self, archive: Archive) -> Any:
        """Null until it is written."""
        return ArchiveContentsSerializer(archive.contents).data if archive.contents else None


class NewArchiveSerializer(Body):
    """Of which project; without pictures it is small, with checkpoints it has the captioners' weights."""

    project = serializers.CharField(max_length=60)
    pictures = serializers.BooleanField(default=True)
    checkpoints = serializers.BooleanField(default=False)


NEW = OpenApiExample(
    "Everything", value={"project": "iguanas", "pictures": True, "checkpoints": True}, request_only=True
)


class ArchiveViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Archive],
):
    """The archives of the projects that the caller runs."""

    project_at = {"list": own_rows, "create": in_body("project"), "*": of_object(Archive)}
    serializer_class = ArchiveSerializer
    pagination_class = NewestFirst
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Archive.objects.none()

    def get_queryset(self) -> QuerySet[Archive]:
        """Admins only."""
        rows = Archive.objects.select_related("project", "job__project")
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        return narrowed_to_project(self.request, rows)

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=NewArchiveSerializer, responses={201: ArchiveSerializer}, examples=[NEW])
    def create(self, request: Request) -> Response:
        """Ask for an archive of the project as it is now; a worker writes it."""
        require_admin_of_named_project(request)
        asked = body(request, NewArchiveSerializer)
        project = administered_project(user=caller(request), slug=asked.pop("project"))
        archive = request_archive(project=project, **asked, requested_by=caller(request))
        return Response(self.get_serializer(archive).data, status=201)

    @extend_schema(responses={(200, "application/x-tar"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The file, as a download."""
        archive = self.get_object()
        path = archive_file(archive_id=archive.pk, slug=archive.project.slug)
        missing = "This archive has no file (yet)."
        if archive.finished_at is None:
            raise NotFound(missing)
        return download(
            folder=path.parent,
            name=path.name,
            filename=path.name,
            missing=missing,
            content_type="application/x-tar",
        )

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove it with its file."""
        archive = self.get_object()
        refuse_fields(request)
        remove_archive(archive=archive, removed_by=caller(request))
        return Response(status=204)
