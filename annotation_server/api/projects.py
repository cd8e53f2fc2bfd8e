"""Projects, as far as the caller is a member."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, ModelBody, body
from annotation_server.api.bounded import BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.pagination import ById
from annotation_server.api.review_levels import review_level_names
from annotation_server.api.token_projects import closed, in_address, own_rows
from annotation_server.choices import Role, RoundState, Split
from annotation_server.models import Membership, Project, Round
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.queries.people.membership import (
    administered_project,
    require_owner,
    visible_projects,
)
from annotation_server.steps.projects.change_project import CHANGEABLE, change_project
from annotation_server.steps.projects.create_project import create_project
from annotation_server.texts.language import LONGEST_TAG
from annotation_server.texts.slug import LONGEST_SLUG
from annotation_server.texts.text import GUIDELINES_LIMIT, LONGEST_CAPTION


class CurrentRoundSerializer(serializers.ModelSerializer[Round]):
    """The round that is under way, or else the last one."""

    state = serializers.ChoiceField(choices=RoundState.choices)

    class Meta:
        model = Round
        fields = ["id", "number", "state", "starting_text"]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project with the caller's role in it."""

    role = serializers.SerializerMethodField()
    guidelines = serializers.SerializerMethodField(help_text="Markdown; empty for who is paused.")
    paused = serializers.BooleanField(
        source="caller_paused", help_text="Whether an admin has paused the caller."
    )
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
            "paused",
            "image_count",
            "eval_count",
            "gate_metric",
            "gate_margin",
            "gate_min_rows",
            "current_round",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Role.choices))
    def get_role(self, project: Any) -> str:
        """The site's owner is admin everywhere."""
        return project.caller_role or Role.ADMIN

    def get_guidelines(self, project: Any) -> str:
        """Who is paused sees that the project is there."""
        return "" if project.caller_paused else str(project.guidelines)

    @extend_schema_field(CurrentRoundSerializer(allow_null=True))
    def get_current_round(self, project: Project) -> dict[str, Any] | None:
        """The highest number is the latest."""
        rounds = list(project.rounds.all())
        return dict(CurrentRoundSerializer(rounds[-1]).data) if rounds else None


def _reasons() -> BoundedList:
    """What people can choose from."""
    return BoundedList(child=serializers.CharField(max_length=200), max_length=50)


def caption_limit(**options: Any) -> serializers.IntegerField:
    """How many characters a caption may have."""
    return serializers.IntegerField(min_value=1, max_value=LONGEST_CAPTION, **options)


class ChangedProjectSerializer(ModelBody[Project]):
    """What an admin may change of a project; what is left out stays."""

    caption_limit = caption_limit()
    review_levels = serializers.IntegerField(min_value=1, max_value=MOST_REVIEW_LEVELS)
    review_level_names = review_level_names()
    skip_reasons = _reasons()
    flag_reasons = _reasons()
    release_reasons = _reasons()

    class Meta:
        model = Project
        fields = list(CHANGEABLE)


class NewProjectSerializer(Body):
    """What a new project needs: a name. Its slug, for addresses and commands, is made of the name where it is left out."""

    slug = serializers.CharField(
        max_length=LONGEST_SLUG,
        required=False,
        help_text="a-z, 0-9 and -; it never changes.",
    )
    name = serializers.CharField(max_length=120)
    guidelines = serializers.CharField(
        max_length=GUIDELINES_LIMIT, required=False, default="", allow_blank=True, trim_whitespace=False
    )
    language = serializers.CharField(
        max_length=LONGEST_TAG, required=False, default="en", help_text="BCP 47, such as en, pt-BR, zh-Hant."
    )
    caption_limit = caption_limit(required=False, default=10_000)


class ProjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Project]):
    """The caller's projects."""

    project_at = {"list": own_rows, "create": closed, "*": in_address}
    serializer_class = ProjectSerializer
    pagination_class = ById
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]+"
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        """With counts, role and rounds, in two queries however many projects. A paused member sees which projects they are
        paused in."""
        images = Project.objects.filter(pk=OuterRef("pk")).annotate(
            all_images=Count("images"), held_out=Count("images", filter=Q(images__split=Split.EVAL))
        )
        own = Membership.objects.filter(project=OuterRef("pk"), user=caller(self.request))
        return (
            visible_projects(user=caller(self.request), even_paused=True)
            .annotate(
                image_count=Subquery(images.values("all_images")),
                eval_count=Subquery(images.values("held_out")),
                caller_role=Subquery(own.values("role")),
                caller_paused=Exists(own.exclude(paused_at=None)),
            )
            .prefetch_related(Prefetch("rounds", queryset=Round.objects.order_by("number")))
        )

    @extend_schema(request=ChangedProjectSerializer(partial=True), responses=ProjectSerializer)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change settings (admin)."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, ChangedProjectSerializer, partial=True)
        change_project(project=project, changed_by=caller(request), changes=given)
        return Response(self.get_serializer(self.get_queryset().get(pk=project.pk)).data)

    @extend_schema(request=NewProjectSerializer, responses={201: ProjectSerializer})
    def create(self, request: Request) -> Response:
        """The site's owner makes projects."""
        require_owner(user=caller(request))
        given = body(request, NewProjectSerializer)
        project = create_project(**given, created_by=caller(request))
        return Response(self.get_serializer(self.get_queryset().get(pk=project.pk)).data, status=201)
