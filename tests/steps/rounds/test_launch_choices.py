"""The choices of a launch: which images, in which order, with a control arm; the preview of it, and taking it back."""

from collections.abc import Callable

import pytest

from annotation_server.choices import StartingText, TaskOrder, TaskState
from annotation_server.errors import NothingToLaunch, RoundUnderWay
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    Event,
    Image,
    ImageEmbedding,
    Project,
    Round,
    Task,
    User,
    WorkingCopy,
)
from annotation_server.options.launch_round import ImageChoice, RoundSettings
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.rounds.undo_launch import undo_launch
from annotation_server.steps.tasks.claim_task import claim_tasks
from tests.steps.rounds.launching import images_of, launch

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]


def test_only_images_that_fit_the_choice(project: Project, make_images: Images) -> None:
    images = make_images(4)
    for image, source, domain in zip(
        images, ["wit", "wit", "web", ""], ["sea", "land", "sea", ""], strict=True
    ):
        Image.objects.filter(pk=image.pk).update(source=source, domain=domain)
    choice = ImageChoice(sources=["wit", "web"], domains=["sea"])
    round = launch(project, images=choice)
    assert images_of(round) == [images[0].pk, images[2].pk]
    assert round.image_choice == {
        "sources": ["wit", "web"],
        "domains": ["sea"],
        "unconverged_only": False,
        "sample": None,
    }


def test_a_sample_is_the_same_for_the_same_seed(project: Project, make_images: Images) -> None:
    make_images(30)
    samples = []
    for seed in (7, 7, 8):
        settings = RoundSettings(
            starting_text=StartingText.ALT_TEXT,
            images=ImageChoice(sample=10),
            seed=seed,
            annotators_per_image=2,
        )
        preview = launch_preview(project=project, settings=settings)
        assert (preview.images, preview.tasks) == (10, 20)
        samples.append([one["image"] for one in preview.first])
    assert samples[0] == samples[1] != samples[2]


def test_a_random_order_is_another_than_the_import_but_slot_by_slot(
    project: Project, make_images: Images
) -> None:
    images = [image.pk for image in make_images(30)]
    round = launch(project, order=TaskOrder.RANDOM, seed=3, annotators_per_image=2)
    order = images_of(round)
    assert order[:30] == order[30:]
    assert order[:30] != images
    assert sorted(order[:30]) == images


def test_the_least_certain_drafts_come_first(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    images = make_images(3)
    first = open_round()
    hand_in(first, ana)
    train(first, logprobs=[-0.1, -3.0, -1.0])
    round = launch(project, starting_text=StartingText.DRAFT, order=TaskOrder.EXPECTED_EDIT)
    assert images_of(round) == [images[1].pk, images[2].pk, images[0].pk]


def test_the_alt_texts_that_fit_least_come_first_in_a_first_round(
    project: Project, make_images: Images
) -> None:
    images = make_images(4)
    AltText.objects.filter(image=images[3]).update(text="")
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT, order=TaskOrder.EXPECTED_EDIT)
    assert launch_preview(project=project, settings=settings).unplaced == 3
    for image, score in zip(images, (30.0, None, 12.0, None), strict=True):
        ImageEmbedding.objects.create(
            project=project, image=image, encoder="old", vector=[1.0], alt_text_score=99.0
        )
        ImageEmbedding.objects.create(
            project=project, image=image, encoder="new", vector=[1.0], alt_text_score=score
        )
    preview = launch_preview(project=project, settings=settings)
    assert (preview.tasks, preview.unplaced) == (4, 1)
    assert preview.warnings[-1].startswith("1 of 4 images have neither a draft nor a comparison")
    order = [images[2].pk, images[3].pk, images[0].pk, images[1].pk]
    assert [one["image"] for one in preview.first] == order
    assert images_of(launch(project, order=TaskOrder.EXPECTED_EDIT)) == order


def test_unsure_drafts_and_unfit_alt_texts_weigh_the_same(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    images = make_images(3)
    first = open_round()
    hand_in(first, ana)
    train(first, logprobs=[-0.1, -3.0, -1.0])
    for image, score in zip(images, (10.0, 25.0, 11.0), strict=True):
        ImageEmbedding.objects.create(
            project=project, image=image, encoder="e", vector=[1.0], alt_text_score=score
        )
    # By drafts the places are 0, 1, ½; by alt-texts 1, 0, ½: all the same, so as imported. A better fit loses places.
    assert images_of(launch(project, order=TaskOrder.EXPECTED_EDIT)) == [image.pk for image in images]
    undo_launch(round=Round.objects.latest("number"), undone_by=None)
    ImageEmbedding.objects.filter(image=images[0]).update(alt_text_score=20.0)
    assert images_of(launch(project, order=TaskOrder.EXPECTED_EDIT)) == [
        images[2].pk,
        images[1].pk,
        images[0].pk,
    ]


def test_the_control_arm_starts_without_the_draft(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(60)
    first = open_round()
    hand_in(first, ana)
    train(first)
    round = launch(project, starting_text=StartingText.DRAFT, control_share=0.5, seed=11)
    tasks = Task.objects.filter(round=round)
    control = tasks.filter(control=True)
    assert 15 < control.count() < 45
    assert not control.exclude(draft=None).exists()
    assert not control.filter(starting_source=StartingText.DRAFT).exists()
    assert not tasks.filter(control=False, draft=None).exists()


def test_only_what_has_not_converged(
    project: Project,
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(3)
    first = open_round()
    for _ in range(3):
        hand_in(first, ana, "A green iguana on a rock.")
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    same = hand_in(second, ben, "A green iguana on a rock.")
    changed = hand_in(second, ben, "A marine iguana with a spiny crest basks on a dark rock.")
    untouched = Task.objects.get(round=second, state=TaskState.PENDING)
    train(second)
    third = launch(project, images=ImageChoice(unconverged_only=True))
    assert images_of(third) == sorted([changed.task.image_id, untouched.image_id])
    assert same.task.image_id not in images_of(third)


def test_a_choice_that_fits_nothing_creates_nothing(project: Project, make_images: Images) -> None:
    make_images(1)
    with pytest.raises(NothingToLaunch):
        launch(project, images=ImageChoice(sources=["no such"]))
    assert Round.objects.count() == 0


def test_a_preview_shows_what_the_launch_then_does(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(12)
    first = open_round()
    hand_in(first, ana, "A green iguana.")
    train(first)
    make_images(1)
    settings = RoundSettings(
        starting_text=StartingText.DRAFT,
        control_share=0.3,
        annotators_per_image=2,
        seed=5,
        order=TaskOrder.RANDOM,
    )
    preview = launch_preview(project=project, settings=settings)
    assert Round.objects.count() == 1
    round = launch_round(project=project, settings=settings, launched_by=None)
    tasks = Task.objects.filter(round=round)
    assert (preview.tasks, preview.images, preview.control) == (26, 13, tasks.filter(control=True).count())
    assert (preview.from_draft, preview.from_previous_caption, preview.from_alt_text) == tuple(
        tasks.filter(starting_source=source).count() for source in ("draft", "previous_caption", "alt_text")
    )
    shown = [(one["image"], one["slot"], one["starting_text"], one["control"]) for one in preview.first]
    first_ten = tasks.order_by("position").values_list("image", "slot", "starting_text", "control")[:10]
    assert shown == list(first_ten)
    assert preview.warnings == [
        "2 tasks have no draft and start from an earlier text.",
        "Annotators wanted per image: 2; people who can work on them: 1.",
    ]


def test_a_launch_can_be_undone_until_the_first_submission(
    project: Project, ana: User, ada: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(2)
    round = open_round()
    claim_tasks(round_id=round.pk, annotator=ana, count=1)
    undo_launch(round=round, undone_by=ada)
    assert (Round.objects.count(), Task.objects.count(), WorkingCopy.objects.count()) == (0, 0, 0)
    assert Event.objects.get(verb="round.launch_undone").before == {"number": 1, "tasks": 2}
    again = open_round()
    assert again.number == 1
    hand_in(again, ana)
    with pytest.raises(RoundUnderWay):
        undo_launch(round=again, undone_by=ada)
    assert Task.objects.filter(round=again).count() == 2


def test_a_preview_tells_of_starting_texts_over_the_limit_of_a_caption(
    project: Project, ana: User, make_images: Images
) -> None:
    make_images(2)
    AltText.objects.filter(text="iguana 0").update(text="é" * 21)
    project.caption_limit = 20
    project.save(update_fields=["caption_limit"])
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT)
    [warning] = launch_preview(project=project, settings=settings).warnings
    assert warning.startswith("1 task starts from a text of more than 20 characters, the limit of a caption")
