"""The whole life of a round, driven at random against a plain-Python model: many actors, lost answers, crashes between steps.

It is a second round, from reviewed captions: with check tasks or without, for cohorts or for everybody, with one level of
review or two. At every step the database must agree with the model on who holds what and which captions there are.
"""

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotation_server.choices import Split, StartingText, TaskState, Verdict
from annotation_server.errors import (
    InvalidSettings,
    Refusal,
    RoundClosed,
    SubmissionReused,
    TaskNotReviewable,
    TaskNotYours,
)
from annotation_server.models import (
    Caption,
    Review,
    Task,
)
from annotation_server.models.task import HELD_OR_DONE
from annotation_server.options.launch_round import RoundSettings
from annotation_server.queries.runs.training_rows import newest_accepted
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import release_task, skip_task
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.steps.tasks.undo_submission import undo_submission
from tests.first_round import finish_first_round, make_cohort, make_people

WHO = ["ana", "ben", "eva"]
ANNOTATORS = st.sampled_from(WHO)
REVIEWERS = ["rita", "rudi"]
PLACES = st.integers(0, 30)
# None: the starting text, as it is.
TEXTS = st.none() | st.text("abc ", min_size=1, max_size=12).filter(str.strip)


class CrashError(Exception):
    """The process died: whatever its transaction did is undone."""


class RoundMachine(RuleBasedStateMachine):
    """`tasks` maps a task to (state, holder); `captions` every accepted submission by its id; `ever` who held a task once,
    `lost` who lost one by a lease and has not handed in or given back since;
    `level` how many levels of review a task's current caption has passed, `decided` who decided which level of a caption,
    `accepted` the levels at which it was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        name = f"p{uuid4().hex[:12]}"
        self.project = create_project(slug=name, name=name, created_by=None)
        self.people = make_people(self.project, annotators=[*WHO, "old"], reviewers=REVIEWERS)
        self.current: dict[int, UUID] = {}
        self.captions: dict[UUID, tuple[int, str, str]] = {}
        self.decided: dict[UUID, dict[int, str]] = {}
        self.accepted: dict[UUID, set[int]] = {}
        self.level: dict[int, int] = {}
        self.late: set[UUID] = set()
        self.ever: set[tuple[int, str]] = set()
        self.skipped: set[tuple[int, str]] = set()
        self.lost: set[tuple[int, str]] = set()
        self.open = True

    @initialize(levels=st.integers(1, 2), cohorts=st.booleans(), checks=st.booleans())
    def launch(self, levels: int, cohorts: bool, checks: bool) -> None:
        """The first round is done by somebody who is not here any more."""
        finish_first_round(self.project, annotator=self.people["old"], reviewer=self.people["rita"])
        self.levels = levels
        self.cohort_of: dict[str, int | None] = dict.fromkeys(WHO)
        shares: dict[int, float] = {}
        if cohorts:
            for share, group in ((0.6, ["ana", "ben"]), (0.4, ["eva"])):
                cohort = make_cohort(self.project, [self.people[who] for who in group])
                shares[cohort.pk] = share
                self.cohort_of |= dict.fromkeys(group, cohort.pk)
        wanted = RoundSettings(
            starting_text=StartingText.PREVIOUS_CAPTION,
            annotators_per_image=2,
            review_share=1.0,
            review_levels=levels,
            cohorts=shares,
            check_share=0.5 if checks else 0.0,
        )
        self.round = launch_round(project=self.project, settings=wanted, launched_by=None)
        rows = Task.objects.filter(round=self.round).order_by("position")
        self.order = list(rows.values_list("pk", "image_id"))
        self.lane = dict(rows.values_list("pk", "cohort"))
        self.wrong = dict(rows.exclude(check_kind="").values_list("pk", "check_wrong"))
        self.starts = dict(rows.values_list("pk", "starting_text"))
        assert len(self.wrong) == (4 if checks else 0)
        self.tasks: dict[int, tuple[str, str | None]] = {
            pk: (TaskState.PENDING, None) for pk, _ in self.order
        }

    def teardown(self) -> None:
        """Nothing of an example stays."""
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    def holder(self, task: int) -> str | None:
        return self.tasks[task][1]

    def name_of(self, user_id: int | None) -> str | None:
        return next((name for name, user in self.people.items() if user.pk == user_id), None)

    def task_at(self, place: int) -> int:
        return self.order[place % len(self.order)][0]

    @rule(who=ANNOTATORS, count=st.integers(1, 3))
    def claim(self, who: str, count: int) -> None:
        """What is given was free, is nobody else's, and no image comes twice."""
        if not self.open:
            with pytest.raises(RoundClosed):
                claim_tasks(round_id=self.round.pk, annotator=self.people[who], count=count)
            return
        expired = self.expired()
        for task in expired:
            if self.holder(task) != who and self.is_reopened(task):
                self.tasks[task] = (TaskState.SUBMITTED, self.holder(task))
        given = claim_tasks(round_id=self.round.pk, annotator=self.people[who], count=count)
        assert len(given) == len(set(given)) <= count
        held = {TaskState.CLAIMED, TaskState.RETURNED}
        own = [task for task, _ in self.order if self.holder(task) == who and self.tasks[task][0] in held]
        assert given[: len(own)] == sorted(own, key=lambda task: task not in self.current)[:count]
        for task in given:
            state, holder = self.tasks[task]
            assert self.lane[task] == self.cohort_of[who]
            assert state == TaskState.PENDING or holder == who or task in expired, (task, state, holder)
            self.displace(task, by=who)
            self.tasks[task] = (TaskState.CLAIMED, who)
            self.ever.add((task, who))
        if not given:
            assert not any(self.free_for(task, who) for task in self.tasks)

    def is_reopened(self, task: int) -> bool:
        """Its author took it back, and nobody has reviewed it."""
        state, holder = self.tasks[task]
        current = self.current.get(task)
        if state != TaskState.CLAIMED or current is None:
            return False
        return self.captions[current][1] == holder and not self.decided.get(current)

    def displace(self, task: int, *, by: str) -> None:
        """The task goes to somebody: its holder loses it, with the right to one late caption."""
        state, holder = self.tasks[task]
        if state == TaskState.CLAIMED and holder not in {by, None}:
            self.lost.add((task, str(holder)))

    def expired(self) -> set[int]:
        rows = Task.objects.filter(round=self.round, state=TaskState.CLAIMED, lease_expires_at__lt=Now())
        return set(rows.values_list("pk", flat=True))

    def free_for(self, task: int, who: str) -> bool:
        """By the rules of ARCHITECTURE.md, may this person be given this task?"""
        if self.lane[task] != self.cohort_of[who]:
            return False
        image = dict(self.order)[task]
        same_image = [other for other, of in self.order if of == image]
        if any((other, who) in self.ever for other in same_image if other != task):
            return False
        return self.tasks[task][0] == TaskState.PENDING and not any(
            (other, who) in self.skipped for other in same_image
        )

    @rule(place=PLACES)
    def lease_ends(self, place: int) -> None:
        """Somebody goes for lunch."""
        rows = Task.objects.filter(pk=self.task_at(place), state=TaskState.CLAIMED)
        rows.update(lease_expires_at=Now() - timedelta(seconds=1))

    @rule(who=ANNOTATORS, place=PLACES, typed=TEXTS, crash=st.booleans(), again=st.booleans())
    def submit(self, who: str, place: int, typed: str | None, crash: bool, again: bool) -> None:
        """Stored exactly once, or refused for the right reason; a crash leaves nothing, a repetition changes nothing.

        A task is handed in by its holder, by one who held it if nobody took it and they did not skip it, and as late, once,
        by one who lost it by a lease."""
        task, submission = self.task_at(place), uuid4()
        text = self.starts[task] if typed is None else typed

        def send(words: str) -> Any:
            return submit_caption(
                task_id=task,
                annotator=self.people[who],
                submission_id=submission,
                text=words,
                seconds=1.0,
                concepts=[],
            )

        state, holder = self.tasks[task]
        if not self.open:
            with pytest.raises(RoundClosed), transaction.atomic():
                send(text)
            return
        own = holder == who and state in {TaskState.CLAIMED, TaskState.RETURNED}
        free = state == TaskState.PENDING and (task, who) in self.ever - self.skipped
        late = holder not in {who, None} and state in HELD_OR_DONE and (task, who) in self.lost
        if not (own or free or late):
            with pytest.raises(TaskNotYours), transaction.atomic():
                send(text)
            return
        if crash:
            with suppress(CrashError), transaction.atomic():
                send(text)
                raise CrashError
        answer = send(text)
        assert not answer.repeated
        assert answer.caption.late == late
        self.captions[submission] = (task, who, text)
        self.lost.discard((task, who))
        if late:
            self.late.add(submission)
        else:
            self.tasks[task] = (TaskState.SUBMITTED, who)
            self.current[task] = submission
            self.level[task] = 0
        passed = Caption.objects.get(submission_id=submission).check_passed
        assert passed == (self.wrong[task] not in text if task in self.wrong else None)
        if again:
            assert send(text).repeated
            with pytest.raises(SubmissionReused), transaction.atomic():
                send(text + "!")

    @rule(who=ANNOTATORS, place=PLACES)
    def undo(self, who: str, place: int) -> None:
        """Only one's own, current, unreviewed submission of an open round comes back."""
        task = self.task_at(place)
        current = self.current.get(task)
        if current is None:
            return
        caption = Caption.objects.select_related("task").get(submission_id=current)
        mine = self.tasks[task] == (TaskState.SUBMITTED, who) and self.captions[current][1] == who
        if self.open and mine and self.level[task] == 0:
            undo_submission(caption=caption, annotator=self.people[who])
            self.tasks[task] = (TaskState.CLAIMED, who)
        else:
            with pytest.raises(Refusal), transaction.atomic():
                undo_submission(caption=caption, annotator=self.people[who])

    @rule(who=ANNOTATORS, place=PLACES, skip=st.booleans())
    def give_back(self, who: str, place: int, skip: bool) -> None:
        """Skipping and releasing: only by whoever holds the task."""
        task = self.task_at(place)
        state, holder = self.tasks[task]
        row = Task.objects.get(pk=task)
        gives_back = skip or task not in self.current
        if holder != who or state not in {TaskState.CLAIMED, TaskState.RETURNED}:
            with pytest.raises(TaskNotYours), transaction.atomic():
                release_task(task=row, annotator=self.people[who])
            return
        if gives_back:
            self.lost.discard((task, who))
        if skip:
            skip_task(task=row, annotator=self.people[who], reason="Too dark.")
            self.skipped.add((task, who))
            retired = len([one for one in self.skipped if one[0] == task]) >= 2
            self.tasks[task] = (TaskState.SKIPPED if retired else TaskState.PENDING, None)
        else:
            release_task(task=row, annotator=self.people[who])
            if task not in self.current:
                self.tasks[task] = (TaskState.PENDING, None)

    @rule(
        who=st.sampled_from(REVIEWERS),
        place=PLACES,
        verdict=st.sampled_from(list(Verdict)),
        late=st.booleans(),
        out_of_turn=st.sampled_from([False, False, True]),
    )
    def review(self, who: str, place: int, verdict: Verdict, late: bool, out_of_turn: bool) -> None:
        """One verdict a level, in turn, each by another reviewer, on the current caption or on a late one; and a new one in the
        place of one's own acceptance."""
        task = self.task_at(place)
        of_task = [one for one in self.late if self.captions[one][0] == task]
        submission = of_task[0] if late and of_task else self.current.get(task)
        if submission is None:
            return
        waits = self.tasks[task][0] == TaskState.SUBMITTED and self.current.get(task) == submission
        due = self.level[task] + 1 if waits else 1
        level = 3 - due if out_of_turn else due
        decided = self.decided.setdefault(submission, {})
        accepted = self.accepted.get(submission, set())
        caption = Caption.objects.select_related("task", "annotator").get(submission_id=submission)

        def decide() -> Review:
            return review_caption(
                caption=caption,
                reviewer=self.people[who],
                verdict=verdict,
                comment="Because.",
                text="Fixed.",
                level=level,
                limit=100,
            )

        in_turn = level == due and level <= self.levels and (waits or submission in self.late)
        first = (
            level not in decided and who not in {*decided.values(), self.captions[submission][1]} and in_turn
        )
        # Who accepted decides once more, as long as nobody else has since.
        again = (
            decided.get(level) == who
            and level in accepted
            and self.current.get(task) == submission
            and self.level.get(task) == level
            and self.tasks[task][0] in {TaskState.SUBMITTED, TaskState.ACCEPTED}
        )
        if not self.open or not (first or again):
            with pytest.raises((RoundClosed, TaskNotReviewable, InvalidSettings)), transaction.atomic():
                decide()
            return
        review = decide()
        decided[level] = who
        levels = self.accepted.setdefault(submission, set())
        (levels.add if verdict == Verdict.ACCEPTED else levels.discard)(level)
        holder = self.tasks[task][1] if self.current.get(task) == submission else self.captions[submission][1]
        if verdict == Verdict.RETURNED:
            if self.current.get(task) == submission:
                self.tasks[task] = (TaskState.RETURNED, holder)
                self.level[task] = 0
            return
        kept = review.fixed_caption or caption
        self.displace(task, by=str(holder))
        self.captions[kept.submission_id] = (task, self.name_of(kept.annotator_id) or "", kept.text)
        self.tasks[task] = (TaskState.ACCEPTED if level == self.levels else TaskState.SUBMITTED, holder)
        self.current[task] = kept.submission_id
        self.level[task] = level

    @precondition(lambda self: self.open and len(self.captions) > 6)
    @rule(really=st.integers(0, 3))
    def close(self, really: int) -> None:
        """Now and then: what is unfinished is cancelled, what waits is accepted unless it is flagged, what was reopened too."""
        if really:
            return
        waiting = {task for task in self.tasks if self.is_reopened(task)}
        close_round(round=self.round, closed_by=None)
        self.open = False
        flagged = set(Task.objects.filter(round=self.round, flagged=True).values_list("pk", flat=True))
        for task, (state, holder) in self.tasks.items():
            if state == TaskState.SUBMITTED or task in waiting:
                self.tasks[task] = (TaskState.SUBMITTED if task in flagged else TaskState.ACCEPTED, holder)
            elif state in {TaskState.PENDING, TaskState.CLAIMED, TaskState.RETURNED}:
                self.tasks[task] = (TaskState.CANCELLED, holder)
        trained_on = newest_accepted(project=self.project, split=Split.TRAIN, through_round=self.round.number)
        assert not {task.pk for task in trained_on} & set(self.wrong)

    @invariant()
    def the_database_agrees(self) -> None:
        rows = Task.objects.filter(round=self.round).select_related("current_caption")
        found = {row.pk: (row.state, self.name_of(row.annotator_id)) for row in rows}
        assert found == self.tasks
        assert {
            row.pk: row.current_caption.submission_id for row in rows if row.current_caption
        } == self.current

    @invariant()
    def no_caption_is_lost_or_changed(self) -> None:
        stored = Caption.objects.filter(task__round=self.round)
        assert {
            one.submission_id: (one.task_id, self.name_of(one.annotator_id), one.text) for one in stored
        } == self.captions

    @invariant()
    def nobody_has_an_image_twice(self) -> None:
        held = [
            (dict(self.order)[task], holder) for task, (_, holder) in self.tasks.items() if holder is not None
        ]
        assert len(held) == len(set(held))


@pytest.mark.django_db
@pytest.mark.timeout(1_800)
def test_the_round_follows_the_model() -> None:
    """ROUND_MACHINE_EXAMPLES × 50 steps: 20 in the suite, 250 for more than 10,000 steps."""
    examples = int(os.environ.get("ROUND_MACHINE_EXAMPLES", "20"))
    run_state_machine_as_test(
        RoundMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
