"""Captions, as they were handed in."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.caller import caller
from annotation_server.api.pagination import NewestTextsFirst
from annotation_server.api.parameters import flag_parameter, id_parameter, slug_parameter
from annotation_server.api.pictures import url_of_image
from annotation_server.api.token_projects import of_object, own_rows
from annotation_server.choices import ConceptOutcome, DropReason, Role, RoundState, TaskState, Verdict
from annotation_server.models import Caption, Review
from annotation_server.queries.people.membership import in_projects_of_role, in_visible_projects
from annotation_server.queries.reports.provenance import word_origins
from annotation_server.queries.review.standing_reviews import has_a_later_one, reviews_at_hand, reviews_of
from annotation_server.texts.word_edits import operations


class AnswerSerializer(serializers.Serializer[Any]):
    """What is said of a phrase of the alt-text; `reason` is empty where there is none."""

    outcome = serializers.ChoiceField(choices=ConceptOutcome.choices)
    reason = serializers.ChoiceField(choices=DropReason.choices, allow_blank=True)


class ConceptChangeSerializer(serializers.Serializer[Any]):
    """What a reviewer says of a phrase where the caption before said something else; null: nothing is said of it."""

    phrase = serializers.CharField()
    before = AnswerSerializer(allow_null=True)
    after = AnswerSerializer(allow_null=True)


class CaptionReviewSerializer(serializers.Serializer[Any]):
    """A verdict, of one level of review. It is on the caption, or on what an earlier level fixed it to."""

    level = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField()
    reviewer = serializers.CharField(source="reviewer.username")
    anchor = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="[start, end] in the text that was read."
    )
    fixed_text = serializers.SerializerMethodField()
    concept_changes = serializers.SerializerMethodField()

    def _fixed(self, review: Review) -> Caption | None:
        captions = self.context["captions"]
        return captions[review.fixed_caption_id] if review.fixed_caption_id else None

    def get_fixed_text(self, review: Review) -> str | None:
        """The reviewer's own version, of a fix."""
        fixed = self._fixed(review)
        return fixed.text if fixed else None

    @extend_schema_field(ConceptChangeSerializer(many=True))
    def get_concept_changes(self, review: Review) -> list[dict[str, Any]]:
        """Of a fix: the concept answers that are others now."""
        fixed = self._fixed(review)
        return concept_changes(self.context["captions"][review.caption_id], fixed) if fixed else []


def concept_changes(before: Caption, after: Caption) -> list[dict[str, Any]]:
    """Where two captions say something else of a phrase; their concepts are at hand."""
    said = [
        {one.phrase: {"outcome": one.outcome, "reason": one.reason} for one in each.concepts.all()}
        for each in (before, after)
    ]
    phrases = [*said[0], *(phrase for phrase in said[1] if phrase not in said[0])]
    changes = [
        {"phrase": phrase, "before": said[0].get(phrase), "after": said[1].get(phrase)} for phrase in phrases
    ]
    return [one for one in changes if one["before"] != one["after"]]


class CaptionSerializer(serializers.ModelSerializer[Caption]):
    """A caption with where it came from."""

    annotator = serializers.CharField(source="annotator.username")
    image = serializers.IntegerField(source="task.image_id")
    round = serializers.IntegerField(source="task.round_id")
    starting_text = serializers.CharField(source="task.starting_text")
    thumbnail_url = serializers.SerializerMethodField()
    can_reopen = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()
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
            "thumbnail_url",
            "can_reopen",
            "review",
            "reviews",
            "created_at",
        ]

    def get_thumbnail_url(self, caption: Caption) -> str:
        """Of its picture."""
        return url_of_image(caption.task.image, size="thumbnail")

    def get_can_reopen(self, caption: Caption) -> bool:
        """Whether the caller may take it back now (`/tasks/{id}/undo/`)."""
        task, person = caption.task, self.context["request"].user.pk
        return (
            task.state == TaskState.SUBMITTED
            and task.review_level == 0
            and (task.annotator_id, caption.annotator_id, task.current_caption_id)
            == (person, person, caption.pk)
            and task.image.withdrawn_at is None
            and task.round.state == RoundState.OPEN
        )

    @extend_schema_field(CaptionReviewSerializer(many=True))
    def get_reviews(self, caption: Caption) -> list[dict[str, Any]]:
        """Those that count, in the order of their levels: of the caption, and of what it was fixed to."""
        return self._shown(caption, reviews_of(caption=caption))

    @extend_schema_field(CaptionReviewSerializer(allow_null=True))
    def get_review(self, caption: Caption) -> dict[str, Any] | None:
        """The last one."""
        return next(iter(self._shown(caption, reviews_of(caption=caption)[-1:])), None)

    def _shown(self, caption: Caption, reviews: list[Review]) -> list[dict[str, Any]]:
        captions = {each.pk: each for each in caption.task.captions.all()}
        return list(CaptionReviewSerializer(reviews, many=True, context={"captions": captions}).data)


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
    """Annotators see their own, also while they are paused; reviewers and admins see their projects'."""

    project_at = {"list": own_rows, "*": of_object(Caption, "task__round__project")}
    serializer_class = CaptionSerializer
    pagination_class = NewestTextsFirst
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Caption.objects.none()

    def get_queryset(self) -> QuerySet[Caption]:
        """What the caller may see; a list is narrowed by the query parameters."""
        user = caller(self.request)
        related = Caption.objects.select_related("annotator", "task__round", "task__image__project")
        rows = related.prefetch_related(*reviews_at_hand())
        path = "task__round__project"
        reviewed = in_projects_of_role(user=user, rows=rows, role=Role.REVIEWER, path=path)
        own = in_visible_projects(user=user, rows=rows, path=path, even_paused=True)
        rows = reviewed | own.filter(annotator=user)
        return self._narrowed(rows) if self.action == "list" else rows

    def _narrowed(self, rows: QuerySet[Caption]) -> QuerySet[Caption]:
        """Raises InvalidText, ValidationError."""
        if slug := slug_parameter(self.request, "project"):
            rows = rows.filter(task__round__project__slug=slug)
        for name, path in (("round", "task__round"), ("image", "task__image"), ("task", "task")):
            if (key := id_parameter(self.request, name)) is not None:
                rows = rows.filter(**{path: key})
        if flag_parameter(self.request, "latest"):
            rows = rows.exclude(has_a_later_one())
        return rows.filter(annotator=caller(self.request)) if flag_parameter(self.request, "mine") else rows

    @extend_schema(
        parameters=[
            OpenApiParameter("project", OpenApiTypes.STR),
            OpenApiParameter("round", OpenApiTypes.INT),
            OpenApiParameter("image", OpenApiTypes.INT),
            OpenApiParameter("task", OpenApiTypes.INT),
            OpenApiParameter("mine", OpenApiTypes.BOOL),
            OpenApiParameter(
                "latest", OpenApiTypes.BOOL, description="Of a task only each person's last caption."
            ),
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
