"""Rounds: launching, watching, closing, and the claim that hands out tasks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, body, declared, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.launching import (
    LAUNCH_EXAMPLES,
    LaunchPreviewSerializer,
    NewRound,
    as_preview,
)
from annotation_server.api.named_in_body import require_admin_of_named_project
from annotation_server.api.pagination import ById
from annotation_server.api.parameters import moment_parameter, narrowed_to_project
from annotation_server.api.review_levels import review_level_names
from annotation_server.api.tasks import TaskSerializer, as_task
from annotation_server.api.token_projects import in_body, of_object, own_rows
from annotation_server.api.waiting_captions import WaitingCaptionSerializer
from annotation_server.choices import Role, RoundState, TaskState
from annotation_server.models import Caption, Project, Round
from annotation_server.queries.people.membership import (
    administered_project,
    administered_projects,
    in_visible_projects,
    require_role,
    visible,
)
from annotation_server.queries.review.adjudication_queue import undecided_images
from annotation_server.queries.review.review_queue import review_queue, revisable, siblings
from annotation_server.queries.rounds.own_progress import own_progress
from annotation_server.queries.rounds.progress import MINE, rounds_progress
from annotation_server.queries.rounds.round_settings import round_settings
from annotation_server.queries.tasks.task_view import task_views
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.rounds.close_round import check_closing, close_round
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.rounds.undo_launch import undo_launch
from annotation_server.steps.tasks.claim_task import claim_tasks

MOST_CLAIMED = 20
MOST_IN_QUEUE = 100
MOST_OWN_VERDICTS = 20


def _counts(name: str, states: list[str]) -> type[serializers.Serializer[Any]]:
    """A serializer with one number per state."""
    return type(name, (serializers.Serializer,), {str(state): serializers.IntegerField() for state in states})


CountsSerializer = _counts("CountsSerializer", [*TaskState.values, "total"])
MineSerializer = _counts("MineSerializer", [*MINE])


class RoundSerializer(serializers.ModelSerializer[Round]):
    """A round and how it is going."""

    project = serializers.CharField(source="project.slug")
    counts = serializers.SerializerMethodField()
    mine = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=RoundState.choices)
    captions_last_hour = serializers.SerializerMethodField()
    image_choice = serializers.DictField()
    review_level_names = review_level_names()
    check_share = serializers.SerializerMethodField()
    cohort_shares = serializers.DictField(child=serializers.FloatField(), help_text="By the cohort's id.")

    class Meta:
        model = Round
        fields = [
            "id",
            "project",
            "number",
            "state",
            "starting_text",
            "drafting_run",
            "annotators_per_image",
            "review_share",
            "lease_minutes",
            "own_previous_allowed",
            "order",
            "control_share",
            "check_share",
            "review_levels",
            "review_level_names",
            "cohort_shares",
            "seed",
            "image_choice",
            "opened_at",
            "closed_at",
            "counts",
            "mine",
            "captions_last_hour",
        ]

    @extend_schema_field(CountsSerializer)
    def get_counts(self, round: Round) -> dict[str, int]:
        """Tasks by state; only admins see check tasks counted."""
        return dict(self.context["progress"][round.pk]["counts"])

    @extend_schema_field(MineSerializer)
    def get_mine(self, round: Round) -> dict[str, int]:
        """The caller's own, by state."""
        return dict(self.context["progress"][round.pk]["mine"])

    def get_check_share(self, round: Round) -> float | None:
        """Only admins see it. Annotators must not be able to expect checks."""
        return round.check_share if round.project_id in self.context["administered"] else None

    def get_captions_last_hour(self, round: Round) -> int:
        """Handed in within the last hour."""
        return int(self.context["progress"][round.pk]["captions_last_hour"])


class ClaimSerializer(Body):
    """How many tasks the caller wants to hold in all."""

    count = serializers.IntegerField(default=1, min_value=1, max_value=MOST_CLAIMED)


class ClaimedSerializer(serializers.Serializer[Any]):
    """The tasks that the caller holds now, in the order to work in."""

    tasks = TaskSerializer(many=True)


class ClosingCheckSerializer(serializers.Serializer[Any]):
    """What closing the round now would do, in tasks."""

    unfinished = serializers.IntegerField()
    waiting_for_review = serializers.IntegerField()
    flagged = serializers.IntegerField()
    accepted_if_closed = serializers.IntegerField()


class WaitingCountsSerializer(serializers.Serializer[Any]):
    """What waits for the caller as a reviewer: captions for a verdict, images for a choice between several captions."""

    review = serializers.IntegerField()
    adjudication = serializers.IntegerField()


class OwnProgressSerializer(serializers.Serializer[Any]):
    """The caller's own tasks of the round."""

    done = serializers.IntegerField(help_text="Handed in, and not taken back or returned.")
    today = serializers.IntegerField(help_text="Of these, since the moment that was asked for.")
    returned = serializers.IntegerField()
    left = serializers.IntegerField(help_text="What the caller holds, and what is there for them besides.")
    more_left = serializers.BooleanField(help_text="There are more left than were counted.")
    mean_seconds = serializers.FloatField(allow_null=True)


class RoundViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Round]):
    """The rounds of the caller's projects."""

    project_at = {
        "list": own_rows,
        "create": in_body("project"),
        "preview": in_body("project"),
        "*": of_object(Round),
    }
    serializer_class = RoundSerializer
    pagination_class = ById
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        """Rounds of visible projects."""
        return in_visible_projects(user=caller(self.request), rows=Round.objects.select_related("project"))

    def _round(self, role: Role) -> Round:
        """The round in the path, if the caller's role is at least `role`."""
        round = visible(
            user=caller(self.request), rows=Round.objects.select_related("project"), pk=self.kwargs["pk"]
        )
        if role != Role.ANNOTATOR:  # Whoever sees it is at least that.
            require_role(user=caller(self.request), project_id=round.project_id, role=role)
        return round

    def _shown(self, rounds: list[Round]) -> Any:
        administered = administered_projects(
            user=caller(self.request), among={one.project_id for one in rounds}
        )
        progress = rounds_progress(
            rounds=rounds, viewer_id=caller(self.request).pk, administered=administered
        )
        context = {"progress": progress, "administered": administered}
        return RoundSerializer(rounds, many=True, context=context).data

    @extend_schema(parameters=[OpenApiParameter("project", OpenApiTypes.STR)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """In the order of their launch; ?project= narrows to one project."""
        page = self.paginate_queryset(narrowed_to_project(request, self.get_queryset())) or []
        return self.get_paginated_response(self._shown(list(page)))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One round."""
        return Response(self._shown([self._round(Role.ANNOTATOR)])[0])

    def _launching(self, request: Request) -> tuple[Project, NewRound]:
        """The project that the caller runs, and what they chose."""
        require_admin_of_named_project(request)
        chosen = declared(request, NewRound)
        return administered_project(user=caller(request), slug=chosen.project), chosen

    @extend_schema(request=NewRound, responses={201: RoundSerializer}, examples=LAUNCH_EXAMPLES)
    def create(self, request: Request) -> Response:
        """Launch the project's next round (admin)."""
        project, chosen = self._launching(request)
        round = launch_round(
            project=project,
            settings=round_settings(project=project, choices=chosen),
            launched_by=caller(request),
            number=chosen.number,
        )
        return Response(self._shown([round])[0], status=201)

    @extend_schema(request=NewRound, responses=LaunchPreviewSerializer, examples=LAUNCH_EXAMPLES)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What a launch with these choices would create; nothing is changed (admin)."""
        project, chosen = self._launching(request)
        preview = launch_preview(project=project, settings=round_settings(project=project, choices=chosen))
        return Response(as_preview(preview, blur_faces=project.blur_faces))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="undo-launch")
    def undo_launch(self, request: Request, pk: str) -> Response:
        """Take the launch back, as long as nothing was handed in (admin)."""
        round = self._round(Role.ADMIN)
        refuse_fields(request)
        undo_launch(round=round, undone_by=caller(request))
        return Response(status=204)

    @extend_schema(request=ClaimSerializer, responses=ClaimedSerializer)
    @action(detail=True, methods=["post"])
    def claim(self, request: Request, pk: str) -> Response:
        """Top up what the caller holds to `count` tasks, by lease; asking again is safe."""
        self._round(Role.ANNOTATOR)
        given = body(request, ClaimSerializer)
        ids = claim_tasks(round_id=int(pk), annotator=caller(request), count=given["count"])
        views = task_views(task_ids=ids, viewer_id=caller(request).pk)
        return Response({"tasks": [as_task(view) for view in views]})

    @extend_schema(responses=ClosingCheckSerializer)
    @action(detail=True, methods=["get"], url_path="closing-check")
    def closing_check(self, request: Request, pk: str) -> Response:
        """What is unfinished, and what would be accepted (admin)."""
        return Response(asdict(check_closing(round=self._round(Role.ADMIN))))

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close the round; training, evaluation and drafts follow as jobs (admin)."""
        round = self._round(Role.ADMIN)
        refuse_fields(request)
        close_round(round=round, closed_by=caller(request))
        return Response(self._shown([self._round(Role.ADMIN)])[0])

    @extend_schema(responses=WaitingCaptionSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="review-queue", pagination_class=None)
    def review_queue(self, request: Request, pk: str) -> Response:
        """The next captions to decide on, oldest first (reviewer)."""
        round = self._round(Role.REVIEWER)
        waiting = list(review_queue(round=round, reviewer=caller(request))[:MOST_IN_QUEUE])
        return self._to_decide(round, waiting)

    @extend_schema(responses=WaitingCaptionSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="own-verdicts", pagination_class=None)
    def own_verdicts(self, request: Request, pk: str) -> Response:
        """What the caller accepted last and may decide on once more, as nobody else has since; newest first (reviewer)."""
        round = self._round(Role.REVIEWER)
        accepted = list(revisable(round=round, reviewer=caller(request))[:MOST_OWN_VERDICTS])
        return self._to_decide(round, accepted)

    def _to_decide(self, round: Round, captions: Sequence[Caption]) -> Response:
        context = {
            "siblings": siblings(round=round, captions=captions),
            "reviewer": caller(self.request).pk,
        }
        return Response(WaitingCaptionSerializer(captions, many=True, context=context).data)

    @extend_schema(responses=WaitingCountsSerializer)
    @action(detail=True, methods=["get"])
    def waiting(self, request: Request, pk: str) -> Response:
        """How many captions wait for a verdict of the caller's, and in how many images for their choice (reviewer)."""
        round, reviewer = self._round(Role.REVIEWER), caller(request)
        several = round.annotators_per_image > 1
        counts = {
            "review": review_queue(round=round, reviewer=reviewer).count(),
            "adjudication": undecided_images(round=round, reviewer=reviewer).count() if several else 0,
        }
        return Response(counts)

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "since",
                OpenApiTypes.DATETIME,
                description="What counts as today; left out: the last 24 hours.",
            )
        ],
        responses=OwnProgressSerializer,
    )
    @action(detail=True, methods=["get"], url_path="own-progress")
    def own_progress(self, request: Request, pk: str) -> Response:
        """How far the caller is: how many tasks they have done, and how many are left for them."""
        round = self._round(Role.ANNOTATOR)
        since = moment_parameter(request, "since") or now() - timedelta(days=1)
        return Response(own_progress(round=round, person=caller(request), since=since))
