"""The promotion gate, and what follows from its verdict."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation_server.choices import CaptionSource, JobKind, RunState, StartingText
from annotation_server.errors import InvalidSettings, InvalidText
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Draft,
    Evaluation,
    Event,
    Image,
    Job,
    Project,
    Round,
    User,
)
from annotation_server.queries.runs.drafting import drafting_run
from annotation_server.queries.runs.promotion import judge
from annotation_server.steps.runs.promote_run import promote_run

Train = Callable[..., CaptionerRun]


@pytest.fixture
def round(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> Round:
    """An open round with two captions."""
    make_images(2)
    round = open_round()
    hand_in(round, ana, "One.")
    hand_in(round, ana, "Two.")
    return round


def test_a_run_that_beats_the_alt_text_is_promoted_and_writes_drafts(round: Round, train: Train) -> None:
    run = train(round, cider=1.1, alt_text_cider=1.0)
    assert (run.promoted, run.state) == (True, RunState.FINISHED)
    assert run.promotion_reason == "cider 1.100 beats the alt-text's 1.000."
    assert Draft.objects.filter(draft_set__run=run).count() == 2
    assert drafting_run(project=round.project) == run


@pytest.mark.parametrize(
    ("measured", "reason"),
    [
        ({"cider": 0.9}, "cider 0.900 does not beat what the alt-text itself scores (1.000)."),
        ({"cider": 1.0}, "cider 1.000 does not beat what the alt-text itself scores (1.000)."),
        ({"held_out": 19}, "Only 19 held-out captions; at least 20 are needed to judge a run."),
    ],
)
def test_a_run_below_the_gate_is_kept_and_its_drafts_are_not_written(
    round: Round, train: Train, measured: dict[str, Any], reason: str
) -> None:
    run = train(round, **measured)
    assert (run.promoted, run.state, run.promotion_reason) == (False, RunState.FINISHED, reason)
    assert Evaluation.objects.filter(run=run, slice="").count() == 3
    assert not Job.objects.filter(kind=JobKind.WRITE_DRAFTS).exists()
    assert drafting_run(project=round.project) is None


def test_a_run_far_below_the_last_promoted_one_is_held_back(
    round: Round, train: Train, open_round: Callable[..., Round], ben: User, hand_in: Callable[..., Caption]
) -> None:
    best = train(round, cider=5.0)
    second = open_round(starting_text=StartingText.DRAFT)
    hand_in(second, ben)
    worse = train(second, cider=4.0)
    assert worse.promotion_reason == "cider 4.000 is clearly below the last promoted run's 5.000."
    assert drafting_run(project=round.project) == best


def test_a_run_a_little_below_the_last_promoted_one_may_pass(
    round: Round, train: Train, open_round: Callable[..., Round], ben: User, hand_in: Callable[..., Caption]
) -> None:
    train(round, cider=5.0)
    second = open_round(starting_text=StartingText.DRAFT)
    hand_in(second, ben)
    newer = train(second, cider=4.6)
    assert drafting_run(project=round.project) == newer


def test_a_missing_or_undefined_metric_is_no_promotion(project: Project, round: Round, train: Train) -> None:
    run = train(round)
    for with_alt in ({}, {"cider": None}, {"cider": float("nan")}):
        sources: dict[str, Any] = {CaptionSource.WITH_ALT: with_alt, CaptionSource.ALT_TEXT: {"cider": 1.0}}
        assert not judge(project=project, run=run, sources=sources, rows=50).promoted


def test_an_admin_can_overrule_the_gate_with_a_reason(round: Round, train: Train, ada: User) -> None:
    run = train(round, cider=0.5)
    with pytest.raises(InvalidText):
        promote_run(run=run, promoted_by=ada, reason=" ")
    promote_run(run=run, promoted_by=ada, reason="For a trial.")
    run.refresh_from_db()
    assert (run.promoted, run.state, run.promotion_reason) == (True, RunState.DRAFTING, "ada: For a trial.")
    assert Job.objects.filter(kind=JobKind.WRITE_DRAFTS, run=run).count() == 1
    event = Event.objects.filter(verb="captioner_run.promoted").latest("id")
    assert (event.actor, event.before["reason"], event.after["reason"]) == (
        ada,
        "cider 0.500 does not beat what the alt-text itself scores (1.000).",
        "For a trial.",
    )
    with pytest.raises(InvalidSettings):
        promote_run(run=run, promoted_by=ada, reason="Again.")
