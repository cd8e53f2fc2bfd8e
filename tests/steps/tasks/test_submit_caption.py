"""Submitting: once per submission id, never thrown away, wholly before or wholly after the round's close."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models.functions import Now

from annotation_server.choices import ConceptOutcome, DropReason, RoundState, StartingText, TaskState, Verdict
from annotation_server.errors import InvalidText, RoundClosed, SubmissionReused, TaskNotYours
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    Concept,
    Draft,
    Event,
    Image,
    Round,
    Task,
    User,
    WorkingCopy,
)
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import release_task, skip_task
from annotation_server.steps.tasks.submit_caption import Submission, submit_caption
from annotation_server.texts.concepts import ConceptOutcomeGiven
from tests.at_once import at_once

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
ID = UUID(int=1)


@pytest.fixture
def round(make_images: Images, open_round: Open) -> Round:
    """An open round with two tasks."""
    make_images(2)
    return open_round()


@pytest.fixture
def task(round: Round, ana: User) -> Task:
    """Held by ana."""
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    return Task.objects.get(pk=task_id)


def submit(task: Task, annotator: User, text: str = "A green iguana.", **given: Any) -> Submission:
    wanted = {"submission_id": ID, "seconds": 4.0, "concepts": [], **given}
    return submit_caption(task_id=task.pk, annotator=annotator, text=text, **wanted)


def take_over(task: Task, annotator: User) -> None:
    """The lease ends, and the other person has the task."""
    Task.objects.filter(pk=task.pk).update(lease_expires_at=Now() - timedelta(seconds=1))
    Task.objects.filter(round=task.round, state=TaskState.PENDING).update(state=TaskState.SKIPPED)
    assert claim_tasks(round_id=task.round.pk, annotator=annotator, count=1) == [task.pk]


def test_a_submission_becomes_a_caption(task: Task, ana: User) -> None:
    submission = submit(task, ana, "A green\r\niguana.\r")
    caption = Caption.objects.get()
    task.refresh_from_db()
    assert submission == Submission(caption=caption, repeated=False)
    assert (caption.text, caption.seconds, caption.late) == ("A green\niguana.\n", 4.0, False)
    assert (caption.alt_text, caption.parent, caption.draft) == (
        AltText.objects.get(image=task.image),
        None,
        None,
    )
    assert (task.state, task.current_caption, task.lease_expires_at) == (TaskState.SUBMITTED, caption, None)
    assert WorkingCopy.objects.get(task=task).text == caption.text
    assert Event.objects.filter(verb="caption.submitted", object_id=str(caption.pk), actor=ana).count() == 1


def test_concepts_are_stored_with_the_caption(task: Task, ana: User) -> None:
    dropped = ConceptOutcomeGiven(
        phrase="Bob", outcome=ConceptOutcome.DROPPED, reason=DropReason.NOT_IN_IMAGE
    )
    kept = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)
    twice = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.CORRECTED)
    submit(task, ana, concepts=[dropped, kept, twice])
    assert list(Concept.objects.values_list("phrase", "outcome", "reason")) == [
        ("Bob", "dropped", "not_in_image"),
        ("iguana", "corrected", ""),
    ]


def test_the_same_submission_again_is_the_same_caption(task: Task, ana: User) -> None:
    first = submit(task, ana)
    assert submit(task, ana) == Submission(caption=first.caption, repeated=True)
    assert Caption.objects.count() == 1


def test_the_same_submission_again_after_the_close_is_the_same_caption(
    task: Task, ana: User, round: Round
) -> None:
    first = submit(task, ana)
    close_round(round=round, closed_by=None)
    assert submit(task, ana) == Submission(caption=first.caption, repeated=True)


def test_the_same_id_with_another_text_is_refused(task: Task, ana: User) -> None:
    submit(task, ana)
    with pytest.raises(SubmissionReused):
        submit(task, ana, "Another text.")
    assert Caption.objects.get().text == "A green iguana."


def test_the_same_id_for_another_task_or_person_is_refused(
    task: Task, ana: User, ben: User, round: Round
) -> None:
    submit(task, ana)
    [of_ben] = claim_tasks(round_id=round.pk, annotator=ben, count=1)
    with pytest.raises(SubmissionReused):
        submit(Task.objects.get(pk=of_ben), ben)
    assert Caption.objects.count() == 1


def test_a_second_submission_is_refused(task: Task, ana: User) -> None:
    submit(task, ana)
    with pytest.raises(TaskNotYours):
        submit(task, ana, "Changed my mind.", submission_id=uuid4())
    assert Caption.objects.count() == 1


def test_who_never_held_the_task_is_refused(task: Task, ben: User) -> None:
    with pytest.raises(TaskNotYours):
        submit(task, ben)
    assert Caption.objects.count() == 0


@pytest.mark.parametrize("text", ["", " \n\t", "x" * 10_001, "nul \x00", "half \ud83d"])
def test_what_is_no_caption_is_refused(task: Task, ana: User, text: str) -> None:
    with pytest.raises(InvalidText):
        submit(task, ana, text)
    task.refresh_from_db()
    assert (Caption.objects.count(), task.state) == (0, TaskState.CLAIMED)


@pytest.mark.parametrize("text", ["\u202egnp.elif\u202c", "e" + "\u0301" * 400, "ลิงก์ 🦎 \u200f שלום", "=1+1"])
def test_odd_texts_are_stored_exactly(task: Task, ana: User, text: str) -> None:
    submit(task, ana, text)
    assert Caption.objects.get().text == text


def test_a_lease_that_ended_does_not_matter_while_nobody_else_has_the_task(task: Task, ana: User) -> None:
    Task.objects.filter(pk=task.pk).update(lease_expires_at=Now() - timedelta(hours=1))
    assert not submit(task, ana).caption.late
    task.refresh_from_db()
    assert task.state == TaskState.SUBMITTED


def test_a_task_given_back_can_still_be_submitted(task: Task, ana: User) -> None:
    release_task(task=task, annotator=ana)
    assert not submit(task, ana).caption.late
    task.refresh_from_db()
    assert (task.state, task.annotator) == (TaskState.SUBMITTED, ana)


def test_when_somebody_else_has_the_task_both_captions_are_kept(task: Task, ana: User, ben: User) -> None:
    take_over(task, ben)
    late = submit(task, ana, "Ana's.").caption
    task.refresh_from_db()
    assert late.late
    assert (task.state, task.annotator, task.flagged) == (TaskState.CLAIMED, ben, False)
    in_time = submit(task, ben, "Ben's.", submission_id=uuid4()).caption
    task.refresh_from_db()
    assert not in_time.late
    assert (task.state, task.current_caption) == (TaskState.SUBMITTED, in_time)


def test_who_skipped_a_task_hands_in_nothing_of_it(task: Task, ana: User, ben: User, round: Round) -> None:
    skip_task(task=task, annotator=ana, reason="Too dark.")
    with pytest.raises(TaskNotYours):
        submit(task, ana)
    [again] = claim_tasks(round_id=round.pk, annotator=ben, count=1)
    skip_task(task=Task.objects.get(pk=again), annotator=ben, reason="Too dark.")
    for annotator in (ana, ben):
        with pytest.raises(TaskNotYours):
            submit(task, annotator)
    task.refresh_from_db()
    assert (Caption.objects.count(), task.state) == (0, TaskState.SKIPPED)


def test_a_closed_round_refuses_and_keeps_the_words(task: Task, ana: User, round: Round) -> None:
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        submit(task, ana, "My words.")
    assert Caption.objects.count() == 0
    assert WorkingCopy.objects.get(task=task, annotator=ana).text == "My words."


def test_a_returned_caption_is_the_parent_of_the_next(
    make_images: Images, open_round: Open, ana: User, rita: User, hand_in: HandIn
) -> None:
    make_images(1)
    round = open_round(review_share=0.0)
    first = hand_in(round, ana)
    task = first.task
    Task.objects.filter(pk=task.pk).update(needs_review=True)
    review_caption(
        caption=first, reviewer=rita, verdict=Verdict.RETURNED, comment="Which one?", text=None, limit=99
    )
    second = hand_in(round, ana, "A marine iguana.")
    task.refresh_from_db()
    assert (second.parent, second.task, task.needs_review) == (first, task, True)


def test_the_draft_or_the_previous_caption_is_the_parent(
    make_images: Images,
    open_round: Open,
    ana: User,
    ben: User,
    hand_in: HandIn,
    train: Callable[..., CaptionerRun],
) -> None:
    make_images(2)
    first = open_round()
    before = {caption.task.image_id: caption for caption in (hand_in(first, ana), hand_in(first, ana))}
    train(first)
    second = open_round(starting_text=StartingText.DRAFT)
    from_draft = hand_in(second, ben)
    assert from_draft.parent == before[from_draft.task.image_id]
    assert from_draft.draft == Draft.objects.get(image=from_draft.task.image_id)
    hand_in(second, ben)
    train(second)
    third = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    from_caption = hand_in(third, ana)
    assert from_caption.draft is None
    assert from_caption.parent is not None
    assert from_caption.parent.task.round == second


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (1.0, 30)])
def test_the_review_sample_follows_its_share(
    share: float, expected: int, ana: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(30)
    round = open_round(review_share=share)
    for _ in range(30):
        hand_in(round, ana)
    assert Task.objects.filter(round=round, needs_review=True).count() == expected


@pytest.mark.django_db(transaction=True)
def test_one_submission_sent_by_many_at_once_is_one_caption(task: Task, ana: User) -> None:
    answers = at_once([lambda: submit(task, ana)] * 8)
    assert [one for one in answers if isinstance(one, Exception)] == []
    caption = Caption.objects.get()
    assert sorted((one.caption.pk, one.repeated) for one in answers if isinstance(one, Submission)) == [
        (caption.pk, False),
        *[(caption.pk, True)] * 7,
    ]


@pytest.mark.django_db(transaction=True)
def test_different_texts_at_once_make_one_caption(task: Task, ana: User) -> None:
    answers = at_once(
        [lambda n=n: submit(task, ana, f"Text {n}.", submission_id=UUID(int=n)) for n in range(8)]  # type: ignore[misc]
    )
    stored = [one for one in answers if isinstance(one, Submission)]
    assert len(stored) == 1
    assert {type(one) for one in answers if isinstance(one, Exception)} == {TaskNotYours}
    assert Caption.objects.get() == stored[0].caption


@pytest.mark.django_db(transaction=True)
def test_a_close_among_submissions_has_each_wholly_before_or_after(
    person: Callable[..., User], make_images: Images, open_round: Open
) -> None:
    make_images(24)
    round = open_round()
    people = [person(f"person{number}") for number in range(24)]
    tasks = {
        one: Task.objects.get(pk=claim_tasks(round_id=round.pk, annotator=one, count=1)[0]) for one in people
    }

    def hand_in_one(one: User) -> Any:
        return submit(tasks[one], one, f"By {one.username}.", submission_id=uuid4())

    def close() -> Any:
        return close_round(round=round, closed_by=None)

    actions = [lambda one=one: hand_in_one(one) for one in people]
    answers = at_once([*actions[:12], close, *actions[12:]])
    by_person = dict(zip(people, answers[:12] + answers[13:], strict=True))
    round.refresh_from_db()
    assert round.state == RoundState.CLOSING
    assert not isinstance(answers[12], Exception), answers[12]
    for one, answer in by_person.items():
        task = Task.objects.get(pk=tasks[one].pk)
        if isinstance(answer, Submission):
            assert (task.state, task.current_caption) == (TaskState.ACCEPTED, answer.caption)
        else:
            assert isinstance(answer, RoundClosed), answer
            assert task.state == TaskState.CANCELLED
            assert WorkingCopy.objects.get(task=task, annotator=one).text == f"By {one.username}."


def test_an_image_that_was_taken_down_is_said_to_be(task: Task, ana: User, ada: User) -> None:
    withdraw_image(image=task.image, reason="Its source asked.", withdrawn_by=ada)
    with pytest.raises(TaskNotYours, match="was taken down"):
        submit(task, ana)
