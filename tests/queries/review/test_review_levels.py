"""Levels of review by their names: from the project to the round, to the reviewer's desk, the report and an image's life."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from annotation_server.choices import Role, StartingText, Verdict
from annotation_server.errors import InvalidSettings
from annotation_server.models import Caption, Image, Project, Round, User
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.review.review_levels import LevelReport, reviews_by_level
from annotation_server.steps.projects.change_project import change_project
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.launch_round import launch_round

NAMES = ["Reviewer", "Language lead"]
ClientOf = Callable[[User], APIClient]
Images = Callable[..., list[Image]]


@pytest.fixture
def round(make_images: Images, open_round: Callable[..., Round]) -> Round:
    """Two tasks; everything is reviewed three times, at the third level by somebody without a name."""
    make_images(2)
    return open_round(review_share=1.0, review_levels=3, review_level_names=NAMES)


def test_a_launch_takes_the_projects_names_unless_it_says_otherwise(
    project: Project, make_images: Images, ada: User, client_of: ClientOf
) -> None:
    make_images(1)
    settings = {"review_levels": 2, "review_level_names": NAMES}
    changed = client_of(ada).patch("/api/v1/projects/iguanas/", settings, format="json").json()
    assert (changed["review_levels"], changed["review_level_names"]) == (2, NAMES)
    asked = {"project": "iguanas", "starting_text": "alt_text"}
    for chosen, names in (
        ({}, NAMES),
        ({"review_levels": 1}, ["Reviewer"]),
        ({"review_levels": 3}, NAMES),
        ({"review_level_names": ["Editor"]}, ["Editor"]),
    ):
        made = client_of(ada).post("/api/v1/rounds/", {**asked, **chosen}, format="json").json()
        assert made["review_level_names"] == names
        client_of(ada).post(f"/api/v1/rounds/{made['id']}/undo-launch/")
    call_command("launch_round", "iguanas", starting_text="alt_text", review_level_names=["Editor", "Chief"])
    assert Round.objects.get().review_level_names == ["Editor", "Chief"]


@pytest.mark.parametrize("names", [["Reviewer", "Lead", "Chief"], ["x" * 61], "Reviewer", [["x"]]])
def test_odd_names_are_refused(
    project: Project, make_images: Images, ada: User, client_of: ClientOf, names: object
) -> None:
    make_images(1)
    asked = {
        "project": "iguanas",
        "starting_text": "alt_text",
        "review_levels": 2,
        "review_level_names": names,
    }
    assert client_of(ada).post("/api/v1/rounds/", asked, format="json").status_code == 400
    assert Round.objects.count() == 0


def test_more_names_than_levels_are_refused(project: Project, make_images: Images, ada: User) -> None:
    make_images(1)
    change_project(project=project, changed_by=ada, changes={"review_level_names": NAMES})
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT, review_level_names=NAMES)
    with pytest.raises(InvalidSettings, match="more names than levels"):
        launch_round(project=project, settings=settings, launched_by=ada)


def test_names_are_told_wherever_a_level_is(
    round: Round,
    ana: User,
    rita: User,
    ada: User,
    person: Callable[..., User],
    hand_in: Callable[..., Caption],
    client_of: ClientOf,
) -> None:
    rudi, rosa = person("rudi", Role.REVIEWER), person("rosa", Role.REVIEWER)
    first, second = (hand_in(round, ana, text) for text in ("One.", "Two."))
    for caption, reviewer, level, verdict in (
        (first, rita, 1, Verdict.ACCEPTED),
        (first, rudi, 2, Verdict.ACCEPTED),
        (second, rita, 1, Verdict.RETURNED),
    ):
        fresh = Caption.objects.get(pk=caption.pk)
        review_caption(
            caption=fresh,
            reviewer=reviewer,
            verdict=verdict,
            level=level,
            comment="So.",
            text=None,
            limit=1_000,
        )

    [waiting] = client_of(rosa).get(f"/api/v1/rounds/{round.pk}/review-queue/").json()
    assert (waiting["level"], waiting["level_name"], waiting["levels"]) == (3, "", 3)
    assert [(one["level"], one["level_name"], one["reviewer"]) for one in waiting["earlier_reviews"]] == [
        (1, "Reviewer", "rita"),
        (2, "Language lead", "rudi"),
    ]
    assert reviews_by_level(round=round) == [
        LevelReport(level=1, name="Reviewer", accepted=1, returned=1, fixed=0),
        LevelReport(level=2, name="Language lead", accepted=1, returned=0, fixed=0),
        LevelReport(level=3, name="", accepted=0, returned=0, fixed=0),
    ]
    report = client_of(ada).get(f"/api/v1/rounds/{round.pk}/report/").json()
    assert [level["name"] for level in report["levels"]] == [*NAMES, ""]
    life = client_of(rita).get(f"/api/v1/images/{first.task.image_id}/history/").json()
    [caption] = life["tasks"][0]["captions"]
    assert [(one["level"], one["level_name"], one["reviewer"]) for one in caption["reviews"]] == [
        (1, "Reviewer", "rita"),
        (2, "Language lead", "rudi"),
    ]
