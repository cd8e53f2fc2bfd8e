"""Captions, as they were handed in."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.caller import caller
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import flag_parameter, id_parameter, slug_parameter
from annotation_server.choices import Role, Verdict
from annotation_server.formats.word_edits import operations
from annotation_server.models import Caption, Membership
from annotation_server.queries.provenance import word_origins


class CaptionReviewSerializer(serializers.Serializer[Any]):
    """A verdict, of one level of review."""

    level = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField()


class CaptionSerializer(serializers.ModelSerializer[Caption]):
    """A caption with where it came from."""

    annotator = serializers.CharField(source="annotator.username")
    image = serializers.IntegerField(source="task.image_id")
    round = serializers.IntegerField(source="task.round_id")
    starting_text = serializers.CharField(source="task.starting_text")
    reviews = CaptionReviewSerializer(many=True)
    review = serializers.SerializerMethodField()

    class Meta:
        model = Caption
        fields = [
            "id",
            "task",
            "image",
            "round",
            "annotator",
            "starting_text",
            "text",
            "parent",
            "draft",
            "alt_text",
            "seconds",
            "pasted_share",
            "words",
            "words_changed",
            "similarity",
            "parent_similarity",
            "late",
            "review",
            "reviews",
            "created_at",
        ]

    @extend_schema_field(CaptionReviewSerializer(allow_null=True))
    def get_review(self, caption: Caption) -> dict[str, Any] | None:
        """The last one."""
        reviews = list(caption.reviews.all())
        return dict(CaptionReviewSerializer(reviews[-1]).data) if reviews else None


class WordOriginSerializer(serializers.Serializer[Any]):
    """A run of words with one origin: 'alt_text', 'draft', 'round N by NAME'."""

    origin = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())


class OperationSerializer(serializers.Serializer[Any]):
    """One step from the starting text to the caption: equal, replace, insert or delete."""

    kind = serializers.CharField()
    before = serializers.ListField(child=serializers.CharField())
    after = serializers.ListField(child=serializers.CharField())


class CaptionEditSerializer(serializers.Serializer[Any]):
    """What was done to the starting text, and where each word of the caption comes from."""

    operations = OperationSerializer(many=True)
    origins = WordOriginSerializer(many=True)


class CaptionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Caption]):
    """Annotators see their own; reviewers and admins see their projects'."""

    serializer_class = CaptionSerializer
    pagination_class = NewestFirst
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Caption.objects.none()

    def get_queryset(self) -> QuerySet[Caption]:
        """What the caller may see, narrowed by the query parameters."""
        user = caller(self.request)
        rows = Caption.objects.select_related("annotator", "task__round").prefetch_related("reviews")
        if not user.is_superuser:
            of_role = Membership.objects.filter(user=user)
            reviewed = of_role.filter(role__in=[Role.REVIEWER, Role.ADMIN]).values("project")
            rows = rows.filter(
                Q(task__round__project__in=reviewed)
                | Q(annotator=user, task__round__project__in=of_role.values("project"))
            )
        if slug := slug_parameter(self.request, "project"):
            rows = rows.filter(task__round__project__slug=slug)
        for name, path in (("round", "task__round"), ("image", "task__image"), ("task", "task")):
            if (key := id_parameter(self.request, name)) is not None:
                rows = rows.filter(**{path: key})
        return rows.filter(annotator=user) if flag_parameter(self.request, "mine") else rows

    @extend_schema(
        parameters=[
            OpenApiParameter("project", OpenApiTypes.STR),
            OpenApiParameter("round", OpenApiTypes.INT),
            OpenApiParameter("image", OpenApiTypes.INT),
            OpenApiParameter("task", OpenApiTypes.INT),
            OpenApiParameter("mine", OpenApiTypes.BOOL),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=CaptionEditSerializer)
    @action(detail=True, methods=["get"])
    def edit(self, request: Request, pk: str) -> Response:
        """Word by word."""
        caption = self.get_object()
        steps = operations(before=caption.task.starting_text, after=caption.text)
        origins = word_origins(caption=caption)
        return Response(
            {"operations": [vars(step) for step in steps], "origins": [vars(one) for one in origins]}
        )
