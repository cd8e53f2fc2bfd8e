"""Imports: a source is uploaded in pieces or named by its address, looked into by a worker, started, watched, reported."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, body, declared
from annotation_server.api.caller import caller
from annotation_server.api.downloads import download
from annotation_server.api.import_reports import NOT_SURVEYED, PreviewSerializer, ReportSerializer
from annotation_server.api.named_in_body import require_admin_of_named_project
from annotation_server.api.parameters import narrowed_to_project
from annotation_server.api.token_projects import in_body, no_project, of_object, own_rows
from annotation_server.api.uploads import UploadSerializer, UploadViewSet
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.formats.readers import READERS
from annotation_server.formats.readers.columns import KNOWN
from annotation_server.intake.upload_files import rows_path
from annotation_server.models import Import
from annotation_server.options.import_images import ImportChoices, Reading
from annotation_server.queries.people.membership import (
    administered_project,
    in_projects_of_role,
)
from annotation_server.steps.imports.import_address import import_address
from annotation_server.steps.imports.start_import import look_again, start_import
from annotation_server.steps.uploads.announce_upload import announce_import


class ImportSerializer(UploadSerializer[Import]):
    """A source on its way in; `job` is the work that goes on with it now, or was the last."""

    project = serializers.CharField(source="project.slug")
    preview = serializers.SerializerMethodField()
    report = serializers.SerializerMethodField()
    options = serializers.DictField()

    class Meta:
        model = Import
        fields = [
            "id",
            "project",
            "file_name",
            "byte_count",
            "received",
            "address",
            "state",
            "job",
            "preview",
            "options",
            "report",
            "created_at",
        ]

    @extend_schema_field(PreviewSerializer(allow_null=True))
    def get_preview(self, import_: Import) -> Any:
        """Null before a worker has looked into it. One that an earlier version looked into has no survey."""
        return PreviewSerializer(NOT_SURVEYED | import_.preview).data if import_.preview else None

    @extend_schema_field(ReportSerializer(allow_null=True))
    def get_report(self, import_: Import) -> Any:
        """Null before the first chunk of rows."""
        if not import_.counts:
            return None
        reasons = import_.counts["reasons"].items()
        notes = [{**note, "reason": note["note"]} for note in import_.counts["notes"]]
        examples = import_.counts.get("examples", {})
        shown = {
            "reasons": [
                {"reason": reason, "count": count, "example": examples.get(reason, "")}
                for reason, count in reasons
            ],
            "notes": notes,
            "account": import_.counts.get("account", []),
        }
        return ReportSerializer({**import_.counts, **shown}).data


class NewImportSerializer(Body):
    """Either `file_name` and `byte_count` of a file to upload, or an `address`."""

    project = serializers.CharField(max_length=60)
    file_name = serializers.CharField(max_length=1_000, required=False, default="")
    byte_count = serializers.IntegerField(min_value=0, max_value=2**53, required=False, default=0)
    address = serializers.CharField(max_length=4_000, required=False, default="", allow_blank=True)


class StartImport(ImportChoices):
    """How the rows are read. `split`, `source`, `domain` and `licence` are for rows that say nothing themselves.
    `without_texts` says that pictures without one text are meant."""


class ImportFormatsSerializer(serializers.Serializer[Any]):
    """The formats that are read, and what a column may mean (besides round1, round2 …)."""

    formats = serializers.ListField(child=serializers.CharField())
    meanings = serializers.ListField(child=serializers.CharField())


UPLOAD = OpenApiExample(
    "A file that is uploaded next",
    value={"project": "iguanas", "file_name": "iguanas.zip", "byte_count": 1_048_576},
    request_only=True,
)
ADDRESS = OpenApiExample(
    "An address",
    value={"project": "iguanas", "address": "https://example.org/iguanas.jsonl"},
    request_only=True,
)
START = OpenApiExample(
    "Another column for the alt-texts",
    value={"columns": {"caption": "alt_texts", "note": "ignore"}, "source": "wit", "licence": "CC BY-SA 4.0"},
    request_only=True,
)


class ImportViewSet(UploadViewSet[Import]):
    """The imports of the projects that the caller runs."""

    project_at = {
        "list": own_rows,
        "create": in_body("project"),
        "formats": no_project,
        "*": of_object(Import),
    }
    serializer_class = ImportSerializer
    queryset = Import.objects.none()

    def get_queryset(self) -> QuerySet[Import]:
        """Admins only."""
        rows = Import.objects.select_related("project", "job__project", "inspection__project", "requested_by")
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        return narrowed_to_project(self.request, rows)

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=NewImportSerializer, responses={201: ImportSerializer}, examples=[UPLOAD, ADDRESS])
    def create(self, request: Request) -> Response:
        """Announce a file, to be sent by PUT …/content/, or name an address, which a worker fetches."""
        require_admin_of_named_project(request)
        asked = body(request, NewImportSerializer)
        project = administered_project(user=caller(request), slug=asked["project"])
        if bool(asked["address"]) == bool(asked["file_name"]):
            raise InvalidSettings("Say either file_name and byte_count, or address.")
        if asked["address"]:
            made = import_address(
                project=project, address=asked["address"].strip(), requested_by=caller(request)
            )
        else:
            made = announce_import(
                project=project,
                file_name=asked["file_name"],
                byte_count=asked["byte_count"],
                requested_by=caller(request),
            )
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=StartImport, responses=ImportSerializer, examples=[START])
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Import the rows. One that failed or was cancelled may be started again with other options, or go on as it was by
        retrying its job."""
        import_ = self.get_object()
        given = declared(request, StartImport)
        start_import(import_=import_, options=given.stored(), started_by=caller(request))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=Reading, responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def inspect(self, request: Request, pk: str) -> Response:
        """Have a worker look into the source once more, read as is said here."""
        import_ = self.get_object()
        given = declared(request, Reading)
        look_again(import_=import_, said=given.stored(), asked_by=caller(request))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="rows")
    def rows(self, request: Request, pk: str) -> HttpResponseBase:
        """Every row's outcome as CSV; cells that a spreadsheet would run are text."""
        import_ = self.get_object()
        path = rows_path(import_id=import_.pk)
        return download(
            folder=path.parent,
            name=path.name,
            filename=f"import-{import_.pk}-rows.csv",
            missing="This import has no outcomes yet.",
            content_type="text/csv",
        )

    @extend_schema(responses=ImportFormatsSerializer, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def formats(self, request: Request) -> Response:
        """Which formats there are, and what a column may mean."""
        return Response({"formats": list(READERS), "meanings": [*KNOWN, "ignore"]})
