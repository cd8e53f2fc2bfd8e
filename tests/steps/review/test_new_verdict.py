"""A reviewer who accepted a caption may decide on it again, until somebody else has; reviewers correct concept answers too."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotation_server.choices import ConceptOutcome, DropReason, Role, TaskState, Verdict
from annotation_server.errors import InvalidSettings, RoundClosed, TaskNotReviewable
from annotation_server.models import Caption, Concept, Image, Review, Round, Task, User
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.review.review_levels import reviews_by_level
from annotation_server.queries.review.review_queue import review_queue, revisable
from annotation_server.queries.review.standing_reviews import standing
from annotation_server.queries.tasks.task_view import task_views
from annotation_server.steps.review.adjudicate import adjudicate
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.texts.concepts import ConceptOutcomeGiven

HandIn = Callable[..., Caption]
KEPT = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)
WRONG = ConceptOutcomeGiven(phrase="tree", outcome=ConceptOutcome.DROPPED, reason=DropReason.WRONG)
UNSURE = ConceptOutcomeGiven(phrase="tree", outcome=ConceptOutcome.DROPPED, reason=DropReason.UNSURE)


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(1)
    return open_round(review_share=1.0)


@pytest.fixture
def caption(round: Round, ana: User) -> Caption:
    """By ana, with two concept answers."""
    [task] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    made = submit_caption(
        task_id=task,
        annotator=ana,
        submission_id=uuid4(),
        text="A green iguana.",
        seconds=None,
        concepts=[KEPT, UNSURE],
    )
    return Caption.objects.select_related("task").get(pk=made.caption.pk)


def review(caption: Caption, reviewer: User, verdict: Verdict = Verdict.ACCEPTED, **given: Any) -> Review:
    named = {"comment": "Because." if verdict == Verdict.RETURNED else "", "text": None, **given}
    return review_caption(caption=caption, reviewer=reviewer, verdict=verdict, limit=1_000, **named)


def answers(caption: Caption) -> list[tuple[str, str, str]]:
    return list(Concept.objects.filter(caption=caption).values_list("phrase", "outcome", "reason"))


def test_what_was_accepted_can_be_returned_by_the_same_reviewer(
    caption: Caption, rita: User, ana: User, round: Round
) -> None:
    first = review(caption, rita)
    assert list(revisable(round=round, reviewer=rita)) == [caption]
    second = review(caption, rita, Verdict.RETURNED)
    assert (first.revision, second.revision) == (0, 1)
    assert list(standing(Review.objects.all())) == [second]
    assert list(revisable(round=round, reviewer=rita)) == []
    task = Task.objects.get(pk=caption.task_id)
    assert (task.state, task.annotator, task.review_level) == (TaskState.RETURNED, ana, 0)
    [view] = task_views(task_ids=[task.pk], viewer_id=ana.pk)
    assert (view["review"]["verdict"], view["review"]["comment"]) == ("returned", "Because.")
    with pytest.raises(TaskNotReviewable):
        review(caption, rita)


def test_only_the_last_verdict_counts_in_reports(caption: Caption, rita: User, round: Round) -> None:
    review(caption, rita)
    fixed = review(caption, rita, Verdict.FIXED, text="A marine iguana.").fixed_caption
    assert Task.objects.get(pk=caption.task_id).current_caption == fixed
    [level] = reviews_by_level(round=round)
    assert (level.accepted, level.returned, level.fixed) == (0, 0, 1)
    [work] = people_report(round=round)
    assert (work.accepted, work.fixed) == (0, 1)


def test_nobody_else_puts_a_verdict_in_its_place(
    caption: Caption, rita: User, ada: User, round: Round
) -> None:
    review(caption, rita)
    assert list(revisable(round=round, reviewer=ada)) == []
    with pytest.raises(TaskNotReviewable, match="Another reviewer"):
        review(caption, ada, Verdict.RETURNED)


@pytest.mark.parametrize("verdict", [Verdict.RETURNED, Verdict.FIXED])
def test_a_return_and_a_fix_stand(caption: Caption, rita: User, verdict: Verdict) -> None:
    review(caption, rita, verdict, text="Fixed." if verdict == Verdict.FIXED else None)
    with pytest.raises(TaskNotReviewable, match="stands"):
        review(caption, rita)


def test_until_the_next_level_has_decided(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
    person: Callable[..., User],
    ana: User,
    rita: User,
) -> None:
    make_images(2)
    round = open_round(review_share=1.0, review_levels=2)
    rudi = person("rudi", Role.REVIEWER)
    one, other = hand_in(round, ana), hand_in(round, ana)
    for caption in (one, other):
        review(caption, rita, level=1)
    review(other, rudi, level=2)
    assert list(revisable(round=round, reviewer=rita)) == [one]
    assert list(revisable(round=round, reviewer=rudi)) == [other]
    with pytest.raises(TaskNotReviewable):
        review(other, rita, Verdict.RETURNED, level=1)
    review(one, rita, Verdict.FIXED, text="Fixed.", level=1)
    assert [waiting.text for waiting in review_queue(round=round, reviewer=rudi)] == ["Fixed."]


def test_the_author_is_told_what_a_later_level_says_of_a_fix(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
    person: Callable[..., User],
    ana: User,
    ben: User,
    rita: User,
) -> None:
    make_images(1)
    round = open_round(review_share=1.0, review_levels=2)
    caption = hand_in(round, ana)
    fixed = review(caption, rita, Verdict.FIXED, text="Fixed.", level=1).fixed_caption
    assert fixed is not None
    review(fixed, person("rudi", Role.REVIEWER), Verdict.RETURNED, level=2)
    [of_ana] = task_views(task_ids=[caption.task_id], viewer_id=ana.pk)
    [of_ben] = task_views(task_ids=[caption.task_id], viewer_id=ben.pk)
    assert (of_ana["review"]["comment"], of_ana["review"]["caption_text"]) == ("Because.", "Fixed.")
    assert of_ben["review"] is None


def test_neither_after_a_choice_between_captions_nor_in_a_closed_round(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
    ana: User,
    ben: User,
    rita: User,
    ada: User,
) -> None:
    make_images(2)
    round = open_round(annotators_per_image=2, review_share=1.0)
    chosen, left = hand_in(round, ana, "Ana's."), hand_in(round, ana, "Ana's second.")
    of_ben = [hand_in(round, ben, "Ben's."), hand_in(round, ben, "Ben's second.")]
    [other] = [one for one in of_ben if one.task.image_id == chosen.task.image_id]
    for caption in (chosen, left):
        review(caption, rita)
    adjudicate(
        round=round,
        image_id=chosen.task.image_id,
        seen=[chosen.pk, other.pk],
        decided_by=ada,
        chosen=chosen.pk,
    )
    assert list(revisable(round=round, reviewer=rita)) == [left]
    with pytest.raises(TaskNotReviewable):
        review(chosen, rita, Verdict.RETURNED)
    close_round(round=round, closed_by=None)
    with pytest.raises(RoundClosed):
        review(left, rita, Verdict.RETURNED)


def test_a_reviewer_corrects_concept_answers_and_leaves_the_text(caption: Caption, rita: User) -> None:
    fixed = review(caption, rita, Verdict.FIXED, concepts=[KEPT, WRONG]).fixed_caption
    assert fixed is not None
    assert (fixed.text, fixed.parent, fixed.annotator) == (caption.text, caption, rita)
    assert answers(fixed) == [("iguana", "kept", ""), ("tree", "dropped", "wrong")]
    assert answers(caption) == [("iguana", "kept", ""), ("tree", "dropped", "unsure")]


def test_a_fix_without_answers_keeps_those_that_its_text_bears_out(caption: Caption, rita: User) -> None:
    fixed = review(caption, rita, Verdict.FIXED, text="A green lizard.").fixed_caption
    assert fixed is not None
    assert answers(fixed) == [("tree", "dropped", "unsure")]


def test_a_merged_caption_keeps_them_too(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    rita: User,
) -> None:
    make_images(1)
    round = open_round(annotators_per_image=2)
    seen = []
    for who in (ana, ben):
        [task] = claim_tasks(round_id=round.pk, annotator=who, count=1)
        made = submit_caption(
            task_id=task,
            annotator=who,
            submission_id=uuid4(),
            text=f"An iguana of {who.username}.",
            seconds=None,
            concepts=[KEPT, UNSURE],
        )
        seen.append(made.caption.pk)
    image = Task.objects.filter(round=round).values_list("image", flat=True)[0]
    chosen = adjudicate(
        round=round, image_id=image, seen=seen, decided_by=rita, merged_text="An iguana, merged."
    ).chosen
    assert answers(chosen) == [("iguana", "kept", ""), ("tree", "dropped", "unsure")]


def test_answers_come_with_a_fix_alone_and_reasons_with_what_was_dropped(
    caption: Caption, rita: User
) -> None:
    idle = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT, reason=DropReason.WRONG)
    for verdict, concepts in [(Verdict.ACCEPTED, [KEPT]), (Verdict.RETURNED, []), (Verdict.FIXED, [idle])]:
        with pytest.raises(InvalidSettings):
            review(caption, rita, verdict, concepts=concepts)
    assert (Review.objects.count(), Caption.objects.count()) == (0, 1)
