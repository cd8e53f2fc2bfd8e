"""A closed round's captions are measured in the end, whatever became of its run."""

from collections.abc import Callable

import pytest

from annotation_server.choices import JobKind, JobState, Split
from annotation_server.models import Caption, CaptionerRun, CaptionMeasure, Image, Job, Round, User
from annotation_server.steps.jobs.retry_job import cancel_job
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set
from annotation_server.steps.runs.record_training import record_run_ended_badly
from tests.conftest import held, unfinished

Open = Callable[..., Round]
HandIn = Callable[..., Caption]


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Open, hand_in: HandIn, ana: User) -> Round:
    """One caption was handed in."""
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    return round


def measuring() -> list[tuple[str, int | None]]:
    jobs = Job.objects.filter(kind=JobKind.MEASURE_CAPTIONS)
    return list(jobs.values_list("state", "round"))


def close_and_queue(round: Round) -> CaptionerRun:
    job = close_round(round=round, closed_by=None)
    run = build_training_set(round=round, hold=held(job), requested_by=None)
    assert run is not None
    assert measuring() == []
    return run


@pytest.mark.parametrize("cider", [2.0, 0.5])
def test_after_the_drafts_or_without_them(
    round: Round, train: Callable[..., CaptionerRun], cider: float
) -> None:
    assert train(round, cider=cider).promoted == (cider > 1)
    assert measuring() == [(JobState.QUEUED, round.pk)]


def test_after_a_run_that_failed(round: Round) -> None:
    run = close_and_queue(round)
    hold = held(unfinished(run))
    record_run_ended_badly(run=run, hold=hold, state=JobState.FAILED, error="Out of memory.")
    assert measuring() == [(JobState.QUEUED, round.pk)]
    record_run_ended_badly(run=run, hold=hold, state=JobState.FAILED, error="Too late.")
    assert len(measuring()) == 1


def test_after_a_run_that_was_cancelled_before_it_began(round: Round, ada: User) -> None:
    run = close_and_queue(round)
    cancel_job(job=unfinished(run), cancelled_by=ada)
    assert measuring() == [(JobState.QUEUED, round.pk)]


def test_without_a_run(
    make_images: Callable[..., list[Image]], open_round: Open, hand_in: HandIn, ana: User
) -> None:
    make_images(1, split=Split.EVAL)
    round = open_round()
    hand_in(round, ana)
    job = close_round(round=round, closed_by=None)
    assert build_training_set(round=round, hold=held(job), requested_by=None) is None
    assert measuring() == [(JobState.QUEUED, round.pk)]


def test_not_when_everything_is_measured(round: Round, train: Callable[..., CaptionerRun]) -> None:
    caption = Caption.objects.get()
    CaptionMeasure.objects.create(caption=caption, encoder="e", vector=[1.0], clip_score=20.0)
    train(round)
    assert measuring() == []
