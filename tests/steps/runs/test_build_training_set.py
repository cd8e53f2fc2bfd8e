"""What a run may see: the newest accepted caption of each training image, nothing held out, the same rows the same hash."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState, RoundState, RunState, Split, StartingText
from annotation_server.errors import FencedOff
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Image,
    ImageCluster,
    Job,
    Project,
    Round,
    Task,
    TrainingSet,
    TrainingSetRow,
    User,
)
from annotation_server.queries.runs.captioner_rows import evaluation_rows, training_rows
from annotation_server.queries.runs.training_rows import newest_accepted, rows_sha256
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]


def freeze(round: Round) -> CaptionerRun | None:
    job = close_round(round=round, closed_by=None)
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    return build_training_set(round=round, hold=hold, requested_by=None)


def rows_of(training_set: TrainingSet | None) -> list[tuple[int, int]]:
    rows = TrainingSetRow.objects.filter(training_set=training_set).order_by("image_id")
    return list(rows.values_list("image", "caption"))


def test_the_set_is_frozen_the_round_closed_and_a_run_queued(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(3)
    round = open_round()
    captions = [hand_in(round, ana, f"Text {number}.") for number in range(2)]
    run = freeze(round)
    round.refresh_from_db()
    assert run is not None
    assert run.training_set is not None
    assert (round.state, run.state, run.name) == (RoundState.CLOSED, RunState.QUEUED, "Altogether(1)")
    assert rows_of(run.training_set) == [(caption.task.image_id, caption.pk) for caption in captions]
    assert list(Job.objects.filter(run=run).values_list("kind", "state")) == [
        (JobKind.TRAIN_CAPTIONER, JobState.QUEUED)
    ]
    closing = Job.objects.get(kind=JobKind.BUILD_TRAINING_SET)
    assert closing.state == JobState.SUCCEEDED
    assert closing.result == {"rows": 2, "sha256": run.training_set.sha256, "run": run.pk}


def test_held_out_images_and_their_near_duplicates_are_left_out(
    project: Project, ana: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    [training] = make_images(1)
    [held_out] = make_images(1, split=Split.EVAL)
    near = make_images(1, split=Split.EVAL)[0]
    Image.objects.filter(pk=near.pk).update(cluster=held_out.cluster)
    round = open_round()
    for number in range(3):
        hand_in(round, ana, f"Text {number}.")
    run = freeze(round)
    assert run is not None
    assert [image for image, _ in rows_of(run.training_set)] == [training.pk]
    held_rows, _ = evaluation_rows(run=run)
    assert {row["sha256"] for row in held_rows} == {held_out.sha256, near.sha256}
    assert {row["sha256"] for row in training_rows(run=run)} == {training.sha256}


def test_an_image_cannot_leave_the_split_of_its_near_duplicates(
    make_images: Images, refused: Callable[[str], Any]
) -> None:
    [image] = make_images(1)
    held_out = ImageCluster.objects.create(project=image.project, split=Split.EVAL)
    with refused("image_shares_the_split_of_its_cluster"):
        Image.objects.filter(pk=image.pk).update(cluster=held_out)


def test_only_accepted_captions_of_images_that_are_still_there(
    ana: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(4)
    round = open_round()
    accepted, flagged, withdrawn = (hand_in(round, ana, f"Text {number}.") for number in range(3))
    Task.objects.filter(pk=flagged.task_id).update(flagged=True)
    Image.objects.filter(pk=withdrawn.task.image_id).update(withdrawn_at="2026-01-01T00:00Z")
    run = freeze(round)
    assert run is not None
    assert rows_of(run.training_set) == [(accepted.task.image_id, accepted.pk)]


def test_of_several_rounds_the_newest_caption_counts(
    ana: User, ben: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(2)
    first = open_round()
    old = {caption.task.image_id: caption for caption in (hand_in(first, ana), hand_in(first, ana))}
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    newer = hand_in(second, ben, "A marine iguana.")
    run = freeze(second)
    [other] = set(old) - {newer.task.image_id}
    assert run is not None
    assert dict(rows_of(run.training_set)) == {newer.task.image_id: newer.pk, other: old[other].pk}
    assert run.name == "Altogether(2)"


def test_the_same_rows_have_the_same_hash(
    project: Project,
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(2)
    first = open_round()
    captions = [hand_in(first, ana, "One."), hand_in(first, ana, "Two.")]
    before = train(first).training_set
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    same = freeze(second)
    assert before is not None
    assert same is not None
    assert same.training_set is not None
    assert same.training_set.sha256 == before.sha256
    by_hand = [(one.task.image.sha256, one.pk, one.text) for one in captions]
    assert before.sha256 == rows_sha256(by_hand)
    assert before.sha256 != rows_sha256(by_hand[::-1])
    assert before.sha256 != rows_sha256([(sha256, pk, text + " ") for sha256, pk, text in by_hand])


def test_nothing_to_train_on_closes_the_round_all_the_same(
    ana: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(1, split=Split.EVAL)
    round = open_round()
    hand_in(round, ana)
    assert freeze(round) is None
    round.refresh_from_db()
    assert round.state == RoundState.CLOSED
    assert CaptionerRun.objects.count() == 0
    job = Job.objects.get(kind=JobKind.BUILD_TRAINING_SET)
    assert (job.state, job.result["rows"]) == (JobState.SUCCEEDED, 0)


def test_a_zombie_freezes_nothing(ana: User, make_images: Images, open_round: Open, hand_in: HandIn) -> None:
    make_images(1)
    round = open_round()
    hand_in(round, ana)
    job = close_round(round=round, closed_by=None)
    zombie = jobs.take(job_id=job.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    assert jobs.take(job_id=job.pk) is not None
    assert zombie is not None
    with pytest.raises(FencedOff):
        build_training_set(round=round, hold=zombie, requested_by=None)
    round.refresh_from_db()
    assert (TrainingSet.objects.count(), CaptionerRun.objects.count()) == (0, 0)
    assert round.state == RoundState.CLOSING


def test_a_flagged_task_of_one_slot_gives_way_to_the_other_slot(
    project: Project, ana: User, ben: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(1)
    round = open_round(annotators_per_image=2)
    first = hand_in(round, ana, "Ana's.")
    second = hand_in(round, ben, "Ben's.")
    Task.objects.filter(pk=first.task_id).update(flagged=True)
    assert {first.task.slot, second.task.slot} == {0, 1}
    run = freeze(round)
    assert run is not None
    assert rows_of(run.training_set) == [(second.task.image_id, second.pk)]
    assert newest_accepted(project=project, split=Split.TRAIN, through_round=1).count() == 1
