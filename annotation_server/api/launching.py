"""What an admin chooses when a round is launched, and the preview of what that would create."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotation_server.api.bodies import Body
from annotation_server.api.bounded import BoundedList
from annotation_server.api.pictures import pixels_url
from annotation_server.api.review_levels import review_level_names
from annotation_server.choices import CheckKind, StartingText, TaskOrder
from annotation_server.models import Project
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.pictures.faces import faces_key
from annotation_server.queries.people.cohorts import cohort_ids, member_ids
from annotation_server.queries.rounds.launch_plan import ImageChoice, RoundSettings
from annotation_server.rules.launch_preview import LaunchPreview
from annotation_server.steps.rounds.launch_round import MAX_ANNOTATORS_PER_IMAGE, MOST_CHECKS

MOST_NAMES = 1_000
MOST_COHORTS = 100
LARGEST_SEED = 2**31 - 1
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


class ImageChoiceSerializer(Body):
    """Which images: empty lists mean all; `sample` of them by the seed, after the filters."""

    sources = BoundedList(
        child=serializers.CharField(max_length=200, allow_blank=True), default=list, max_length=MOST_NAMES
    )
    domains = BoundedList(
        child=serializers.CharField(max_length=200, allow_blank=True), default=list, max_length=MOST_NAMES
    )
    unconverged_only = serializers.BooleanField(
        default=False,
        help_text="Only images whose last caption still changed clearly, or another decision on a concept was made.",
    )
    sample = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)


class CohortShareSerializer(Body):
    """A cohort's share of the images; those of a round add up to 1."""

    cohort = serializers.CharField(max_length=60)
    share = serializers.FloatField(min_value=0, max_value=1)


class NewRoundSerializer(Body):
    """What an admin chooses at launch."""

    project = serializers.SlugField(max_length=60)
    number = serializers.IntegerField(required=False, min_value=1, max_value=10_000)
    starting_text = serializers.ChoiceField(choices=StartingText.choices)
    images = ImageChoiceSerializer(required=False)
    annotators_per_image = serializers.IntegerField(
        default=1, min_value=1, max_value=MAX_ANNOTATORS_PER_IMAGE
    )
    order = serializers.ChoiceField(
        choices=TaskOrder.choices,
        default=TaskOrder.IMPORTED,
        help_text="expected_edit: first where the captioner was least sure of its draft and the alt-text fits the image least.",
    )
    control_share = serializers.FloatField(
        default=0.0, min_value=0, max_value=1, help_text="Share of tasks that start without the draft."
    )
    check_share = serializers.FloatField(
        default=0.0,
        min_value=0,
        max_value=MOST_CHECKS,
        help_text="Check tasks beside the others, as a share of them: an error is planted into a good text.",
    )
    seed = serializers.IntegerField(default=0, min_value=0, max_value=LARGEST_SEED)
    review_share = serializers.FloatField(default=0.0, min_value=0, max_value=1)
    review_levels = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_REVIEW_LEVELS,
        help_text="How many reviewers accept a caption one after the other; left out: as the project says.",
    )
    review_level_names = review_level_names(
        required=False, help_text="Who reviews at each level; left out: as the project says."
    )
    people = BoundedList(
        child=serializers.CharField(max_length=150),
        default=list,
        max_length=MOST_NAMES,
        help_text="Usernames of those it is for; empty: every member.",
    )
    cohorts = BoundedList(
        child=CohortShareSerializer(), max_length=MOST_COHORTS, required=False, default=list
    )
    lease_minutes = serializers.IntegerField(default=30, min_value=1, max_value=1440)
    own_previous_allowed = serializers.BooleanField(default=False)


def round_settings(project: Project, chosen: dict[str, Any]) -> RoundSettings:
    """The validated choices (without project and number) as the step wants them."""
    shares = {one["cohort"]: one["share"] for one in chosen["cohorts"]}
    levels = chosen.get("review_levels", project.review_levels)
    return RoundSettings(
        **{
            "review_levels": levels,
            "review_level_names": project.review_level_names[:levels],
            **chosen,
            "people": member_ids(project=project, usernames=chosen["people"]),
            "cohorts": cohort_ids(project=project, shares=shares),
            "starting_text": StartingText(chosen["starting_text"]),
            "order": TaskOrder(chosen["order"]),
            "images": ImageChoice(**chosen.get("images", {})),
        }
    )


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
