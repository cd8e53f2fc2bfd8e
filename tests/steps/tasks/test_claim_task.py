"""Claiming: each task to one person, in the right order, topped up, never one's own previous caption."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from annotation_server.choices import StartingText, TaskState, Verdict
from annotation_server.errors import NotAllowed, RoundClosed
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Image,
    Membership,
    Project,
    Round,
    Task,
    User,
    WorkingCopy,
)
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import release_task, skip_task
from tests.at_once import at_once

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]


def ids_in_order(round: Round) -> list[int]:
    return list(Task.objects.filter(round=round).order_by("position").values_list("pk", flat=True))


def let_lease_end(task_id: int) -> None:
    Task.objects.filter(pk=task_id).update(lease_expires_at=Now() - timedelta(seconds=1))


def test_tasks_are_given_in_the_order_of_the_round(ana: User, make_images: Images, open_round: Open) -> None:
    make_images(3)
    round = open_round()
    assert claim_tasks(round_id=round.pk, annotator=ana, count=2) == ids_in_order(round)[:2]


def test_a_claim_leases_the_task_and_starts_a_working_copy(
    ana: User, make_images: Images, open_round: Open
) -> None:
    make_images(1)
    round = open_round(lease_minutes=7)
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    task = Task.objects.annotate(now=Now()).get(pk=task_id)
    copy = WorkingCopy.objects.get(task=task)
    assert (task.state, task.annotator) == (TaskState.CLAIMED, ana)
    assert task.lease_expires_at is not None
    assert timedelta(minutes=6, seconds=50) < task.lease_expires_at - task.now <= timedelta(minutes=7)
    assert (copy.annotator, copy.text, copy.version) == (ana, task.starting_text, 0)


def test_asking_again_gives_the_same_tasks_and_tops_up(
    ana: User, make_images: Images, open_round: Open
) -> None:
    make_images(4)
    round = open_round()
    first = claim_tasks(round_id=round.pk, annotator=ana, count=2)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=2) == first
    assert claim_tasks(round_id=round.pk, annotator=ana, count=3) == ids_in_order(round)[:3]
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == first[:1]
    assert Task.objects.filter(round=round, state=TaskState.CLAIMED).count() == 3


def test_what_is_held_by_others_is_not_given(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    make_images(2)
    round = open_round()
    [of_ana] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=5) == [
        task_id for task_id in ids_in_order(round) if task_id != of_ana
    ]


def test_an_empty_round_gives_nothing(ana: User, ben: User, make_images: Images, open_round: Open) -> None:
    make_images(1)
    round = open_round()
    claim_tasks(round_id=round.pk, annotator=ana, count=1)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == []


def test_a_lease_that_ended_gives_the_task_to_the_next(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    make_images(1)
    round = open_round()
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    let_lease_end(task_id)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [task_id]
    assert Task.objects.get(pk=task_id).annotator == ben
    assert set(WorkingCopy.objects.values_list("annotator__username", flat=True)) == {"ana", "ben"}


def test_fresh_tasks_come_before_those_whose_lease_ended(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    make_images(2)
    round = open_round()
    [of_ana] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    let_lease_end(of_ana)
    fresh = ids_in_order(round)[1]
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [fresh]
    assert claim_tasks(round_id=round.pk, annotator=ben, count=2) == [fresh, of_ana]


def test_a_lease_that_ended_is_renewed_for_its_holder(
    ana: User, make_images: Images, open_round: Open
) -> None:
    make_images(1)
    round = open_round()
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    let_lease_end(task_id)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == [task_id]
    assert Task.objects.filter(pk=task_id, lease_expires_at__gt=Now()).exists()


def test_a_returned_task_comes_first_and_to_its_author_alone(
    ana: User, ben: User, rita: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(3)
    round = open_round(review_share=1.0)
    caption = hand_in(round, ana)
    review_caption(
        caption=caption, reviewer=rita, verdict=Verdict.RETURNED, comment="Which one?", text=None, limit=99
    )
    order = ids_in_order(round)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [order[1]]
    assert claim_tasks(round_id=round.pk, annotator=ana, count=2) == [caption.task_id, order[2]]


def test_a_skipped_image_is_not_offered_to_the_same_person_again(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    make_images(1)
    round = open_round(annotators_per_image=2)
    [first] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    skip_task(task=Task.objects.get(pk=first), annotator=ana, reason="Blurred.")
    assert claim_tasks(round_id=round.pk, annotator=ana, count=5) == []
    assert claim_tasks(round_id=round.pk, annotator=ben, count=5) == [first]


def test_nobody_gets_an_image_twice(ana: User, ben: User, make_images: Images, open_round: Open) -> None:
    make_images(2)
    round = open_round(annotators_per_image=2)
    of_ana = claim_tasks(round_id=round.pk, annotator=ana, count=10)
    of_ben = claim_tasks(round_id=round.pk, annotator=ben, count=10)
    images = [
        set(Task.objects.filter(pk__in=ids).values_list("image", flat=True)) for ids in (of_ana, of_ben)
    ]
    assert (len(of_ana), len(of_ben)) == (2, 2)
    assert images[0] == images[1]
    assert not set(of_ana) & set(of_ben)


def test_who_gave_a_task_back_is_not_given_the_images_other_slot(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    """Else their first text, sent late from an old tab, would make two captions of one image by one person."""
    make_images(1)
    round = open_round(annotators_per_image=2)
    [first] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    release_task(task=Task.objects.get(pk=first), annotator=ana)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=1) == [first]
    assert claim_tasks(round_id=round.pk, annotator=ana, count=5) == []


def test_nobody_gets_their_own_caption_of_the_previous_round(
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Callable[..., CaptionerRun],
) -> None:
    make_images(2)
    first = open_round()
    own, other = hand_in(first, ana), hand_in(first, ben)
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    given = claim_tasks(round_id=second.pk, annotator=ana, count=5)
    assert [task.image_id for task in Task.objects.filter(pk__in=given)] == [other.task.image_id]
    assert Task.objects.get(round=second, image=own.task.image).previous_annotator == ana


def test_own_previous_captions_are_given_where_the_round_allows_it(
    ana: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Callable[..., CaptionerRun],
) -> None:
    make_images(2)
    first = open_round()
    hand_in(first, ana)
    hand_in(first, ana)
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION, own_previous_allowed=True)
    assert len(claim_tasks(round_id=second.pk, annotator=ana, count=5)) == 2


def test_a_closed_round_gives_nothing(ana: User, make_images: Images, open_round: Open) -> None:
    make_images(1)
    round = open_round()
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        claim_tasks(round_id=round.pk, annotator=ana, count=1)


def test_who_is_paused_keeps_their_tasks_and_gets_no_more(
    ana: User, make_images: Images, open_round: Open
) -> None:
    make_images(2)
    round = open_round()
    [held] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    Membership.objects.filter(user=ana).update(paused_at=Now())
    with pytest.raises(NotAllowed):
        claim_tasks(round_id=round.pk, annotator=ana, count=2)
    assert list(Task.objects.filter(annotator=ana).values_list("pk", flat=True)) == [held]


def test_a_task_given_back_is_found_again_after_the_others(
    ana: User, ben: User, make_images: Images, open_round: Open
) -> None:
    make_images(4)
    round = open_round()
    order = ids_in_order(round)
    [first] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=2) == order[1:3]
    release_task(task=Task.objects.get(pk=first), annotator=ana)
    assert claim_tasks(round_id=round.pk, annotator=ben, count=4) == [*order[1:], first]


def test_a_claim_is_one_statement(
    ana: User, make_images: Images, open_round: Open, django_assert_num_queries: Callable[..., Any]
) -> None:
    make_images(3)
    round = open_round()
    with django_assert_num_queries(1):
        claim_tasks(round_id=round.pk, annotator=ana, count=3)


@pytest.mark.django_db(transaction=True)
def test_64_clients_claim_1000_tasks_exactly_once(
    project: Project, person: Callable[..., User], make_images: Images, open_round: Open
) -> None:
    make_images(1_000)
    round = open_round()
    people = [person(f"person{number}") for number in range(64)]

    def claim_all(annotator: User) -> list[int]:
        """Claim three at a time and hand in, until there is nothing left."""
        got: list[int] = []
        while ids := claim_tasks(round_id=round.pk, annotator=annotator, count=3):
            got += ids
            with connection.cursor() as cursor:  # What a submission does to the task, without its text.
                cursor.execute(
                    "UPDATE task SET state = 'skipped', lease_expires_at = NULL WHERE id = ANY(%s)", [ids]
                )
        return got

    claimed = at_once([lambda one=one: claim_all(one) for one in people])  # type: ignore[misc]
    times = Counter(chain.from_iterable(ids for ids in claimed if not isinstance(ids, Exception)))
    assert [one for one in claimed if isinstance(one, Exception)] == []
    assert times == Counter(dict.fromkeys(ids_in_order(round), 1))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_of_one_person_never_take_both_slots_of_an_image(
    ana: User, make_images: Images, open_round: Open
) -> None:
    make_images(20)
    round = open_round(annotators_per_image=2)
    claim = lambda: claim_tasks(round_id=round.pk, annotator=ana, count=5)  # noqa: E731
    answers = at_once([claim] * 8)
    held = Task.objects.filter(round=round, annotator=ana).values_list("image", flat=True)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert len(held) == len(set(held)) >= 5


@pytest.mark.django_db(transaction=True)
def test_a_claim_reads_the_tasks_that_it_gives_and_not_the_round(
    ana: User, make_images: Images, open_round: Open
) -> None:
    """Else a claim in a round of a million tasks takes seconds."""
    make_images(300)
    round = open_round()
    with transaction.atomic(), connection.cursor() as cursor:
        claim_tasks(round_id=round.pk, annotator=ana, count=3)
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'task'"
        )
        assert cursor.fetchone()[0] < 50
