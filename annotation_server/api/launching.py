"""What an admin chooses when a round is launched, and the preview of what that would create."""

from typing import Annotated, Any

from drf_spectacular.utils import OpenApiExample
from pydantic import Field
from rest_framework import serializers

from annotation_server.api.pictures import pixels_url
from annotation_server.choices import CheckKind, StartingText
from annotation_server.options.declared import Text
from annotation_server.options.launch_round import LaunchChoices
from annotation_server.pictures.faces import faces_key
from annotation_server.rules.launch_preview import LaunchPreview
from annotation_server.texts.slug import LONGEST_SLUG

LAUNCH_EXAMPLES = [
    OpenApiExample(
        "From drafts, with a control arm",
        value={
            "project": "photographs",
            "starting_text": "draft",
            "control_share": 0.1,
            "check_share": 0.03,
            "review_share": 0.2,
            "seed": 7,
        },
        request_only=True,
    ),
    OpenApiExample(
        "Everything is reviewed twice",
        value={
            "project": "photographs",
            "starting_text": "previous_caption",
            "review_share": 1,
            "review_levels": 2,
            "review_level_names": ["Reviewer", "Language lead"],
        },
        request_only=True,
    ),
    OpenApiExample(
        "The first round, the worst alt-texts first",
        value={"project": "photographs", "starting_text": "alt_text", "order": "expected_edit"},
        request_only=True,
    ),
    OpenApiExample(
        "Two cohorts, the second one with a third of the images",
        value={
            "project": "photographs",
            "starting_text": "alt_text",
            "cohorts": [{"cohort": "experts", "share": 0.67}, {"cohort": "newcomers", "share": 0.33}],
        },
        request_only=True,
    ),
    OpenApiExample(
        "Another round on what has not converged",
        value={
            "project": "photographs",
            "starting_text": "previous_caption",
            "images": {"unconverged_only": True, "sample": 1000},
            "order": "random",
        },
        request_only=True,
    ),
]


class NewRound(LaunchChoices):
    """What an admin chooses at launch."""

    project: Annotated[Text, Field(min_length=1, max_length=LONGEST_SLUG)]
    number: Annotated[
        Annotated[int, Field(ge=1, le=10_000)] | None,
        Field(description="Refuse unless the next round has this number."),
    ] = None


class PlannedTaskSerializer(serializers.Serializer[Any]):
    """A task as somebody would get it."""

    image = serializers.IntegerField()
    thumbnail_url = serializers.CharField()
    slot = serializers.IntegerField()
    control = serializers.BooleanField()
    starting_source = serializers.ChoiceField(choices=StartingText.choices)
    starting_text = serializers.CharField()
    alt_text = serializers.CharField()
    previous_caption = serializers.CharField(allow_null=True)
    draft = serializers.CharField(allow_null=True)


class PlantedSerializer(serializers.Serializer[Any]):
    """A text before and after an error was planted into it."""

    kind = serializers.ChoiceField(choices=CheckKind.choices)
    before = serializers.CharField()
    after = serializers.CharField()


class LaunchPreviewSerializer(serializers.Serializer[Any]):
    """What the launch would create, in numbers of tasks (but `images`), with the first tasks and what to think about."""

    tasks = serializers.IntegerField()
    images = serializers.IntegerField()
    control = serializers.IntegerField()
    checks = serializers.IntegerField(help_text="On top of `tasks`.")
    from_alt_text = serializers.IntegerField()
    from_previous_caption = serializers.IntegerField()
    from_draft = serializers.IntegerField()
    unplaced = serializers.IntegerField(
        help_text="Images of which nobody knows how much there is to edit (order expected_edit); "
        "have them compared: POST /api/v1/images/embed/."
    )
    warnings = serializers.ListField(child=serializers.CharField())
    first = PlannedTaskSerializer(many=True)
    planted = PlantedSerializer(many=True)


def as_preview(preview: LaunchPreview, *, blur_faces: bool) -> dict[str, Any]:
    """With the thumbnails' addresses."""
    first = [
        {
            **{name: value for name, value in one.items() if name not in {"sha256", "face_boxes"}},
            "thumbnail_url": pixels_url(
                image_id=one["image"],
                sha256=one["sha256"],
                size="thumbnail",
                faces=faces_key(one["face_boxes"]) if blur_faces else "",
            ),
        }
        for one in preview.first
    ]
    return {**vars(preview), "first": first}
