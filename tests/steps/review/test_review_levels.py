"""Several levels of review: one decision a level, each by somebody else; what one level returns starts again at the first."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation_server.choices import Role, TaskState, Verdict
from annotation_server.errors import InvalidSettings, TaskNotReviewable, TaskNotYours
from annotation_server.models import Caption, Image, Review, Round, Task, User
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.review.review_queue import review_queue
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.undo_submission import undo_submission
from tests.at_once import at_once

HandIn = Callable[..., Caption]


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    """One task, and two levels for everything."""
    make_images(1)
    return open_round(review_share=1.0, review_levels=2)


@pytest.fixture
def rudi(person: Callable[..., User]) -> User:
    """A second reviewer."""
    return person("rudi", Role.REVIEWER)


def decide(
    caption: Caption, reviewer: User, level: int | None, verdict: Verdict = Verdict.ACCEPTED
) -> Review:
    given: dict[str, Any] = {"comment": "So.", "text": "Fixed.", "limit": 1_000}
    fresh = Caption.objects.get(pk=caption.pk)
    return review_caption(caption=fresh, reviewer=reviewer, verdict=verdict, level=level, **given)


def waiting(round: Round, reviewer: User) -> list[int]:
    return [caption.pk for caption in review_queue(round=round, reviewer=reviewer)]


def test_a_caption_is_accepted_when_both_levels_have_accepted_it(
    round: Round, ana: User, rita: User, rudi: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    decide(caption, rita, 1)
    assert Task.objects.get().state == TaskState.SUBMITTED
    assert (waiting(round, rita), waiting(round, rudi)) == ([], [caption.pk])
    decide(caption, rudi, 2)
    assert Task.objects.get().state == TaskState.ACCEPTED
    assert waiting(round, rudi) == []
    assert list(Review.objects.values_list("level", "reviewer__username")) == [(1, "rita"), (2, "rudi")]
    [of_ana] = people_report(round=round)
    assert (of_ana.captions, of_ana.accepted) == (1, 1)


def test_a_level_is_decided_once_in_its_turn_and_by_another_person(
    round: Round, ana: User, rita: User, rudi: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    with pytest.raises(InvalidSettings):
        decide(caption, rita, None)
    with pytest.raises(InvalidSettings):
        decide(caption, rita, 3)
    with pytest.raises(TaskNotReviewable):
        decide(caption, rita, 2)
    decide(caption, rita, 1)
    for reviewer, level in ((rudi, 1), (rita, 2)):
        with pytest.raises(TaskNotReviewable):
            decide(caption, reviewer, level)
    with pytest.raises(TaskNotYours):
        undo_submission(caption=caption, annotator=ana)


def test_what_the_second_level_returns_starts_again_at_the_first(
    round: Round, ana: User, rita: User, rudi: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    decide(caption, rita, 1)
    decide(caption, rudi, 2, Verdict.RETURNED)
    task = Task.objects.get()
    assert (task.state, task.annotator, task.review_level) == (TaskState.RETURNED, ana, 0)
    again = hand_in(round, ana, "Once more.", task=task)
    assert again.parent == caption
    decide(again, rita, 1)
    decide(again, rudi, 2)
    assert Task.objects.get().state == TaskState.ACCEPTED


def test_the_second_level_reads_what_the_first_fixed(
    round: Round, ana: User, rita: User, rudi: User, hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    fixed = decide(caption, rita, 1, Verdict.FIXED).fixed_caption
    assert fixed is not None
    assert (waiting(round, rita), waiting(round, rudi)) == ([], [fixed.pk])
    decide(fixed, rudi, 2)
    task = Task.objects.get()
    assert (task.state, task.annotator, task.current_caption) == (TaskState.ACCEPTED, ana, fixed)


@pytest.mark.django_db(transaction=True)
def test_of_many_reviewers_at_once_one_decides_a_level(
    round: Round, ana: User, person: Callable[..., User], hand_in: HandIn
) -> None:
    caption = hand_in(round, ana)
    reviewers = [person(f"r{number}", Role.REVIEWER) for number in range(6)]
    outcomes = at_once([lambda one=one: decide(caption, one, 1) for one in reviewers])  # type: ignore[misc]
    assert sorted(type(one).__name__ for one in outcomes) == ["Review", *["TaskNotReviewable"] * 5]
    assert Review.objects.count() == 1
    assert Task.objects.get().review_level == 1
