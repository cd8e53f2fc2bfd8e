"""Choosing between several people's captions: what was seen is what counts, one decision an image, the chosen one goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import Role, StartingText, TaskState
from annotation_server.errors import AdjudicationOutdated, RoundClosed, TaskNotReviewable
from annotation_server.models import (
    Adjudication,
    Caption,
    CaptionerRun,
    Event,
    Image,
    Round,
    Task,
    TrainingSetRow,
    User,
)
from annotation_server.queries.review.adjudication_queue import adjudication_queue
from annotation_server.steps.review.adjudicate import adjudicate
from annotation_server.steps.rounds.close_round import close_round
from tests.at_once import at_once

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]


@pytest.fixture
def captions(round: Round, ana: User, ben: User, hand_in: HandIn) -> list[Caption]:
    """Two of the same image."""
    return [hand_in(round, ana, "A green iguana."), hand_in(round, ben, "A lizard on a rock.")]


@pytest.fixture
def round(make_images: Images, open_round: Open) -> Round:
    """One image for two people."""
    make_images(1)
    return open_round(annotators_per_image=2)


def choose(round: Round, captions: list[Caption], by: User, **given: Any) -> Adjudication:
    wanted = {"seen": [caption.pk for caption in captions], "chosen": captions[-1].pk, **given}
    return adjudicate(round=round, image_id=captions[0].task.image_id, decided_by=by, **wanted)


def test_the_picked_caption_is_trained_on_and_goes_on_to_the_next_round(
    round: Round,
    captions: list[Caption],
    rita: User,
    train: Callable[..., CaptionerRun],
    open_round: Open,
) -> None:
    decision = choose(round, captions, rita, comment="More is said.")
    assert (decision.chosen, decision.merged, decision.seen) == (
        captions[1],
        False,
        [one.pk for one in captions],
    )
    assert list(Task.objects.order_by("slot").values_list("state", "preferred")) == [
        (TaskState.ACCEPTED, False),
        (TaskState.ACCEPTED, True),
    ]
    assert Event.objects.get(verb="image.adjudicated").after["caption"] == captions[1].pk
    train(round)
    assert [row.caption for row in TrainingSetRow.objects.all()] == [captions[1]]
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    assert Task.objects.get(round=second).starting_text == "A lizard on a rock."


def test_a_merged_caption_is_the_child_of_the_one_most_like_it(
    round: Round, captions: list[Caption], rita: User
) -> None:
    decision = choose(round, captions, rita, chosen=None, merged_text="A green iguana on a rock.")
    assert (decision.merged, decision.chosen.parent, decision.chosen.annotator) == (True, captions[1], rita)
    assert Task.objects.get(preferred=True).current_caption == decision.chosen
    assert Caption.objects.count() == 3


def test_the_queue_holds_what_is_undecided_and_not_ones_own(
    round: Round, captions: list[Caption], ana: User, rita: User
) -> None:
    [undecided] = adjudication_queue(round=round, reviewer=rita, limit=10)
    assert [one.text for one in undecided.captions] == ["A green iguana.", "A lizard on a rock."]
    assert adjudication_queue(round=round, reviewer=ana, limit=10) == []
    choose(round, captions, rita)
    assert adjudication_queue(round=round, reviewer=rita, limit=10) == []


def test_what_was_not_seen_cannot_be_decided(
    round: Round, captions: list[Caption], ana: User, rita: User
) -> None:
    for outdated in ({"seen": [captions[0].pk]}, {"seen": [captions[0].pk, 0]}, {"chosen": 0}):
        with pytest.raises(AdjudicationOutdated):
            choose(round, captions, rita, **outdated)
    with pytest.raises(TaskNotReviewable):
        choose(round, captions, ana)
    assert not Adjudication.objects.exists()
    choose(round, captions, rita)
    with pytest.raises(AdjudicationOutdated):
        choose(round, captions, rita)


def test_a_closed_round_is_decided(round: Round, captions: list[Caption], rita: User) -> None:
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        choose(round, captions, rita)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_decides(
    round: Round, captions: list[Caption], person: Callable[..., User]
) -> None:
    reviewers = [person(f"r{number}", Role.REVIEWER) for number in range(4)]
    outcomes = at_once([lambda one=one: choose(round, captions, one) for one in reviewers])  # type: ignore[misc]
    assert sorted(type(one).__name__ for one in outcomes) == ["Adjudication", *["AdjudicationOutdated"] * 3]


def test_reviewers_decide_over_the_api(
    round: Round, captions: list[Caption], ana: User, rita: User, client_of: Callable[..., APIClient]
) -> None:
    address = f"/api/v1/rounds/{round.pk}/adjudication/"
    [undecided] = client_of(rita).get(address).json()
    seen = [one["caption"] for one in undecided["captions"]]
    body = {"image": undecided["image"]["id"], "seen": seen}
    assert client_of(ana).get(address).status_code == 403
    assert client_of(rita).post(address, body, format="json").json()["code"] == "invalid-settings"
    answer = client_of(rita).post(address, {**body, "chosen": seen[0]}, format="json")
    assert (answer.status_code, answer.json()["text"]) == (201, "A green iguana.")
    again = client_of(rita).post(address, {**body, "chosen": seen[0]}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "adjudication-outdated")
