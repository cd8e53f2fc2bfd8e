"""Projects, as far as the caller is a member."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.caller import caller
from annotation_server.api.pagination import ById
from annotation_server.api.review_levels import review_level_names
from annotation_server.choices import Role, RoundState, Split
from annotation_server.models import Membership, Project, Round
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.queries.membership import (
    administered_project,
    require_owner,
    visible_projects,
)
from annotation_server.steps.change_project import CHANGEABLE, change_project
from annotation_server.steps.create_project import create_project


class CurrentRoundSerializer(serializers.ModelSerializer[Round]):
    """The round that is under way, or else the last one."""

    state = serializers.ChoiceField(choices=RoundState.choices)

    class Meta:
        model = Round
        fields = ["id", "number", "state", "starting_text"]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project with the caller's role in it."""

    role = serializers.SerializerMethodField()
    image_count = serializers.IntegerField(read_only=True, default=0)
    eval_count = serializers.IntegerField(read_only=True, default=0)
    review_level_names = review_level_names()
    skip_reasons = serializers.ListField(child=serializers.CharField())
    flag_reasons = serializers.ListField(child=serializers.CharField())
    release_reasons = serializers.ListField(child=serializers.CharField())
    current_round = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = [
            "slug",
            "name",
            "guidelines",
            "language",
            "caption_limit",
            "blur_faces",
            "asks_for_concepts",
            "review_levels",
            "review_level_names",
            "skip_reasons",
            "flag_reasons",
            "release_reasons",
            "role",
            "image_count",
            "eval_count",
            "captioner_preset",
            "gate_metric",
            "gate_margin",
            "gate_min_rows",
            "current_round",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Role.choices))
    def get_role(self, project: Any) -> str:
        """The site's owner is admin everywhere."""
        return project.caller_role or Role.ADMIN

    @extend_schema_field(CurrentRoundSerializer(allow_null=True))
    def get_current_round(self, project: Project) -> dict[str, Any] | None:
        """The highest number is the latest."""
        rounds = list(project.rounds.all())
        return dict(CurrentRoundSerializer(rounds[-1]).data) if rounds else None


def _reasons() -> serializers.ListField:
    """What people can choose from."""
    return serializers.ListField(child=serializers.CharField(max_length=200), max_length=50)


class ChangedProjectSerializer(serializers.ModelSerializer[Project]):
    """What an admin may change of a project; what is left out stays."""

    caption_limit = serializers.IntegerField(min_value=1, max_value=1_000_000)
    review_levels = serializers.IntegerField(min_value=1, max_value=MOST_REVIEW_LEVELS)
    review_level_names = review_level_names()
    skip_reasons = _reasons()
    flag_reasons = _reasons()
    release_reasons = _reasons()

    class Meta:
        model = Project
        fields = list(CHANGEABLE)


class NewProjectSerializer(serializers.Serializer[Any]):
    """What a new project needs."""

    slug = serializers.SlugField(max_length=60)
    name = serializers.CharField(max_length=120)
    guidelines = serializers.CharField(max_length=100_000, required=False, default="", allow_blank=True)


class ProjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Project]):
    """The caller's projects."""

    serializer_class = ProjectSerializer
    pagination_class = ById
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]+"
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        """With counts, role and rounds, in two queries however many projects."""
        images = Project.objects.filter(pk=OuterRef("pk")).annotate(
            all_images=Count("images"), held_out=Count("images", filter=Q(images__split=Split.EVAL))
        )
        role = Membership.objects.filter(project=OuterRef("pk"), user=caller(self.request)).values("role")
        return (
            visible_projects(user=caller(self.request))
            .annotate(
                image_count=Subquery(images.values("all_images")),
                eval_count=Subquery(images.values("held_out")),
                caller_role=Subquery(role),
            )
            .prefetch_related(Prefetch("rounds", queryset=Round.objects.order_by("number")))
        )

    @extend_schema(request=ChangedProjectSerializer(partial=True), responses=ProjectSerializer)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change settings (admin)."""
        project = administered_project(user=caller(request), slug=slug)
        given = ChangedProjectSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        change_project(project=project, changed_by=caller(request), changes=dict(given.validated_data))
        return Response(self.get_serializer(self.get_queryset().get(pk=project.pk)).data)

    @extend_schema(request=NewProjectSerializer, responses={201: ProjectSerializer})
    def create(self, request: Request) -> Response:
        """The site's owner makes projects."""
        require_owner(user=caller(request))
        given = NewProjectSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        project = create_project(**given.validated_data, created_by=caller(request))
        return Response(self.get_serializer(self.get_queryset().get(pk=project.pk)).data, status=201)
