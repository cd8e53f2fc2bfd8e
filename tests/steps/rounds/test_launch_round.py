"""Launching: every image gets its tasks with the right starting text, or nothing is created at all."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from annotation_server.choices import RoundState, StartingText, TaskState
from annotation_server.errors import NoDrafts, NothingToLaunch, RoundExists
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    Event,
    Image,
    Project,
    Round,
    Task,
    User,
)
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.runs.promote_run import promote_run
from tests.at_once import at_once
from tests.steps.rounds.launching import launch

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]


def starts(round: Round) -> list[tuple[str, str]]:
    return list(
        Task.objects.filter(round=round).order_by("image_id").values_list("starting_text", "starting_source")
    )


def test_a_round_has_a_task_per_image_and_slot(project: Project, make_images: Images, ada: User) -> None:
    images = make_images(3)
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT, annotators_per_image=2, review_share=0.5)
    round = launch_round(project=project, settings=settings, launched_by=ada)
    assert (round.number, round.state, round.launched_by) == (1, RoundState.OPEN, ada)
    assert list(Task.objects.filter(round=round).order_by("position").values_list("slot", "image")) == [
        (slot, image.pk) for slot in (0, 1) for image in images
    ]
    assert not Task.objects.exclude(state=TaskState.PENDING, annotator=None, flagged=False).exists()
    assert Event.objects.get(verb="round.launched").after == {
        "number": 1,
        "tasks": 6,
        "checks": 0,
        "starting_text": "alt_text",
    }


def test_the_first_alt_text_that_says_something_is_the_start(project: Project, make_images: Images) -> None:
    first, second, third = make_images(3)
    AltText.objects.filter(image=first).update(text="")
    AltText.objects.create(image=first, position=1, text="the second one")
    AltText.objects.create(image=second, position=1, text="not this one")
    AltText.objects.filter(image=third).delete()
    assert starts(launch(project)) == [
        ("the second one", "alt_text"),
        (second.alt_texts.first().text, "alt_text"),  # type: ignore[union-attr]
        ("", "alt_text"),
    ]


def test_previous_captions_fall_back_to_the_alt_text(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    _, untouched = make_images(2)
    first = open_round()
    hand_in(first, ana, "A green iguana.")
    train(first)
    assert starts(launch(project, starting_text=StartingText.PREVIOUS_CAPTION)) == [
        ("A green iguana.", "previous_caption"),
        (untouched.alt_texts.get().text, "alt_text"),
    ]


def test_the_newest_accepted_caption_is_the_previous_one(
    project: Project,
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(1)
    first = open_round()
    hand_in(first, ana, "Of round 1.")
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    hand_in(second, ben, "Of round 2.")
    train(second)
    third = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    close_round(round=third, closed_by=None)
    Round.objects.filter(pk=third.pk).update(state=RoundState.CLOSED)
    fourth = launch(project, starting_text=StartingText.PREVIOUS_CAPTION)
    assert starts(fourth) == [("Of round 2.", "previous_caption")]


def test_drafts_fall_back_to_the_previous_caption(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    [image] = make_images(1)
    first = open_round()
    hand_in(first, ana, "A green iguana.")
    run = train(first)
    [later] = make_images(1)
    second = launch(project, starting_text=StartingText.DRAFT)
    assert second.drafting_run == run
    assert starts(second) == [
        (f"draft of {image.pk}", "draft"),
        (later.alt_texts.get().text, "alt_text"),
    ]
    task = Task.objects.get(round=second, image=image)
    assert (task.previous_caption, task.draft) == (Caption.objects.get(), image.drafts.get())


def test_drafts_of_a_run_that_the_gate_held_back_are_not_used(
    project: Project,
    ana: User,
    ada: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(1)
    first = open_round()
    hand_in(first, ana)
    run = train(first, cider=0.5, alt_text_cider=1.0)
    assert run.promoted is False
    with pytest.raises(NoDrafts):
        launch(project, starting_text=StartingText.DRAFT)
    promote_run(run=run, promoted_by=ada, reason="Good enough for a trial.")
    with pytest.raises(NoDrafts):  # Promoted, but it has not written its drafts yet.
        launch(project, starting_text=StartingText.DRAFT)
    assert Round.objects.count() == 1


def test_withdrawn_images_and_other_projects_are_left_out(
    project: Project, make_images: Images, django_user_model: type[User]
) -> None:
    kept, withdrawn = make_images(2)
    Image.objects.filter(pk=withdrawn.pk).update(withdrawn_at="2026-01-01T00:00Z")
    make_images(2, of=Project.objects.create(slug="other", name="Other"))
    assert list(Task.objects.filter(round=launch(project)).values_list("image", flat=True)) == [kept.pk]


def test_a_second_launch_is_refused(project: Project, make_images: Images) -> None:
    make_images(1)
    launch(project)
    for number in (None, 1, 2):
        with pytest.raises(RoundExists):
            launch(project, number)
    assert (Round.objects.count(), Task.objects.count()) == (1, 1)


def test_a_number_that_is_not_the_next_is_refused(project: Project, make_images: Images) -> None:
    make_images(1)
    for number in (0, 2, 7):
        with pytest.raises(RoundExists):
            launch(project, number)
    assert launch(project, 1).number == 1


def test_a_project_without_images_has_nothing_to_launch(project: Project) -> None:
    with pytest.raises(NothingToLaunch):
        launch(project)
    assert Round.objects.count() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"review_share": 1.1},
        {"review_share": float("nan")},
        {"lease_minutes": 0},
        {"annotators_per_image": 0},
        {"annotators_per_image": 21},
        {"control_share": -0.5},
        {"images": {"sample": 0}},
    ],
)
def test_settings_that_make_no_sense_are_refused(
    project: Project, make_images: Images, nonsense: dict[str, Any]
) -> None:
    make_images(1)
    with pytest.raises(ValidationError):
        launch(project, **nonsense)
    assert Round.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_launches_at_once_one_is_made(project: Project, make_images: Images) -> None:
    make_images(5)
    answers = at_once([lambda: launch(project)] * 4)
    assert sum(isinstance(one, Round) for one in answers) == 1
    assert {type(one) for one in answers if isinstance(one, Exception)} == {RoundExists}
    assert (Round.objects.count(), Task.objects.count()) == (1, 5)
