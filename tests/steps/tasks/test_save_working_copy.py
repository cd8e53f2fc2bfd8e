"""Autosave: two tabs never overwrite each other, a repeated save is one save, and the lease runs on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from annotation_server.errors import InvalidText, NewerTextSaved, TaskNotYours
from annotation_server.models import Image, Round, Task, User, WorkingCopy
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.save_working_copy import save_working_copy
from tests.at_once import at_once


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    """An open round with one task."""
    make_images(1)
    return open_round()


@pytest.fixture
def task(round: Round, ana: User) -> Task:
    """Held by ana."""
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    return Task.objects.get(pk=task_id)


def save(task: Task, annotator: User, text: str, version: int) -> int:
    return save_working_copy(task=task, annotator=annotator, text=text, version=version, limit=100)[0]


def stored(task: Task, annotator: User) -> tuple[str, int]:
    copy = WorkingCopy.objects.get(task=task, annotator=annotator)
    return copy.text, copy.version


def test_each_save_makes_the_next_version(task: Task, ana: User) -> None:
    assert save(task, ana, "A", 0) == 1
    assert save(task, ana, "A gr", 1) == 2
    assert stored(task, ana) == ("A gr", 2)


def test_a_tab_that_was_behind_is_refused_with_the_newer_text(task: Task, ana: User) -> None:
    save(task, ana, "from the first tab", 0)
    with pytest.raises(NewerTextSaved) as refused:
        save(task, ana, "from the second tab", 0)
    assert refused.value.extra == {"text": "from the first tab", "version": 1}
    assert stored(task, ana) == ("from the first tab", 1)


def test_the_same_save_again_is_answered_alike(task: Task, ana: User) -> None:
    assert save(task, ana, "A", 0) == 1
    assert save(task, ana, "A", 0) == 1
    assert stored(task, ana) == ("A", 1)


def test_a_save_that_comes_out_of_order_is_refused(task: Task, ana: User) -> None:
    save(task, ana, "A gre", 0)
    save(task, ana, "A green", 1)
    with pytest.raises(NewerTextSaved):
        save(task, ana, "A gr", 1)
    assert stored(task, ana) == ("A green", 2)


def test_an_empty_text_can_be_saved(task: Task, ana: User) -> None:
    save(task, ana, "", 0)
    assert stored(task, ana) == ("", 1)


def test_a_save_extends_the_lease(task: Task, ana: User) -> None:
    Task.objects.filter(pk=task.pk).update(lease_expires_at=Now() + timedelta(seconds=5))
    _, lease = save_working_copy(task=task, annotator=ana, text="A", version=0, limit=100)
    task.refresh_from_db()
    assert lease == task.lease_expires_at
    assert Task.objects.filter(pk=task.pk, lease_expires_at__gt=Now() + timedelta(minutes=29)).exists()


def test_words_are_kept_when_the_task_is_in_other_hands(
    task: Task, ana: User, ben: User, round: Round
) -> None:
    Task.objects.filter(pk=task.pk).update(lease_expires_at=Now() - timedelta(seconds=1))
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [task.pk]
    of_ben = Task.objects.get(pk=task.pk).lease_expires_at
    version, lease = save_working_copy(task=task, annotator=ana, text="mine", version=0, limit=100)
    again = save_working_copy(
        task=Task.objects.get(pk=task.pk), annotator=ana, text="mine", version=0, limit=100
    )
    assert ((version, lease), again) == ((1, None), (1, None))
    assert Task.objects.get(pk=task.pk).lease_expires_at == of_ben
    assert stored(task, ana) == ("mine", 1)
    assert stored(task, ben) == (task.starting_text, 0)


def test_words_are_kept_when_the_round_was_closed(task: Task, ana: User, round: Round) -> None:
    close_round(round=round, closed_by=None)
    assert save_working_copy(task=task, annotator=ana, text="late", version=0, limit=100) == (1, None)
    assert stored(task, ana) == ("late", 1)


def test_who_never_held_the_task_is_refused(task: Task, ben: User) -> None:
    with pytest.raises(TaskNotYours):
        save(task, ben, "not mine", 0)
    assert list(WorkingCopy.objects.values_list("annotator__username", flat=True)) == ["ana"]


@pytest.mark.parametrize("text", ["x" * 101, "nul \x00", "half \ud83d"])
def test_what_cannot_be_stored_is_refused(task: Task, ana: User, text: str) -> None:
    with pytest.raises(InvalidText):
        save(task, ana, text, 0)
    assert stored(task, ana) == (task.starting_text, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_once_one_wins(task: Task, ana: User) -> None:
    answers = at_once([lambda tab=tab: save(task, ana, f"tab {tab}", 0) for tab in range(8)])  # type: ignore[misc]
    refusals = [one for one in answers if isinstance(one, NewerTextSaved)]
    assert [one for one in answers if not isinstance(one, Exception)] == [1]
    assert len(refusals) == 7
    winner = answers.index(1)
    assert stored(task, ana) == (f"tab {winner}", 1)
