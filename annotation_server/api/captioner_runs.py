"""Captioner runs: what they saw, how good they were, which one writes the drafts."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, body, declared
from annotation_server.api.caller import caller
from annotation_server.api.exports import ExportSerializer
from annotation_server.api.pagination import NewestFirst
from annotation_server.api.parameters import narrowed_to_project
from annotation_server.api.pictures import url_of_image
from annotation_server.api.token_projects import of_object, own_rows
from annotation_server.choices import CaptionSource, Role, RunState
from annotation_server.models import CaptionerRun, Evaluation, TrainingSet
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.queries.images.sample_images import sample_images
from annotation_server.queries.people.membership import in_projects_of_role
from annotation_server.steps.runs.caption_images import request_captions
from annotation_server.steps.runs.promote_run import promote_run


class TrainingSetSerializer(serializers.ModelSerializer[TrainingSet]):
    """The frozen list, and how many images were left out of it because they look like held-out ones."""

    left_out_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = TrainingSet
        fields = ["id", "row_count", "left_out_count", "sha256"]


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """Metrics of one caption source on the held-out images (or a slice of them)."""

    source = serializers.ChoiceField(choices=CaptionSource.choices)  # type: ignore[assignment]
    metrics = serializers.DictField(child=serializers.FloatField(allow_null=True))

    class Meta:
        model = Evaluation
        fields = ["source", "slice", "metrics", "row_count", "rows_sha256"]


class StartedFromSerializer(serializers.Serializer[Any]):
    """The base, or the earlier run by number and name, whose weights a run began with; nulls for the recipe's own."""

    base = serializers.CharField(allow_null=True, default=None)
    run = serializers.IntegerField(allow_null=True, default=None)
    name = serializers.CharField(allow_null=True, default=None)
    sha256 = serializers.CharField(allow_null=True, default=None)


class CaptionerRunSerializer(serializers.ModelSerializer[CaptionerRun]):
    """A run with its evaluations and the gate's verdict."""

    project = serializers.CharField(source="project.slug")
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=RunState.choices)
    through_round = serializers.IntegerField(source="through_round.number")
    training_set = TrainingSetSerializer(allow_null=True)
    started_from = StartedFromSerializer()
    settings = serializers.DictField()
    report = serializers.SerializerMethodField()
    evaluations = EvaluationSerializer(many=True)
    draft_count = serializers.SerializerMethodField()

    class Meta:
        model = CaptionerRun
        fields = [
            "id",
            "project",
            "number",
            "name",
            "state",
            "recipe",
            "started_from",
            "through_round",
            "training_set",
            "settings",
            "report",
            "promoted",
            "promotion_reason",
            "error",
            "created_at",
            "finished_at",
            "evaluations",
            "draft_count",
        ]

    @extend_schema_field(serializers.DictField())
    def get_report(self, run: CaptionerRun) -> dict[str, Any]:
        """What the captioner wrote down, with the address of each sample's picture where it is still shown."""
        images = self.context["sample_images"]
        samples = [
            {**sample, "image_url": url_of_image(image, size="thumbnail")}
            for sample in run.report.get("samples", [])
            if (image := images.get((run.project_id, sample.get("sha256"))))
        ]
        return {**run.report, "samples": samples}

    def get_draft_count(self, run: CaptionerRun) -> int:
        """How many drafts it wrote."""
        return run.draft_set.row_count if hasattr(run, "draft_set") else 0


class PromotionSerializer(Body):
    """Why the gate is overruled, in the admin's words."""

    reason = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)


class NewCaptions(CaptioningChoices):
    """Which images (no split: all), and whether the captioner sees their alt-texts."""


class CaptionerRunViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CaptionerRun]
):
    """The runs of the projects that the caller runs."""

    project_at = {"list": own_rows, "*": of_object(CaptionerRun)}
    serializer_class = CaptionerRunSerializer
    pagination_class = NewestFirst
    lookup_value_regex = "[0-9]{1,18}"
    queryset = CaptionerRun.objects.none()

    def get_queryset(self) -> QuerySet[CaptionerRun]:
        """Admins only."""
        rows = CaptionerRun.objects.select_related(
            "project", "through_round", "training_set", "draft_set"
        ).prefetch_related(Prefetch("evaluations", queryset=Evaluation.objects.order_by("id")))
        rows = in_projects_of_role(user=caller(self.request), rows=rows, role=Role.ADMIN)
        return narrowed_to_project(self.request, rows)

    def _shown(self, runs: list[CaptionerRun]) -> Any:
        context = {"sample_images": sample_images(runs=runs)}
        return CaptionerRunSerializer(runs, many=True, context=context).data

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self._shown(page))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One run."""
        return Response(self._shown([self.get_object()])[0])

    @extend_schema(request=PromotionSerializer, responses=CaptionerRunSerializer)
    @action(detail=True, methods=["post"])
    def promote(self, request: Request, pk: str) -> Response:
        """Overrule the gate: let this run write drafts."""
        run = self.get_object()
        given = body(request, PromotionSerializer)
        promote_run(run=run, promoted_by=caller(request), reason=given["reason"])
        return Response(self._shown([self.get_object()])[0])

    @extend_schema(request=NewCaptions, responses={201: ExportSerializer})
    @action(detail=True, methods=["post"], url_path="caption-images")
    def caption_images(self, request: Request, pk: str) -> Response:
        """Caption the project's images in bulk; a worker writes the export, as Parquet files."""
        run = self.get_object()
        choices = declared(request, NewCaptions)
        export = request_captions(run=run, choices=choices, requested_by=caller(request))
        return Response(ExportSerializer(export).data, status=201)
