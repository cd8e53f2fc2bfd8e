"""The guidelines of a project: reading them, what changed since, their pictures, and the practice before real tasks."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import path, re_path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caching import asked_again
from annotation_server.api.caller import caller
from annotation_server.api.downloads import picture
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.token_projects import in_address
from annotation_server.models import GuidelinesVersion
from annotation_server.queries.people.membership import administered_project, visible_project
from annotation_server.queries.projects.guidelines import guidelines_text, guidelines_view
from annotation_server.steps.projects.change_guidelines import (
    NOTE_LIMIT,
    change_guidelines,
    note_guidelines_seen,
    note_practised,
)
from annotation_server.steps.projects.store_guidelines_picture import (
    PICTURE_LIMIT,
    PICTURE_MEDIA_TYPE,
    store_guidelines_picture,
    stored_guidelines_picture,
)
from annotation_server.texts.text import GUIDELINES_LIMIT


class GuidelinesSerializer(serializers.Serializer[Any]):
    """The newest version, and what the caller had read before: `seen` is that version's number, 0 for none."""

    version = serializers.IntegerField(help_text="0: there are none yet.")
    text = serializers.CharField(help_text="Markdown.")
    note = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)
    seen = serializers.IntegerField()
    seen_text = serializers.CharField()
    practised = serializers.BooleanField(help_text="Whether the caller has gone through the practice tasks.")


class ChangedGuidelinesSerializer(Body):
    """A new version, made over the one that the author had before them."""

    text = serializers.CharField(max_length=GUIDELINES_LIMIT, allow_blank=True, trim_whitespace=False)
    note = serializers.CharField(max_length=NOTE_LIMIT, allow_blank=True, required=False, default="")
    version = serializers.IntegerField(
        min_value=0, max_value=10**6, help_text="The version it was made from."
    )


class GuidelinesVersionSerializer(serializers.ModelSerializer[GuidelinesVersion]):
    """One version of the past or the newest, without its text."""

    author = serializers.CharField(source="author.username", default=None, allow_null=True)

    class Meta:
        model = GuidelinesVersion
        fields = ["number", "note", "author", "created_at"]


class GuidelinesTextSerializer(serializers.Serializer[Any]):
    """The text of a version, and the one before it."""

    number = serializers.IntegerField()
    text = serializers.CharField(help_text="Markdown.")
    before = serializers.CharField(help_text="The text of the version before; empty for the first.")


class SeenSerializer(Body):
    """The version that was read."""

    version = serializers.IntegerField(min_value=0, max_value=10**6)


class PictureUploadSerializer(Body):
    """A picture for the guidelines."""

    picture = serializers.FileField(max_length=500)

    def validate_picture(self, file: Any) -> Any:
        """Not too large to be read at once."""
        if file.size > PICTURE_LIMIT:
            raise serializers.ValidationError(f"At most {PICTURE_LIMIT // 1024**2} MB. Make it smaller.")
        return file


class KeptPictureSerializer(serializers.Serializer[Any]):
    """Where it is now; put `![what it shows](url)` into the text."""

    url = serializers.CharField()


class GuidelinesView(APIView):
    """The guidelines in force."""

    project_at = in_address

    @extend_schema(responses=GuidelinesSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """For every member."""
        project = visible_project(user=caller(request), slug=slug)
        return Response(GuidelinesSerializer(guidelines_view(project=project, user=caller(request))).data)

    @extend_schema(
        request=ChangedGuidelinesSerializer,
        responses=GuidelinesSerializer,
        examples=[
            OpenApiExample(
                "A second version",
                value={"text": "# Rules\n\nName what is seen.", "note": "Shorter", "version": 1},
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, slug: str) -> Response:
        """A new version (admin). 409 newer-text-saved carries the text that somebody else saved meanwhile."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, ChangedGuidelinesSerializer)
        change_guidelines(
            project=project,
            text=given["text"],
            note=given["note"],
            over=given["version"],
            author=caller(request),
        )
        return Response(GuidelinesSerializer(guidelines_view(project=project, user=caller(request))).data)


class GuidelinesVersionsView(generics.ListAPIView[GuidelinesVersion]):
    """Every version, the newest first."""

    project_at = in_address
    serializer_class = GuidelinesVersionSerializer
    pagination_class = NewestFirst
    queryset = GuidelinesVersion.objects.none()

    def get_queryset(self) -> QuerySet[GuidelinesVersion]:
        """For every member: it tells what held when a caption was written."""
        project = visible_project(user=caller(self.request), slug=self.kwargs["slug"])
        return GuidelinesVersion.objects.filter(project=project).select_related("author")


class GuidelinesVersionView(APIView):
    """One version."""

    project_at = in_address

    @extend_schema(responses=GuidelinesTextSerializer)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Its text and the one that it changed, for every member."""
        project = visible_project(user=caller(request), slug=slug)
        return Response(GuidelinesTextSerializer(guidelines_text(project=project, number=number)).data)


class GuidelinesSeenView(APIView):
    """The caller has read a version."""

    project_at = in_address

    @extend_schema(request=SeenSerializer, responses={204: None})
    def post(self, request: Request, slug: str) -> Response:
        """From then on only later changes are shown as new."""
        project = visible_project(user=caller(request), slug=slug)
        given = body(request, SeenSerializer)
        note_guidelines_seen(project=project, user=caller(request), number=given["version"])
        return Response(status=204)


class PractisedView(APIView):
    """The caller has gone through the practice tasks."""

    project_at = in_address

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, slug: str) -> Response:
        """Practice itself stays in the browser: nothing of it is ever a caption."""
        project = visible_project(user=caller(request), slug=slug)
        refuse_fields(request)
        note_practised(project=project, user=caller(request))
        return Response(status=204)


class GuidelinesPicturesView(APIView):
    """Pictures of the guidelines."""

    project_at = in_address
    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": PictureUploadSerializer}, responses={201: KeptPictureSerializer}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Keep a picture (admin)."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, PictureUploadSerializer)
        sha256 = store_guidelines_picture(project=project, content=given["picture"].read())
        return Response({"url": reverse("guidelines-picture", args=[slug, sha256])}, status=201)


class GuidelinesPictureView(APIView):
    """One picture of the guidelines."""

    project_at = in_address

    @extend_schema(responses={(200, PICTURE_MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str, sha256: str) -> HttpResponseBase:
        """For every member; its address is its content."""
        project = visible_project(user=caller(request), slug=slug)
        name = stored_guidelines_picture(project=project, sha256=sha256)
        return asked_again(
            request,
            tag=sha256,
            answer=lambda: picture(name),
        )


urlpatterns = [
    path("projects/<slug:slug>/guidelines/", GuidelinesView.as_view(), name="guidelines"),
    path(
        "projects/<slug:slug>/guidelines/versions/",
        GuidelinesVersionsView.as_view(),
        name="guidelines-versions",
    ),
    path(
        "projects/<slug:slug>/guidelines/versions/<int:number>/",
        GuidelinesVersionView.as_view(),
        name="guidelines-version",
    ),
    path("projects/<slug:slug>/guidelines/seen/", GuidelinesSeenView.as_view(), name="guidelines-seen"),
    path(
        "projects/<slug:slug>/guidelines/pictures/",
        GuidelinesPicturesView.as_view(),
        name="guidelines-pictures",
    ),
    re_path(
        r"^projects/(?P<slug>[a-z0-9-]+)/guidelines/pictures/(?P<sha256>[0-9a-f]{64})/$",
        GuidelinesPictureView.as_view(),
        name="guidelines-picture",
    ),
    path("projects/<slug:slug>/practised/", PractisedView.as_view(), name="practised"),
]
