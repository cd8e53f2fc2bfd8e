"""Archives that are brought in, by owners of the site: uploaded in pieces, looked into by a worker, made a project of."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.archives import ArchiveContentsSerializer
from annotation_server.api.bodies import Body, body
from annotation_server.api.bounded import BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.token_limits import refuse_tokens
from annotation_server.api.token_projects import closed
from annotation_server.api.uploads import UploadSerializer, UploadViewSet
from annotation_server.choices import Role
from annotation_server.models import ArchiveImport, User
from annotation_server.queries.archives.archive_people import MOST_PEOPLE, here_already
from annotation_server.queries.people.membership import for_owners, require_owner
from annotation_server.steps.archives.start_archive_import import start_archive_import
from annotation_server.steps.uploads.announce_upload import announce_archive


class ArchiveImportSerializer(UploadSerializer[ArchiveImport]):
    """An archive on its way in. `contents` is what a worker found in it, `slug` what its project is to be called, `job` the
    work that goes on with it now, or was the last."""

    contents = serializers.SerializerMethodField()
    slug = serializers.CharField(read_only=True, help_text="Empty until it is started.")

    class Meta:
        model = ArchiveImport
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
    def get_contents(self, archive_import: ArchiveImport) -> Any:
        """Null until a worker has looked into it."""
        return ArchiveContentsSerializer(archive_import.preview).data if archive_import.preview else None


class NewArchiveImportSerializer(Body):
    """A file to upload."""

    file_name = serializers.CharField(max_length=1_000)
    byte_count = serializers.IntegerField(min_value=1, max_value=2**53)


class ConfirmedPersonSerializer(Body):
    """Somebody of the archive, in the role that was shown, who is the same as the account of that name here."""

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(
        choices=Role.choices, allow_blank=True, help_text="Empty: no member of the archive's project."
    )


class StartArchiveImportSerializer(Body):
    """What the project is to be called here (its own slug, where that is free), and who of its people has an account here.

    If someone is not listed, but an account here has their name, they get a new account. An archive alone never makes an
    account here a member, or the author of a text.
    """

    slug = serializers.CharField(max_length=60)
    people = BoundedList(
        child=ConfirmedPersonSerializer(), max_length=MOST_PEOPLE, required=False, default=list
    )


class ArchivePersonSerializer(serializers.Serializer[Any]):
    """A person whom the archive names."""

    username = serializers.CharField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    role = serializers.ChoiceField(
        choices=Role.choices, allow_blank=True, help_text="In the archive's project."
    )
    is_here = serializers.BooleanField(help_text="Whether an account here has that name.")
    is_owner = serializers.BooleanField(help_text="Whether that account is a site owner's.")
    is_active = serializers.BooleanField(help_text="Whether that account can sign in.")


NEW = OpenApiExample(
    "A file that is uploaded next",
    value={"file_name": "iguanas.tar", "byte_count": 1_048_576},
    request_only=True,
)
START = OpenApiExample(
    "Under another name; ana is the ana of this server",
    value={"slug": "iguanas-2026", "people": [{"username": "ana", "role": "annotator"}]},
    request_only=True,
)


class ArchiveImportViewSet(UploadViewSet[ArchiveImport]):
    """For owners of the site: the archives that were brought in."""

    project_at = closed
    serializer_class = ArchiveImportSerializer
    queryset = ArchiveImport.objects.none()

    def get_queryset(self) -> QuerySet[ArchiveImport]:
        """Nobody but an owner runs what is of no project."""
        rows = ArchiveImport.objects.select_related("job__project", "inspection__project", "requested_by")
        return for_owners(user=caller(self.request), rows=rows)

    @extend_schema(
        request=NewArchiveImportSerializer, responses={201: ArchiveImportSerializer}, examples=[NEW]
    )
    def create(self, request: Request) -> Response:
        """Announce a file, to be sent by PUT …/content/."""
        require_owner(user=caller(request))
        given = body(request, NewArchiveImportSerializer)
        made = announce_archive(**given, requested_by=caller(request))
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=StartArchiveImportSerializer, responses=ArchiveImportSerializer, examples=[START])
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Make a project of it. One that failed or was cancelled may be started again, under another name too."""
        archive_import = self.get_object()
        given = body(request, StartArchiveImportSerializer)
        if given.get("people"):
            refuse_tokens(request)
        start_archive_import(
            archive_import=archive_import,
            slug=given["slug"],
            confirmed={person["username"]: person["role"] for person in given["people"]},
            started_by=caller(request),
        )
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=ArchivePersonSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def people(self, request: Request, pk: str) -> Response:
        """Whom it names, in which role, and whether an account here has that name: to be seen before it is started."""
        found: list[dict[str, str]] = (self.get_object().preview or {}).get("people", [])
        here = here_already(usernames=[person["username"] for person in found])
        return Response([_shown(person, here.get(person["username"])) for person in found])


def _shown(person: dict[str, str], account: User | None) -> dict[str, Any]:
    return {
        **person,
        "is_here": account is not None,
        "is_owner": account is not None and account.is_superuser,
        "is_active": account is not None and account.is_active,
    }
