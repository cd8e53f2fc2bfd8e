"""What annotators see of their own work (how far they are, what reviewers changed, what they may take back), and reviewers of
what waits for them and of their own verdicts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.functions import Now
from rest_framework.test import APIClient

from annotation_server.choices import ConceptOutcome, Role, StartingText, Verdict
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    Image,
    Membership,
    Round,
    Task,
    User,
)
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import skip_task
from annotation_server.steps.tasks.undo_submission import undo_submission
from annotation_server.texts.concepts import ConceptOutcomeGiven

HandIn = Callable[..., Caption]
ClientOf = Callable[[User], APIClient]


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(5)
    return open_round(review_share=1.0)


def asked(client: APIClient, path: str, **parameters: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", parameters)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def review(caption: Caption, reviewer: User, verdict: Verdict, **given: Any) -> None:
    named = {"comment": "Because.", "text": None, **given}
    review_caption(caption=caption, reviewer=reviewer, verdict=verdict, limit=1_000, **named)


def take_back(client: APIClient, caption: Caption) -> Any:
    return client.post(f"/api/v1/tasks/{caption.task_id}/undo/", {"caption": caption.pk}, format="json")


def test_how_far_somebody_is(
    round: Round, ana: User, ben: User, rita: User, hand_in: HandIn, client_of: ClientOf
) -> None:
    client = client_of(ana)
    one, two, three = (hand_in(round, ana) for _ in range(3))
    hand_in(round, ben)
    review(two, rita, Verdict.RETURNED)
    undo_submission(caption=Caption.objects.select_related("task").get(pk=three.pk), annotator=ana)
    told = asked(client, f"rounds/{round.pk}/own-progress/")
    expected = {"done": 1, "today": 1, "returned": 1, "left": 3, "more_left": False, "mean_seconds": 10.0}
    assert {**told, "mean_seconds": expected["mean_seconds"]} == expected
    assert one.pk
    ahead = asked(client, f"rounds/{round.pk}/own-progress/", since="2999-01-01T00:00:00+02:00")
    assert (ahead["done"], ahead["today"]) == (1, 0)
    close_round(round=round, closed_by=None)
    assert asked(client, f"rounds/{round.pk}/own-progress/")["left"] == 0


def test_left_is_what_a_claim_would_give(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    hand_in: HandIn,
    train: Callable[..., CaptionerRun],
    client_of: ClientOf,
) -> None:
    make_images(6)
    first = open_round()
    hand_in(first, ana)
    for _ in range(3):
        hand_in(first, ben)
    train(first)
    round = open_round(starting_text=StartingText.PREVIOUS_CAPTION, annotators_per_image=2)
    [held] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    skip_task(task=Task.objects.get(pk=held), annotator=ana, reason="Too dark.")
    left = asked(client_of(ana), f"rounds/{round.pk}/own-progress/")["left"]
    assert left == len(claim_tasks(round_id=round.pk, annotator=ana, count=50)) > 1
    assert asked(client_of(ana), f"rounds/{round.pk}/own-progress/")["left"] == left


def test_a_check_task_is_done_and_left_like_any_other(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    rita: User,
    hand_in: HandIn,
    train: Callable[..., CaptionerRun],
    client_of: ClientOf,
) -> None:
    # Of each image ana gets the check or the plain task, by lot: of twelve checks she gets some.
    make_images(30)
    first = open_round(review_share=1.0)
    for _ in range(30):
        review(hand_in(first, ben, "A green iguana near Puerto Ayora."), rita, Verdict.ACCEPTED)
    train(first)
    round = open_round(starting_text=StartingText.PREVIOUS_CAPTION, check_share=0.4)
    assert Task.objects.filter(round=round).exclude(check_kind="").count() == 12
    client = client_of(ana)
    told = [asked(client, f"rounds/{round.pk}/own-progress/")]
    assert (told[0]["done"], told[0]["left"]) == (0, 30)
    while claim_tasks(round_id=round.pk, annotator=ana, count=1):
        hand_in(round, ana)
        told.append(asked(client, f"rounds/{round.pk}/own-progress/"))
    assert [one["done"] for one in told] == list(range(len(told)))
    assert [one["left"] for one in told] == [30 - one["done"] for one in told]
    assert told[-1]["left"] == 0
    assert Task.objects.filter(round=round, annotator=ana).exclude(check_kind="").exists()


def test_a_moment_without_an_offset_is_refused(round: Round, ana: User, client_of: ClientOf) -> None:
    for since in ("today", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"):
        answer = client_of(ana).get(f"/api/v1/rounds/{round.pk}/own-progress/", {"since": since})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["since"])


def test_the_author_sees_what_a_reviewer_changed_and_why(
    round: Round, ana: User, rita: User, hand_in: HandIn, client_of: ClientOf
) -> None:
    caption = hand_in(round, ana, "A green lizard.")
    kept = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)
    review(caption, rita, Verdict.FIXED, comment="It is an iguana.", text="A green iguana.", concepts=[kept])
    [told] = asked(client_of(ana), "captions/", mine=1)["results"]
    assert told["reviews"] == [told["review"]]
    assert told["review"] == {
        "level": 1,
        "verdict": "fixed",
        "comment": "It is an iguana.",
        "reviewer": "rita",
        "anchor": None,
        "fixed_text": "A green iguana.",
        "concept_changes": [{"phrase": "iguana", "before": None, "after": {"outcome": "kept", "reason": ""}}],
    }
    assert told["thumbnail_url"].startswith(f"/api/v1/images/{caption.task.image_id}/pixels/thumbnail/")


def test_of_each_task_the_latest_and_whether_it_can_be_taken_back(
    round: Round, ana: User, ben: User, rita: User, hand_in: HandIn, client_of: ClientOf
) -> None:
    client = client_of(ana)
    reviewed, again, gone, plain = (hand_in(round, ana) for _ in range(4))
    review(reviewed, rita, Verdict.ACCEPTED)
    assert take_back(client, again).status_code == 200
    newer = hand_in(round, ana, "A newer one.", task=again.task)
    withdraw_image(image=gone.task.image, reason="Asked for.", withdrawn_by=None)
    told = asked(client, "captions/", mine=1, latest=1)["results"]
    assert [(one["id"], one["can_reopen"]) for one in told] == [
        (newer.pk, True),
        (plain.pk, True),
        (gone.pk, False),
        (reviewed.pk, False),
    ]
    [other, *_] = asked(client_of(rita), "captions/", task=plain.task_id)["results"]
    assert other["can_reopen"] is False
    close_round(round=round, closed_by=None)
    told = asked(client, "captions/", mine=1, latest=1)["results"]
    assert {one["can_reopen"] for one in told} == {False}


def test_taking_back_is_refused_with_a_code_and_a_reason(
    round: Round, ana: User, ben: User, rita: User, hand_in: HandIn, client_of: ClientOf
) -> None:
    client = client_of(ana)
    first, reviewed, last = (hand_in(round, ana) for _ in range(3))
    assert take_back(client, first).json()["working_copy"]["text"] == first.text
    review(reviewed, rita, Verdict.ACCEPTED)

    def refused(caption: Caption, by: APIClient = client) -> tuple[int, str, str]:
        answer = take_back(by, caption)
        return answer.status_code, answer.json()["code"], answer.json()["detail"].split(",")[0]

    assert refused(first) == (
        409,
        "task-not-yours",
        "You have taken this caption back already. Go on with it at the workbench.",
    )
    assert refused(reviewed)[:2] == (409, "task-not-yours")
    assert refused(last, by=client_of(ben))[:2] == (404, "not-found")
    membership = Membership.objects.filter(user=ana)
    membership.update(paused_at=Now())
    assert refused(last)[:2] == (403, "paused")
    membership.update(paused_at=None)
    close_round(round=round, closed_by=None)
    assert refused(last)[:2] == (409, "round-closed")


def test_a_reviewer_sees_how_much_waits_and_what_they_accepted(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    rita: User,
    person: Callable[..., User],
    hand_in: HandIn,
    client_of: ClientOf,
) -> None:
    images = make_images(2)
    AltText.objects.filter(image__in=images).update(phrases=["green iguana", "Green Iguana", "rock"])
    round = open_round(annotators_per_image=2, review_share=1.0)
    kept = ConceptOutcomeGiven(phrase="rock", outcome=ConceptOutcome.KEPT)
    captions = [hand_in(round, who) for who in (ana, ben) for _ in range(2)]
    client = client_of(rita)
    assert asked(client, f"rounds/{round.pk}/waiting/") == {"review": 4, "adjudication": 2}
    [first, *_] = asked(client, f"rounds/{round.pk}/review-queue/")
    assert (first["phrases"], first["concepts"], first["own_verdict"]) == (["green iguana", "rock"], [], None)
    assert asked(client, f"rounds/{round.pk}/own-verdicts/") == []
    body = {"caption": captions[0].pk, "verdict": "accepted", "comment": "Good."}
    path = f"/api/v1/tasks/{captions[0].task_id}/review/"
    assert client.post(path, body, format="json").status_code == 201
    [own] = asked(client, f"rounds/{round.pk}/own-verdicts/")
    assert (own["id"], own["level"], own["earlier_reviews"]) == (captions[0].pk, 1, [])
    assert (own["own_verdict"]["verdict"], own["own_verdict"]["comment"]) == ("accepted", "Good.")
    assert asked(client_of(person("rudi", Role.REVIEWER)), f"rounds/{round.pk}/own-verdicts/") == []
    fix = {
        "caption": captions[0].pk,
        "verdict": "fixed",
        "concepts": [{"phrase": "rock", "outcome": "kept"}],
    }
    assert client.post(path, fix, format="json").status_code == 201
    assert asked(client, f"rounds/{round.pk}/own-verdicts/") == []
    current = Task.objects.get(pk=captions[0].task_id).current_caption
    assert current is not None
    assert kept.phrase in {one.phrase for one in current.concepts.all()}
    again = client.post(path, body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "task-not-reviewable")
