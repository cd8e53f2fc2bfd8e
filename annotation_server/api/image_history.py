"""What an image's page shows of its life, and what a takedown did."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotation_server.api.bodies import Body
from annotation_server.choices import StartingText, TaskState, Verdict


class PastReviewSerializer(serializers.Serializer[Any]):
    """A verdict; `level_name` is empty where the level has none."""

    level = serializers.IntegerField()
    level_name = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField()
    reviewer = serializers.CharField()


class PastCaptionSerializer(serializers.Serializer[Any]):
    """A caption; `before` is the text that it was made from."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    before = serializers.CharField()
    annotator = serializers.CharField()
    created_at = serializers.CharField()
    current = serializers.BooleanField()
    reviews = PastReviewSerializer(many=True)


class PastTaskSerializer(serializers.Serializer[Any]):
    """The image in one round for one annotator."""

    round = serializers.IntegerField()
    slot = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    starting_source = serializers.ChoiceField(choices=StartingText.choices)
    starting_text = serializers.CharField()
    captions = PastCaptionSerializer(many=True)


class PastDraftSerializer(serializers.Serializer[Any]):
    """What a captioner made of it."""

    run = serializers.CharField()
    text = serializers.CharField()
    mean_logprob = serializers.FloatField(allow_null=True)
    clip_score = serializers.FloatField(allow_null=True)
    finished = serializers.BooleanField(help_text="False for a text that was cut off at its limit.")


class HoldingExportSerializer(serializers.Serializer[Any]):
    """An export that contains the image. Tell the people who downloaded it about a takedown."""

    id = serializers.IntegerField()
    round = serializers.IntegerField()
    format = serializers.CharField()
    finished_at = serializers.DateTimeField(allow_null=True)


class HoldingArchiveSerializer(serializers.Serializer[Any]):
    """An archive of the project that has the image's picture; `finished_at` is null while it is being written."""

    id = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ImageHistorySerializer(serializers.Serializer[Any]):
    """Oldest first."""

    tasks = PastTaskSerializer(many=True)
    drafts = PastDraftSerializer(many=True)
    exports = HoldingExportSerializer(many=True)
    archives = HoldingArchiveSerializer(many=True)


class WithdrawSerializer(Body):
    """Who asked for the takedown, and why."""

    reason = serializers.CharField(max_length=2_000)


class WithdrawalSerializer(serializers.Serializer[Any]):
    """How many tasks were cancelled, the exports that hold the image, and the archives that have its picture."""

    tasks = serializers.IntegerField()
    exports = HoldingExportSerializer(many=True)
    archives = HoldingArchiveSerializer(many=True)


BY_MAIL = OpenApiExample("By mail", value={"reason": "Its photographer asked by mail."}, request_only=True)
TAKEN_DOWN = OpenApiExample(
    "It had gone out twice",
    value={
        "tasks": 1,
        "exports": [{"id": 7, "round": 2, "format": "parquet", "finished_at": "2026-03-01T10:00:00Z"}],
        "archives": [{"id": 3, "created_at": "2026-03-02T09:00:00Z", "finished_at": "2026-03-02T09:04:00Z"}],
    },
    response_only=True,
)
