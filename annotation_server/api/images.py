"""Images: their data for people who run a project, their pixels for its members."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body
from annotation_server.api.caching import asked_again
from annotation_server.api.caller import caller
from annotation_server.api.downloads import picture
from annotation_server.api.image_history import (
    BY_MAIL,
    TAKEN_DOWN,
    ImageHistorySerializer,
    WithdrawalSerializer,
    WithdrawSerializer,
)
from annotation_server.api.jobs import JobSerializer
from annotation_server.api.named_in_body import require_admin_of_named_project
from annotation_server.api.pagination import ByIdOfTexts
from annotation_server.api.parameters import (
    flag_parameter,
    id_parameter,
    narrowed_to_project,
    number_parameter,
    slug_parameter,
)
from annotation_server.api.pictures import url_of_image
from annotation_server.api.token_projects import in_body, of_object, own_rows
from annotation_server.choices import Role, Split
from annotation_server.errors import NotFound
from annotation_server.models import Image
from annotation_server.pictures.encoding import MEDIA_TYPES
from annotation_server.pictures.faces import faces_key
from annotation_server.queries.images.held_out_lookalikes import lookalikes_of
from annotation_server.queries.images.image_filters import ImageFilter, filtered_images, has_duplicates
from annotation_server.queries.images.image_history import holding_exports, image_history
from annotation_server.queries.images.seen_images import seen_image, seen_images
from annotation_server.queries.images.similar_images import similar_images
from annotation_server.queries.people.membership import (
    administered_project,
    require_role,
)
from annotation_server.steps.images.embed_images import request_embeddings
from annotation_server.steps.images.render_picture import GONE, render_picture
from annotation_server.steps.images.withdraw_image import withdraw_image

SIMILAR_COUNT = 24


class ImageSerializer(serializers.ModelSerializer[Image]):
    """An image with the texts that came along."""

    project = serializers.CharField(source="project.slug")
    split = serializers.ChoiceField(choices=Split.choices)
    has_duplicates = serializers.BooleanField(read_only=True)
    alt_texts = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()

    class Meta:
        model = Image
        fields = [
            "id",
            "project",
            "sha256",
            "split",
            "width",
            "height",
            "source",
            "domain",
            "source_key",
            "image_url",
            "page_url",
            "licence",
            "face_boxes",
            "withdrawn_at",
            "cluster",
            "has_duplicates",
            "alt_texts",
            "url",
            "thumbnail_url",
        ]

    def get_alt_texts(self, image: Image) -> list[str]:
        """In their order."""
        return [alt_text.text for alt_text in image.alt_texts.all()]

    def get_url(self, image: Image) -> str:
        """The screen-sized rendition."""
        return url_of_image(image, size="screen")

    def get_thumbnail_url(self, image: Image) -> str:
        """The small one."""
        return url_of_image(image, size="thumbnail")


class LikenessSerializer(serializers.Serializer[Any]):
    """`likeness` is the cosine of the two embeddings: 1 is the same to the encoder."""

    likeness = serializers.FloatField()
    image = ImageSerializer()


class SimilarSerializer(serializers.Serializer[Any]):
    """Empty when nothing is like it, or (`embedded` false) when the image was not embedded yet.

    `other_split`: the held-out images that this training image is taken for, so that training sets leave it out; of a held-out
    one those training images.
    """

    embedded = serializers.BooleanField()
    images = LikenessSerializer(many=True)
    other_split = LikenessSerializer(many=True)


class EmbedSerializer(Body):
    """Whose images."""

    project = serializers.CharField(max_length=60)


TEXTS = ("split", "source", "domain", "text", "annotator")
NUMBERS = ("words_min", "words_max", "score_min", "score_max")


class ImageViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Image]):
    """For reviewers and admins: annotators get their images with their tasks."""

    project_at = {"list": own_rows, "embed": in_body("project"), "*": of_object(Image)}
    serializer_class = ImageSerializer
    pagination_class = ByIdOfTexts
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Image.objects.none()

    def get_queryset(self) -> QuerySet[Image]:
        """Images of the projects that the caller runs, and those with captions where they review."""
        rows = Image.objects.select_related("project").prefetch_related("alt_texts")
        rows = seen_images(user=caller(self.request), rows=rows, role=Role.REVIEWER)
        rows = rows.annotate(has_duplicates=has_duplicates())
        if self.action != "list":
            return rows
        return filtered_images(rows=narrowed_to_project(self.request, rows), wanted=_wanted(self.request))

    @extend_schema(
        parameters=[
            OpenApiParameter("project", OpenApiTypes.STR),
            OpenApiParameter("split", OpenApiTypes.STR, enum=Split.values),
            OpenApiParameter("source", OpenApiTypes.STR),
            OpenApiParameter("domain", OpenApiTypes.STR),
            OpenApiParameter(
                "withdrawn", OpenApiTypes.BOOL, description="Those that were taken down instead."
            ),
            OpenApiParameter(
                "duplicates", OpenApiTypes.BOOL, description="Only images with near-duplicates."
            ),
            OpenApiParameter("flagged", OpenApiTypes.BOOL, description="Only images flagged in a round."),
            OpenApiParameter(
                "annotator", OpenApiTypes.STR, description="The user name of who wrote a caption of it."
            ),
            *(
                OpenApiParameter(
                    name, OpenApiTypes.NUMBER, description="Of a caption that counts in its round, inclusive."
                )
                for name in NUMBERS
            ),
            OpenApiParameter("cluster", OpenApiTypes.INT, description="The near-duplicates of one cluster."),
            OpenApiParameter(
                "text", OpenApiTypes.STR, description="In an alt-text or a caption of any round."
            ),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """In the order of their import."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=ImageHistorySerializer)
    @action(detail=True, methods=["get"])
    def history(self, request: Request, pk: str) -> Response:
        """Every round's captions of it with their verdicts, the captioners' drafts, the exports and archives that hold it."""
        return Response(ImageHistorySerializer(image_history(image=self.get_object())).data)

    @extend_schema(responses=SimilarSerializer)
    @action(detail=True, methods=["get"])
    def similar(self, request: Request, pk: str) -> Response:
        """More like this: the images that look most like it, likest first."""
        image = self.get_object()
        found = similar_images(image=image, count=SIMILAR_COUNT)
        likest = {one.image_id: one.likeness for one in found or []}
        other_split = lookalikes_of(image=image, count=SIMILAR_COUNT)
        images = self.get_queryset().in_bulk([*likest, *other_split])

        def shown(likenesses: dict[int, float]) -> list[dict[str, Any]]:
            return [
                {"likeness": likeness, "image": images[pk]}
                for pk, likeness in likenesses.items()
                if pk in images
            ]

        body = SimilarSerializer(
            {"embedded": found is not None, "images": shown(likest), "other_split": shown(other_split)},
            context=self.get_serializer_context(),
        )
        return Response(body.data)

    @extend_schema(request=EmbedSerializer, responses={202: JobSerializer})
    @action(detail=False, methods=["post"])
    def embed(self, request: Request) -> Response:
        """Have a worker of the captioner embed the project's images that are not yet. For admins."""
        require_admin_of_named_project(request)
        given = body(request, EmbedSerializer)
        project = administered_project(user=caller(request), slug=given["project"])
        job = request_embeddings(project=project, requested_by=caller(request))
        return Response(JobSerializer(job).data, status=202)

    @extend_schema(
        request=WithdrawSerializer,
        responses=WithdrawalSerializer,
        examples=[BY_MAIL, TAKEN_DOWN],
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it down at its source's request: no longer served, handed out, exported or trained on. For admins."""
        image = self.get_object()
        require_role(user=caller(request), project_id=image.project_id, role=Role.ADMIN)
        given = body(request, WithdrawSerializer)
        done = withdraw_image(image=image, reason=given["reason"], withdrawn_by=caller(request))
        held = holding_exports(image=image)
        answer = {"tasks": done.tasks, "exports": held, "archives": done.archives}
        return Response(WithdrawalSerializer(answer).data)


def _wanted(request: Request) -> ImageFilter:
    """Raises InvalidText, ValidationError."""
    texts = {name: slug_parameter(request, name) or "" for name in TEXTS}
    numbers = {name: number_parameter(request, name) for name in NUMBERS}
    said: dict[str, Any] = texts | numbers
    return ImageFilter(
        **said,
        flagged=flag_parameter(request, "flagged"),
        withdrawn=flag_parameter(request, "withdrawn"),
        duplicates=flag_parameter(request, "duplicates"),
        cluster=id_parameter(request, "cluster"),
    )


class PixelsView(APIView):
    """A rendition's pixels: upright, without metadata, faces blurred where the project says so; `original` is full size."""

    project_at = of_object(Image)

    @extend_schema(responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES})
    def get(self, request: Request, pk: int, size: str) -> HttpResponseBase:
        """A browser that has it asks again before each showing (304), so that a takedown is seen at once."""
        rows = Image.objects.filter(withdrawn_at=None).select_related("project")
        image = seen_image(user=caller(request), rows=rows, pk=pk)
        faces = faces_key(image.face_boxes) if image.project.blur_faces else ""
        return asked_again(
            request, tag=f"{image.sha256}-{size}-{faces}", answer=lambda: _answered(image, size)
        )


def _answered(image: Image, size: str) -> FileResponse:
    """Raises NotFound, ServiceUnavailable, UnreadableImage."""
    try:
        return picture(render_picture(image=image, size=size))
    except FileNotFoundError as error:
        raise NotFound(GONE) from error
