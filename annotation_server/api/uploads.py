"""Files that come in piece by piece: what imports and archives that are brought in have in common."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.jobs import JobSerializer
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import whole_number
from annotation_server.choices import ImportState
from annotation_server.errors import InvalidSettings
from annotation_server.models import Upload
from annotation_server.queries.imports.import_state import import_state
from annotation_server.rules.uploads import U
from annotation_server.steps.uploads.receive_piece import receive_piece
from annotation_server.steps.uploads.remove_upload import remove_upload


class PieceParser(BaseParser):
    """Hands the body on as a stream: pieces of a file are never held in memory."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The stream itself."""
        return stream


class UploadSerializer(serializers.ModelSerializer[U]):
    """How far it is; `job` is the work that goes on with it now, or was the last."""

    state = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=ImportState.choices))
    def get_state(self, upload: Upload) -> str:
        """See ImportState."""
        return import_state(upload).value

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, upload: Upload) -> Any:
        """Null while it is uploaded."""
        job = upload.job or upload.inspection
        return JobSerializer(job).data if job else None


class UploadViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[U],
):
    """What is announced, sent by PUT …/content/, looked into by a worker, started and forgotten."""

    pagination_class = NewestFirst
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        request={"application/octet-stream": OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("at", OpenApiTypes.INT, description="Where in the file the piece starts.")
        ],
    )
    @action(detail=True, methods=["put"], parser_classes=[PieceParser])
    def content(self, request: Request, pk: str) -> Response:
        """Send the next piece of the file, at most 64 MiB. After a broken connection go on where `received` says."""
        upload = self.get_object()
        stream: Any = request.data
        if not hasattr(stream, "read"):  # A body without a byte is not parsed.
            raise InvalidSettings("The piece is empty.")
        receive_piece(upload=upload, at=_place(request), stream=stream)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Forget it with its files. What it brought stays."""
        upload = self.get_object()
        refuse_fields(request)
        remove_upload(upload=upload, removed_by=caller(request))
        return Response(status=204)


def _place(request: Request) -> int:
    """?at=N, 0 where it is not given. Raises InvalidSettings."""
    if (place := whole_number(request.query_params.get("at", "0"))) is None:
        raise InvalidSettings("at: use the number of the byte where the piece starts.")
    return place
