"""What a round tells: its arms, its convergence, its people, and where a caption's words come from."""

from collections.abc import Callable

import pytest

from annotation_server.choices import ConceptOutcome, StartingText, Verdict
from annotation_server.models import Caption, CaptionerRun, CaptionMeasure, Image, Project, Round, Task, User
from annotation_server.options.launch_round import ImageChoice, RoundSettings
from annotation_server.queries.reports.convergence import Convergence, convergence
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.reports.provenance import WordOrigin, word_origins
from annotation_server.queries.reports.round_report import round_report
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.texts.concepts import ConceptOutcomeGiven

Images = Callable[..., list[Image]]
Open = Callable[..., Round]
HandIn = Callable[..., Caption]
Train = Callable[..., CaptionerRun]


@pytest.fixture
def drafted_round(ana: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train) -> Round:
    """A second round from drafts, half of it in the control arm."""
    make_images(40)
    first = open_round()
    for _ in range(40):
        hand_in(first, ana, "An iguana on a rock.")
    train(first)
    return open_round(starting_text=StartingText.DRAFT, control_share=0.5, seed=4)


def test_the_arms_are_compared_with_intervals(drafted_round: Round, ben: User, hand_in: HandIn) -> None:
    kept = [ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)]
    dropped = [ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.DROPPED)]
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for number in range(40):
        [task_id] = claim_tasks(round_id=drafted_round.pk, annotator=ben, count=1)
        task = Task.objects.get(pk=task_id)
        took = (20.0 if task.control else 10.0) + number % 2
        seconds[task.control].append(took)
        text = "An iguana on a rock." if task.control else "A marine iguana."
        hand_in(drafted_round, ben, text, task=task, seconds=took, concepts=kept if task.control else dropped)
    report = round_report(round=drafted_round)
    assert (report.drafted.captions, report.control.captions) == (len(seconds[False]), len(seconds[True]))
    means = {control: sum(took) / len(took) for control, took in seconds.items()}
    difference = report.difference["seconds"]
    assert difference.mean == pytest.approx(means[False] - means[True])
    assert difference.low is not None
    assert difference.high is not None
    # How many captions of each arm took the odd second depends on the draw, so the mean is somewhere about -10.
    assert -11.5 < difference.low < means[False] - means[True] < difference.high < -8.5
    assert report.control.measures["unchanged"].mean == 1.0
    assert report.drafted.measures["unchanged"].mean == 0.0
    assert report.difference["concepts_kept"].mean == -1.0
    assert (report.unmeasured, "clip_score" in report.difference) == (40, False)


def test_what_the_captioner_measured_is_compared_too(
    drafted_round: Round, ben: User, hand_in: HandIn
) -> None:
    scores: dict[bool, list[float]] = {False: [], True: []}
    for number in range(40):
        [task_id] = claim_tasks(round_id=drafted_round.pk, annotator=ben, count=1)
        task = Task.objects.get(pk=task_id)
        caption = hand_in(drafted_round, ben, task=task)
        if number > 0:
            scores[task.control].append((30.0 if task.control else 33.0) + number % 2)
            CaptionMeasure.objects.create(
                caption=caption, encoder="e", vector=[1.0], clip_score=scores[task.control][-1]
            )
    report = round_report(round=drafted_round)
    means = {control: sum(values) / len(values) for control, values in scores.items()}
    clip = report.difference["clip_score"]
    assert clip.mean == pytest.approx(means[False] - means[True])
    assert clip.low is not None
    assert clip.low > 2.0
    assert (report.unmeasured, "cider" in report.difference) == (1, False)


def test_a_round_without_captions_has_nothing_to_report(make_images: Images, open_round: Open) -> None:
    make_images(1)
    round = open_round()
    report = round_report(round=round)
    assert (report.drafted.captions, report.difference) == (0, {})
    assert report.drafted.measures["seconds"].mean is None
    assert people_report(round=round) == []
    assert convergence(round=round).recommendation.startswith("Nothing to compare")


def test_the_first_caption_of_a_task_counts_not_the_corrected_one(
    ana: User, rita: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(1)
    round = open_round(review_share=1.0)
    first = hand_in(round, ana, "One two.", seconds=10.0)
    review_caption(
        caption=first, reviewer=rita, verdict=Verdict.RETURNED, comment="More.", text=None, limit=99
    )
    hand_in(round, ana, "One two three four.", seconds=30.0)
    report = round_report(round=round)
    assert report.drafted.captions == 1
    assert report.drafted.measures["seconds"].mean == 10.0


def test_the_verdicts_of_reviewers_are_compared_too(
    ana: User, rita: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(3)
    round = open_round(review_share=1.0)
    captions = [hand_in(round, ana) for _ in range(3)]
    for caption, verdict in zip(captions, (Verdict.ACCEPTED, Verdict.FIXED), strict=False):
        review_caption(caption=caption, reviewer=rita, verdict=verdict, comment="", text="Better.", limit=99)
    assert round_report(round=round).drafted.measures["accepted"].mean == 0.5


def test_convergence_counts_what_still_changes(
    ana: User, ben: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(4)
    first = open_round()
    for _ in range(4):
        hand_in(first, ana, "one two three four five six seven eight nine ten")
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    texts = [
        "one two three four five six seven eight nine ten",
        "one two three four five six seven eight nine ten",
        "one two three four five six seven eight nine TEN",
        "all is new here and nothing stays as it was",
    ]
    for text in texts:
        hand_in(second, ben, text, seconds=90.0)
    assert convergence(round=second) == Convergence(
        compared=4,
        converged=2,
        mean_similarity=0.725,
        facts_changed=0,
        histogram=[1, 0, 0, 0, 0, 0, 0, 0, 0, 3],
        threshold=0.95,
        still_changing=2,
        hours_for_another_round=0.05,
        recommendation="2 of 4 captions still changed clearly: launch another round on those images only.",
    )


def test_too_few_captions_do_not_tell_that_all_have_converged(
    ana: User, ben: User, make_images: Images, open_round: Open, hand_in: HandIn, train: Train
) -> None:
    make_images(3)
    first = open_round()
    for _ in range(3):
        hand_in(first, ana, "one two three")
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    for _ in range(2):
        hand_in(second, ben, "one two three")
    assert convergence(round=second).recommendation == (
        "Too early to tell: 2 of the 2 captions that can be compared have converged; tasks that are not done yet: 1."
    )
    hand_in(second, ben, "one two three")
    assert convergence(round=second).recommendation.startswith("Only 3 can be compared")


def test_a_caption_of_which_a_fact_changed_has_not_converged(
    project: Project,
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    images = make_images(3)
    text = "one two three four five six seven eight nine ten"
    decisions = {
        images[0].pk: (ConceptOutcome.KEPT, ConceptOutcome.DROPPED),
        images[1].pk: (ConceptOutcome.KEPT, ConceptOutcome.KEPT_ON_TRUST),
        images[2].pk: (ConceptOutcome.DROPPED, ConceptOutcome.DROPPED),
    }

    def caption_all(round: Round, person: User, number: int) -> None:
        for task in Task.objects.filter(pk__in=claim_tasks(round_id=round.pk, annotator=person, count=3)):
            given = ConceptOutcomeGiven(phrase="iguana", outcome=decisions[task.image_id][number])
            hand_in(round, person, text, task=task, concepts=[given])

    first = open_round()
    caption_all(first, ana, 0)
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    caption_all(second, ben, 1)
    found = convergence(round=second)
    assert (found.compared, found.converged, found.facts_changed, found.still_changing) == (3, 2, 1, 1)
    train(second)
    settings = RoundSettings(
        starting_text=StartingText.PREVIOUS_CAPTION, images=ImageChoice(unconverged_only=True)
    )
    planned = launch_preview(project=project, settings=settings).first
    assert [task["image"] for task in planned] == [images[0].pk]


def test_a_rubber_stamp_raises_an_alarm(
    ana: User, ben: User, rita: User, make_images: Images, open_round: Open, hand_in: HandIn
) -> None:
    make_images(24)
    round = open_round(review_share=1.0)
    for number in range(12):
        [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
        task = Task.objects.get(pk=task_id)
        stamped = hand_in(round, ana, task.starting_text, task=task, seconds=0.1)
        careful = hand_in(round, ben, f"A marine iguana, number {number}.", seconds=40.0)
    for caption, verdict in ((stamped, Verdict.RETURNED), (careful, Verdict.ACCEPTED)):
        review_caption(caption=caption, reviewer=rita, verdict=verdict, comment="So.", text=None, limit=99)
    of_ana, of_ben = people_report(round=round)
    assert (of_ana.username, of_ana.captions, of_ana.unchanged, of_ana.returned) == ("ana", 12, 1.0, 1)
    assert (of_ben.unchanged, of_ben.accepted, of_ben.alarms) == (0.0, 1, [])
    assert of_ana.alarms == [
        "Left 100% of the texts as they were; the others left 0%.",
        "100% of the captions were handed in faster than they can be read.",
    ]


def test_each_word_of_a_caption_has_an_origin(
    project: Project,
    ana: User,
    ben: User,
    make_images: Images,
    open_round: Open,
    hand_in: HandIn,
    train: Train,
) -> None:
    make_images(1)
    first = open_round()
    number = Task.objects.get().starting_text.split()[1]
    hand_in(first, ana, f"green iguana {number}")
    train(first)
    second = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    caption = hand_in(second, ben, f"green spiny iguana {number} basking")
    assert word_origins(caption=caption) == [
        WordOrigin(origin="round 1 by ana", words=["green"]),
        WordOrigin(origin="round 2 by ben", words=["spiny"]),
        WordOrigin(origin="alt_text", words=["iguana", number]),
        WordOrigin(origin="round 2 by ben", words=["basking"]),
    ]
