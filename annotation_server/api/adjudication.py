"""Choosing between several people's captions of one image."""

from typing import Any

from django.urls import re_path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body
from annotation_server.api.bounded import LARGEST_ID, LONGEST_TEXT, BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.pictures import TaskImageSerializer, image_of_task
from annotation_server.api.token_projects import of_object
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.models import Adjudication, Round
from annotation_server.queries.people.membership import require_role, visible
from annotation_server.queries.review.adjudication_queue import Undecided, adjudication_queue
from annotation_server.steps.review.adjudicate import adjudicate
from annotation_server.texts.text import COMMENT_LIMIT

MOST_IN_QUEUE = 50


class CandidateSerializer(serializers.Serializer[Any]):
    """One of the captions to choose from."""

    task = serializers.IntegerField()
    caption = serializers.IntegerField()
    annotator = serializers.CharField()
    text = serializers.CharField()
    seconds = serializers.FloatField(allow_null=True)
    created_at = serializers.DateTimeField()


class UndecidedSerializer(serializers.Serializer[Any]):
    """An image that several people captioned."""

    image = TaskImageSerializer()
    starting_text = serializers.CharField()
    alt_texts = serializers.ListField(child=serializers.CharField())
    captions = CandidateSerializer(many=True)


class AdjudicateSerializer(Body):
    """Which captions were seen, and what was chosen: one of them (`chosen`), or a text merged from them (`text`)."""

    image = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    seen = BoundedList(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), min_length=2, max_length=40
    )
    chosen = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=LARGEST_ID)
    text = serializers.CharField(
        max_length=LONGEST_TEXT, required=False, allow_null=True, trim_whitespace=False
    )
    comment = serializers.CharField(max_length=COMMENT_LIMIT, required=False, default="", allow_blank=True)


class AdjudicationSerializer(serializers.ModelSerializer[Adjudication]):
    """The decision."""

    decided_by = serializers.CharField(source="decided_by.username")
    text = serializers.CharField(source="chosen.text")
    seen = serializers.ListField(child=serializers.IntegerField())

    class Meta:
        model = Adjudication
        fields = [
            "id",
            "round",
            "image",
            "chosen",
            "merged",
            "text",
            "seen",
            "comment",
            "decided_by",
            "created_at",
        ]


def _round(request: Request, pk: int) -> Round:
    round = visible(user=caller(request), rows=Round.objects.select_related("project"), pk=pk)
    require_role(user=caller(request), project_id=round.project_id, role=Role.REVIEWER)
    return round


def _as_json(undecided: Undecided) -> dict[str, Any]:
    return {
        "image": image_of_task(undecided.image),
        "starting_text": undecided.starting_text,
        "alt_texts": undecided.alt_texts,
        "captions": [vars(one) for one in undecided.captions],
    }


class AdjudicationView(APIView):
    """Where people differ (reviewer)."""

    project_at = of_object(Round)

    @extend_schema(responses=UndecidedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The next images to decide on, none that the caller captioned."""
        undecided = adjudication_queue(
            round=_round(request, pk), reviewer=caller(request), limit=MOST_IN_QUEUE
        )
        return Response([_as_json(one) for one in undecided])

    @extend_schema(
        request=AdjudicateSerializer,
        responses={201: AdjudicationSerializer},
        examples=[
            OpenApiExample("Pick", value={"image": 7, "seen": [11, 12], "chosen": 12}, request_only=True),
            OpenApiExample(
                "Merge",
                value={"image": 7, "seen": [11, 12], "text": "A green iguana on a rock."},
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Pick one of the captions seen, or merge them into one. Of two reviewers the first decides (409)."""
        round = _round(request, pk)
        wanted = body(request, AdjudicateSerializer)
        if (wanted.get("chosen") is None) == (wanted.get("text") is None):
            raise InvalidSettings("Say either which caption you chose, or the merged text.")
        decision = adjudicate(
            round=round,
            image_id=wanted["image"],
            seen=wanted["seen"],
            decided_by=caller(request),
            chosen=wanted.get("chosen"),
            merged_text=wanted.get("text"),
            comment=wanted["comment"],
        )
        return Response(AdjudicationSerializer(decision).data, status=201)


urlpatterns = [
    re_path(
        r"^rounds/(?P<pk>[0-9]{1,18})/adjudication/$", AdjudicationView.as_view(), name="round-adjudication"
    ),
]
