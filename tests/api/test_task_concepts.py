"""What somebody decided on the alt-text's phrases stays with their work: on another device, after taking a submission back,
after a return, and in the next round, where it is shown as what was decided before."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import CheckKind, ConceptOutcome, DropReason, StartingText, Verdict
from annotation_server.models import Caption, CaptionerRun, Concept, Image, Round, Task, User, WorkingCopy
from annotation_server.queries.tasks.task_view import task_views
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks

Train = Callable[..., CaptionerRun]
ClientOf = Callable[[User | None], APIClient]
WRONG = {"phrase": "Costa Rica", "outcome": "dropped", "reason": "wrong"}
TRUSTED = {"phrase": "Iggy", "outcome": "kept_on_trust", "reason": None}
LEDGER = [
    {"phrase": "green iguana", "outcome": "kept"},
    {"phrase": "1998", "outcome": "dropped"},
    WRONG,
    TRUSTED,
]
TEXT = "A green iguana, Iggy."


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(1)
    return open_round(review_share=1.0)


@pytest.fixture
def task(round: Round, ana: User) -> Task:
    """Ana's."""
    [pk] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    return Task.objects.get(pk=pk)


@pytest.fixture
def anas(ana: User, client_of: ClientOf) -> APIClient:
    return client_of(ana)


def save(client: APIClient, task: Task, version: int, **more: Any) -> Any:
    body = {"text": TEXT, "version": version, **more}
    answer = client.put(f"/api/v1/tasks/{task.pk}/working-copy/", body, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def seen(client: APIClient, task: Task) -> Any:
    return client.get(f"/api/v1/tasks/{task.pk}/").json()


def submit(client: APIClient, task: Task, concepts: list[Any]) -> Caption:
    body = {"submission_id": str(uuid4()), "text": TEXT, "concepts": concepts}
    answer = client.post(f"/api/v1/tasks/{task.pk}/submit/", body, format="json")
    assert answer.status_code == 201, answer.content
    return Caption.objects.get(pk=answer.json()["id"])


def test_they_are_saved_with_the_text_and_seen_on_another_device(anas: APIClient, task: Task) -> None:
    assert seen(anas, task)["concepts"] == []
    save(anas, task, 0, concepts=[WRONG])
    save(anas, task, 1)  # Another program says nothing of them.
    assert seen(anas, task)["concepts"] == [WRONG]
    save(anas, task, 2, concepts=[{"phrase": "Costa Rica", "outcome": "corrected"}])
    assert seen(anas, task)["concepts"] == [{"phrase": "Costa Rica", "outcome": "corrected", "reason": None}]
    save(anas, task, 3, concepts=[])
    assert seen(anas, task)["concepts"] == []


def test_the_same_text_saved_again_keeps_what_was_decided_since(anas: APIClient, task: Task) -> None:
    save(anas, task, 0)
    assert save(anas, task, 0, concepts=[WRONG])["version"] == 1
    assert seen(anas, task)["concepts"] == [WRONG]


def test_a_submission_taken_back_has_its_decisions(anas: APIClient, task: Task) -> None:
    save(anas, task, 0, concepts=[{"phrase": "Iggy", "outcome": "corrected"}])
    caption = submit(anas, task, LEDGER)
    answer = anas.post(f"/api/v1/tasks/{task.pk}/undo/", {"caption": caption.pk}, format="json")
    assert answer.json()["concepts"] == [WRONG, TRUSTED]
    assert WorkingCopy.objects.get(task=task).concepts is None


def test_a_returned_task_has_them_for_its_author_alone(
    anas: APIClient, task: Task, rita: User, ben: User
) -> None:
    caption = submit(anas, task, LEDGER)
    review_caption(
        caption=caption, reviewer=rita, verdict=Verdict.RETURNED, comment="Where?", text=None, limit=1_000
    )
    assert seen(anas, task)["concepts"] == [WRONG, TRUSTED]
    [others] = task_views(task_ids=[task.pk], viewer_id=ben.pk)
    assert others["concepts"] == []


@pytest.mark.parametrize("fixed", [False, True])
def test_the_next_round_shows_what_was_decided_before(
    anas: APIClient,
    task: Task,
    ben: User,
    rita: User,
    train: Train,
    open_round: Callable[..., Round],
    fixed: bool,
) -> None:
    caption = submit(anas, task, LEDGER)
    review_caption(
        caption=caption,
        reviewer=rita,
        verdict=Verdict.FIXED if fixed else Verdict.ACCEPTED,
        comment="",
        text=f"{TEXT} It basks." if fixed else None,
        limit=1_000,
    )
    train(task.round)
    again = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    [pk] = claim_tasks(round_id=again.pk, annotator=ben, count=1)
    [view] = task_views(task_ids=[pk], viewer_id=ben.pk)
    assert (view["concepts"], view["concepts_before"]) == ([], [WRONG, TRUSTED])


def test_a_check_shows_no_decision_that_gives_its_error_away(
    anas: APIClient, task: Task, ben: User, rita: User, train: Train, open_round: Callable[..., Round]
) -> None:
    caption = submit(anas, task, LEDGER)
    review_caption(
        caption=caption, reviewer=rita, verdict=Verdict.ACCEPTED, comment="", text=None, limit=1_000
    )
    Concept.objects.create(
        caption=caption, phrase="GREY", outcome=ConceptOutcome.DROPPED, reason=DropReason.WRONG
    )
    train(task.round)
    again = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    [pk] = claim_tasks(round_id=again.pk, annotator=ben, count=1)
    [plain] = task_views(task_ids=[pk], viewer_id=ben.pk)
    assert [one["phrase"] for one in plain["concepts_before"]] == ["Costa Rica", "Iggy", "GREY"]
    check = Task.objects.create(
        round=again,
        image=task.image,
        slot=1,
        position=99,
        starting_text="A grey iguana, Ralph.",
        starting_source=StartingText.PREVIOUS_CAPTION,
        previous_caption=caption,
        check_kind=CheckKind.WRONG_COLOUR,
        check_wrong="grey",
        check_right="green",
    )
    [view] = task_views(task_ids=[check.pk], viewer_id=ben.pk)
    assert view["concepts_before"] == [WRONG]


def test_a_text_may_be_longer_than_a_caption_until_it_is_handed_in(anas: APIClient, task: Task) -> None:
    task.round.project.caption_limit = 20
    task.round.project.save(update_fields=["caption_limit"])
    assert save(anas, task, 0)["version"] == 1
    body = {"submission_id": str(uuid4()), "text": TEXT}
    refused = anas.post(f"/api/v1/tasks/{task.pk}/submit/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid-text")
    assert seen(anas, task)["working_copy"]["text"] == TEXT
