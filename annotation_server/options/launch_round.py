"""What an admin chooses at launch: as they say it, by names, and as a round is made of it, by ids."""

from typing import Annotated

from pydantic import Field

from annotation_server.choices import StartingText, TaskOrder
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.options.declared import MOST_NAMES, Names, Options, Seed, Share, Text

MOST_ANNOTATORS_PER_IMAGE = 20
MOST_CHECKS = 0.5
MOST_LEASE_MINUTES = 24 * 60
MOST_COHORTS = 100

Levels = Annotated[int, Field(ge=1, le=MOST_REVIEW_LEVELS)]
LevelName = Annotated[Text, Field(max_length=60)]
LevelNames = Annotated[list[LevelName], Field(max_length=MOST_REVIEW_LEVELS)]


class ImageChoice(Options):
    """Which images of the project: empty lists mean all; `sample` of them by the seed, after the filters."""

    sources: Annotated[Names, Field(description="Only images of this source.")] = []
    domains: Annotated[Names, Field(description="Only images of this domain.")] = []
    unconverged_only: Annotated[
        bool,
        Field(
            description="Only images whose last caption still changed clearly, or another decision on a concept was made."
        ),
    ] = False
    sample: Annotated[
        Annotated[int, Field(ge=1, le=2**31 - 1)] | None,
        Field(description="A random sample of this many images; left out: all of them."),
    ] = None


class CohortShare(Options):
    """A cohort's share of the images; those of a round add up to 1."""

    cohort: Annotated[Text, Field(min_length=1, max_length=60)]
    share: Share


class _Choices(Options):
    starting_text: Annotated[
        StartingText, Field(strict=False, description="What annotators find in the editor.")
    ]
    images: ImageChoice = ImageChoice()
    annotators_per_image: Annotated[
        int,
        Field(ge=1, le=MOST_ANNOTATORS_PER_IMAGE, description="How many people edit the same image."),
    ] = 1
    order: Annotated[
        TaskOrder,
        Field(
            strict=False,
            description="expected_edit: first where the captioner was least sure of its draft and the alt-text fits the image "
            "least.",
        ),
    ] = TaskOrder.IMPORTED
    control_share: Annotated[Share, Field(description="Share of tasks that start without the draft.")] = 0.0
    check_share: Annotated[
        float,
        Field(
            ge=0,
            le=MOST_CHECKS,
            description="Check tasks beside the others, as a share of them: an error is planted into a good text.",
        ),
    ] = 0.0
    seed: Annotated[
        Seed, Field(description="Draws the sample, the random order, the control arm and the checks.")
    ] = 0
    review_share: Annotated[Share, Field(description="Share of submissions to review.")] = 0.0
    lease_minutes: Annotated[
        int,
        Field(ge=1, le=MOST_LEASE_MINUTES, description="How long a task is held without a keystroke."),
    ] = 30
    own_previous_allowed: Annotated[
        bool, Field(description="Whether people may get images whose previous caption is their own.")
    ] = False


class LaunchChoices(_Choices):
    """What an admin chooses at launch."""

    review_levels: Annotated[
        Levels | None,
        Field(
            description="How many reviewers accept a caption one after the other; left out: as the project says."
        ),
    ] = None
    review_level_names: Annotated[
        LevelNames | None, Field(description="Who reviews at each level; left out: as the project says.")
    ] = None
    people: Annotated[
        list[Annotated[Text, Field(min_length=1, max_length=150)]],
        Field(max_length=MOST_NAMES, description="Usernames of those it is for; empty: every member."),
    ] = []
    cohorts: Annotated[
        list[CohortShare],
        Field(
            max_length=MOST_COHORTS,
            description="Cohorts and their shares of the images, which add up to 1; empty: no cohorts.",
        ),
    ] = []


class RoundSettings(_Choices):
    """What a round is made of.

    `review_level_names` say who reviews at each level, the first ones where there are fewer. `people` are the ids of those it
    is for (empty: every member). `cohorts` maps ids of cohorts to their shares of the images, which add up to 1 (empty: no
    cohorts).
    """

    review_levels: Levels = 1
    review_level_names: LevelNames = []
    people: list[int] = []
    cohorts: dict[int, float] = {}
