"""Archives that are brought in, by owners of the site: uploaded in pieces, looked into by a worker, made a project of."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.archives import ArchiveContentsSerializer
from annotation_server.api.caller import caller
from annotation_server.api.uploads import IncomingSerializer, UploadViewSet
from annotation_server.choices import Role
from annotation_server.models import Import
from annotation_server.queries.membership import in_projects_of_role, require_owner
from annotation_server.steps.receive_import import announce_upload
from annotation_server.steps.start_import import start_archive_import


class ArchiveImportSerializer(IncomingSerializer):
    """An archive on its way in. `contents` is what a worker found in it, `slug` what its project is to be called, `job` the
    work that goes on with it now, or was the last."""

    contents = serializers.SerializerMethodField()
    slug = serializers.SerializerMethodField()

    class Meta:
        model = Import
        fields = [
            "id",
            "file_name",
            "byte_count",
            "received",
            "state",
            "job",
            "contents",
            "slug",
            "created_at",
        ]

    @extend_schema_field(ArchiveContentsSerializer(allow_null=True))
    def get_contents(self, incoming: Import) -> Any:
        """Null until a worker has looked into it."""
        return ArchiveContentsSerializer(incoming.preview).data if incoming.preview else None

    def get_slug(self, incoming: Import) -> str:
        """Empty until it is started."""
        return str(incoming.options.get("slug", ""))


class NewArchiveImportSerializer(serializers.Serializer[Any]):
    """A file to upload."""

    file_name = serializers.CharField(max_length=1_000)
    byte_count = serializers.IntegerField(min_value=1, max_value=2**53)


class StartArchiveImportSerializer(serializers.Serializer[Any]):
    """What the project is to be called here; its own slug, where that is free."""

    slug = serializers.CharField(max_length=60)


NEW = OpenApiExample(
    "A file that is uploaded next",
    value={"file_name": "iguanas.tar", "byte_count": 1_048_576},
    request_only=True,
)
START = OpenApiExample("Under another name", value={"slug": "iguanas-2026"}, request_only=True)


class ArchiveImportViewSet(UploadViewSet):
    """For owners of the site: the archives that were brought in."""

    serializer_class = ArchiveImportSerializer

    def get_queryset(self) -> QuerySet[Import]:
        """Nobody but an owner runs what is of no project."""
        rows = Import.objects.filter(project=None).select_related(
            "project", "job__project", "inspection__project", "requested_by"
        )
        return in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)

    @extend_schema(
        request=NewArchiveImportSerializer, responses={201: ArchiveImportSerializer}, examples=[NEW]
    )
    def create(self, request: Request) -> Response:
        """Announce a file, to be sent by PUT …/content/."""
        require_owner(user=caller(request))
        given = NewArchiveImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = announce_upload(project=None, **given.validated_data, requested_by=caller(request))
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=StartArchiveImportSerializer, responses=ArchiveImportSerializer, examples=[START])
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Make a project of it. One that failed or was cancelled may be started again, under another name too."""
        given = StartArchiveImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        start_archive_import(
            incoming=self.get_object(), slug=given.validated_data["slug"], started_by=caller(request)
        )
        return Response(self.get_serializer(self.get_object()).data)
