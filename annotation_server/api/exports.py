"""Exports: asked for, written by a worker, downloaded with their manifest."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from pydantic import Field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import declared
from annotation_server.api.bounded import LARGEST_ID
from annotation_server.api.caller import caller
from annotation_server.api.downloads import download
from annotation_server.api.named_in_body import require_admin_of_named_round
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import narrowed_to_project, slug_parameter
from annotation_server.api.token_projects import no_project, of_object, of_object_in_body, own_rows
from annotation_server.choices import JobState, Role
from annotation_server.errors import NotFound
from annotation_server.files.checksums import EXPORT_MANIFEST, is_picture
from annotation_server.models import Export, Round
from annotation_server.options.export_round import ExportAsked
from annotation_server.places import export_folder
from annotation_server.queries.exports.export_changes import export_changes
from annotation_server.queries.people.membership import in_projects_of_role, require_role, visible
from annotation_server.releases.tar_stream import tar_length, tar_of
from annotation_server.steps.exports.export_round import FORMATS, request_export

PICTURE = re.compile(r"images/[0-9a-f]{2}/[0-9a-f]{64}\.(jpg|webp)")


class ExportFileSerializer(serializers.Serializer[Any]):
    """One file of an export. Pictures are not shown one by one: `pictures.sha256` lists them, and says how many they are."""

    name = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    listed_files = serializers.IntegerField(allow_null=True, help_text="Of a list of files: how many.")
    listed_bytes = serializers.IntegerField(allow_null=True, help_text="Of a list of files: their size.")
    url = serializers.CharField()


class ChangeCountsSerializer(serializers.Serializer[Any]):
    """How many rows differ from the `previous` export of its kind."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    gone = serializers.IntegerField()


class ExportSerializer(serializers.ModelSerializer[Export]):
    """An export; `finished_at` is null while it is being written."""

    project = serializers.CharField(source="project.slug")
    run = serializers.CharField(
        source="run.name", default=None, allow_null=True, help_text="Whose captions, if a captioner's."
    )
    options = serializers.DictField()
    manifest = serializers.DictField(allow_null=True)
    changes = ChangeCountsSerializer(allow_null=True)
    files = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()
    is_stopped = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = [
            "id",
            "project",
            "round",
            "run",
            "format",
            "options",
            "row_count",
            "manifest",
            "manifest_sha256",
            "created_at",
            "finished_at",
            "previous",
            "changes",
            "files",
            "job",
            "is_stopped",
        ]

    @extend_schema_field(ExportFileSerializer(many=True))
    def get_files(self, export: Export) -> list[dict[str, Any]]:
        """Those that lie on the server (an export by the command is where its --output said)."""
        if not export.manifest or _folder(export) is None:
            return []
        files = [file for file in export.manifest["files"] if not is_picture(file["name"])]
        unlisted = {"listed_files": None, "listed_bytes": None}
        return [
            {**unlisted, **file, "url": reverse("export-file", args=[export.pk, file["name"]])}
            for file in files
        ]

    def get_job(self, export: Export) -> str | None:
        """The job that writes it."""
        jobs = [job.pk for job in export.jobs.all()]
        return str(jobs[0]) if jobs else None

    def get_is_stopped(self, export: Export) -> bool:
        """Whether its job failed or was cancelled: it is not being written, until the job is tried again."""
        return any(job.state in {JobState.FAILED, JobState.CANCELLED} for job in export.jobs.all())


class NewExport(ExportAsked):
    """What to export: which rows, which text, with or without the pictures. Empty lists mean all."""

    round: Annotated[int, Field(ge=1, le=LARGEST_ID)]


class FormatsSerializer(serializers.Serializer[Any]):
    """The formats that can be written."""

    formats = serializers.ListField(child=serializers.CharField())


def _folder(export: Export) -> Path | None:
    """The export's folder, if the server itself made it."""
    folder = export_folder(export_id=export.pk)
    return folder if export.folder == str(folder) else None


class ExportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Export]):
    """The exports of the projects that the caller runs."""

    project_at = {
        "list": own_rows,
        "latest": own_rows,
        "create": of_object_in_body("round", Round),
        "*": of_object(Export),
    }
    serializer_class = ExportSerializer
    pagination_class = NewestFirst
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Export.objects.none()

    def get_queryset(self) -> QuerySet[Export]:
        """Admins only."""
        rows = Export.objects.select_related("project", "run__through_round").prefetch_related("jobs")
        rows = rows.defer("run__report", "run__settings")  # long, and the list is asked for every few seconds
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        return narrowed_to_project(self.request, rows)

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(
        parameters=[
            OpenApiParameter("project", OpenApiTypes.STR, required=True),
            OpenApiParameter("file_format", OpenApiTypes.STR, enum=sorted(FORMATS)),
        ],
        responses=ExportSerializer,
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def latest(self, request: Request) -> Response:
        """The newest finished export of a project (in one format): where programs that follow a project look."""
        rows = self.get_queryset().filter(finished_at__isnull=False)
        if format := slug_parameter(request, "file_format"):  # `format` is a word of the framework
            rows = rows.filter(format=format)
        found = rows.order_by("-finished_at").first() if slug_parameter(request, "project") else None
        if found is None:
            raise NotFound("No export like that is finished.")
        return Response(self.get_serializer(found).data)

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY}, filters=False)
    @action(detail=True, methods=["get"])
    def changes(self, request: Request, pk: str) -> StreamingHttpResponse:
        """What changed since the previous export of its kind: a line an image, with the fields that differ."""
        export = self.get_object()
        if export.previous is None:
            raise NotFound("There is no earlier export of this kind to compare with.")
        changes = export_changes(before=export.previous, after=export)
        return StreamingHttpResponse(
            (json.dumps(asdict(change)) + "\n" for change in changes),
            content_type="application/x-ndjson",
            headers={"Content-Disposition": f'attachment; filename="{export.pk}-changes.jsonl"'},
        )

    @extend_schema(responses={(200, "application/x-tar"): OpenApiTypes.BINARY}, filters=False)
    @action(detail=True, methods=["get"])
    def tar(self, request: Request, pk: str) -> StreamingHttpResponse:
        """All its files, pictures and manifest, as one tar."""
        export = self.get_object()
        folder = _folder(export)
        if folder is None or not (folder / EXPORT_MANIFEST).is_file():
            raise NotFound("This export's files are not on the server.")
        top = f"{export.project.slug}-{export.format}-{export.pk}"
        return StreamingHttpResponse(
            tar_of(folder, top=top),
            content_type="application/x-tar",
            headers={
                "Content-Disposition": f'attachment; filename="{top}.tar"',
                "Content-Length": tar_length(folder, top=top),
            },
        )

    @extend_schema(request=NewExport, responses={201: ExportSerializer})
    def create(self, request: Request) -> Response:
        """Ask for an export; a worker writes it."""
        require_admin_of_named_round(request)
        asked = declared(request, NewExport)
        round = visible(user=caller(request), rows=Round.objects.all(), pk=asked.round)
        require_role(user=caller(request), project_id=round.project_id, role=Role.ADMIN)
        export = request_export(
            round=round,
            format=asked.format,
            options=asked,
            requested_by=caller(request),
        )
        return Response(self.get_serializer(export).data, status=201)


class ExportFormatsView(APIView):
    """What can be written."""

    project_at = no_project

    @extend_schema(responses=FormatsSerializer)
    def get(self, request: Request) -> Response:
        """Their names."""
        return Response({"formats": sorted(FORMATS)})


class ExportFileView(APIView):
    """A file of an export, as a download."""

    project_at = of_object(Export)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, name: str) -> HttpResponseBase:
        """Only names that the manifest lists, or that a picture has."""
        export = visible(user=caller(request), rows=Export.objects.all(), pk=pk)
        require_role(user=caller(request), project_id=export.project_id, role=Role.ADMIN)
        folder = _folder(export)
        names = {file["name"] for file in (export.manifest or {}).get("files", [])} | {EXPORT_MANIFEST}
        known = name in names or PICTURE.fullmatch(name)
        missing = "This export has no such file."
        if folder is None or not known:
            raise NotFound(missing)
        return download(folder=folder, name=name, filename=f"{export.pk}-{Path(name).name}", missing=missing)
