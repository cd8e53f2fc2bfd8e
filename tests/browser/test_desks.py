"""The desks: what is typed stays, the picture stays in sight, concept answers are corrected, an acceptance is undone."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from annotation_server.choices import ConceptOutcome, DropReason, TaskState, Verdict
from annotation_server.models import (
    Adjudication,
    AltText,
    Caption,
    Concept,
    GuidelinesVersion,
    Image,
    Project,
    Review,
    Round,
    Task,
    User,
)
from annotation_server.steps.projects.change_guidelines import change_guidelines
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.texts.concepts import ConceptOutcomeGiven
from tests.browser.conftest import OpenPage

HandIn = Callable[..., Caption]
FROG = "Two frogs \N{FROG FACE} on a wet rock."


@pytest.fixture
def waiting(first_round: Round, ana: User) -> list[Caption]:
    """Two captions of ana's that wait for a verdict; the first has concept answers."""
    answers = [
        ConceptOutcomeGiven(phrase="green iguana", outcome=ConceptOutcome.KEPT),
        ConceptOutcomeGiven(phrase="Costa Rica", outcome=ConceptOutcome.DROPPED, reason=DropReason.UNSURE),
    ]
    made = []
    for text, concepts in (("A green iguana on a branch.", answers), (FROG, [])):
        [task] = claim_tasks(round_id=first_round.pk, annotator=ana, count=1)
        AltText.objects.filter(image__tasks=task).update(phrases=[one.phrase for one in concepts])
        submission = submit_caption(
            task_id=task,
            annotator=ana,
            submission_id=uuid4(),
            text=text,
            seconds=12.0,
            concepts=concepts,
        )
        made.append(submission.caption)
    Task.objects.filter(pk__in=[each.task_id for each in made]).update(needs_review=True)
    return made


@pytest.fixture
def desk(open_as: OpenPage, first_round: Round, rita: User, waiting: list[Caption]) -> Page:
    """Rita before the first of them."""
    page = open_as(rita, f"/review/{first_round.pk}")
    expect(page.locator(".anchored-caption")).to_have_text(waiting[0].text)
    return page


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("form").get_by_label(label, exact=True)


def test_a_fix_that_was_begun_is_there_after_escape_and_a_reload(desk: Page) -> None:
    desk.keyboard.press("f")
    expect(field(desk, "Caption")).to_be_focused()
    field(desk, "Caption").fill("A marine iguana on a branch.")
    field(desk, "A word for the author (optional)").fill("It is a marine one.")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("form")).to_have_count(0)
    expect(desk.get_by_role("button", name="Go on fixing")).to_be_visible()
    desk.reload()
    desk.get_by_role("button", name="Go on fixing").click()
    expect(field(desk, "Caption")).to_have_value("A marine iguana on a branch.")
    expect(field(desk, "A word for the author (optional)")).to_have_value("It is a marine one.")
    with desk.expect_response("**/review/"):
        field(desk, "A word for the author (optional)").press("Control+Enter")
    expect(desk.locator(".anchored-caption")).to_have_text(FROG)
    fixed = Review.objects.get()
    assert (fixed.verdict, fixed.comment) == (Verdict.FIXED, "It is a marine one.")
    assert desk.evaluate("Object.keys(localStorage).filter(key => key.includes('fix.'))") == []


def test_a_return_is_kept_with_the_words_that_it_is_about(desk: Page) -> None:
    desk.evaluate(
        """() => {
            const text = document.querySelector('.anchored-caption').firstChild;
            getSelection().setBaseAndExtent(text, 2, text, 14);
        }"""
    )
    desk.keyboard.press("r")
    field(desk, "What is to be changed").fill("Which species?")
    desk.get_by_role("form").get_by_role("button", name="Cancel").click()
    desk.reload()
    desk.get_by_role("button", name="Go on returning").click()
    expect(field(desk, "What is to be changed")).to_have_value("Which species?")
    expect(desk.locator("blockquote mark")).to_have_text("green iguana")
    with desk.expect_response("**/review/"):
        desk.keyboard.press("Control+Enter")
    assert Review.objects.get().anchor == [2, 14]


def test_words_after_an_emoji_are_counted_as_the_server_does(desk: Page) -> None:
    with desk.expect_response("**/review/"):
        desk.keyboard.press("a")
    expect(desk.locator(".anchored-caption")).to_have_text(FROG)
    desk.evaluate(
        """() => {
            const text = document.querySelector('.anchored-caption').firstChild;
            getSelection().setBaseAndExtent(text, text.data.indexOf('rock'), text, text.data.length);
        }"""
    )
    desk.keyboard.press("r")
    expect(desk.locator("blockquote mark")).to_have_text("rock.")
    field(desk, "What is to be changed").fill("It is a branch.")
    with desk.expect_response("**/review/") as answer:
        desk.keyboard.press("Control+Enter")
    assert answer.value.status == 201
    anchor = Review.objects.get(verdict=Verdict.RETURNED).anchor
    assert anchor is not None
    assert FROG[slice(*anchor)] == "rock."


def test_a_verdict_that_does_not_get_through_brings_the_words_back(desk: Page) -> None:
    desk.route("**/review/", lambda route: route.abort())
    desk.keyboard.press("f")
    field(desk, "Caption").fill("A marine iguana.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("The server cannot be reached")).to_be_visible()
    expect(desk.locator(".anchored-caption")).to_have_text("A green iguana on a branch.")
    desk.get_by_role("button", name="Go on fixing").click()
    expect(field(desk, "Caption")).to_have_value("A marine iguana.")


def test_too_long_a_fix_is_kept_whole_and_not_given(
    open_as: OpenPage, first_round: Round, project: Project, rita: User, waiting: list[Caption]
) -> None:
    Project.objects.filter(pk=project.pk).update(caption_limit=30)
    page = open_as(rita, f"/review/{first_round.pk}")
    expect(page.locator(".anchored-caption")).to_have_text(waiting[0].text)
    page.keyboard.press("f")
    field(page, "Caption").fill("A green iguana on a branch, near the sea.")
    expect(page.get_by_text("11 characters too many")).to_be_visible()
    expect(page.get_by_role("button", name="Accept this version")).to_be_disabled()
    expect(field(page, "Caption")).to_have_value("A green iguana on a branch, near the sea.")


@pytest.mark.parametrize("key", ["f", "r"])
def test_the_picture_stays_in_sight_while_one_writes(desk: Page, key: str) -> None:
    desk.keyboard.press(key)
    expect(desk.get_by_role("form")).to_be_visible()
    picture = desk.locator(".stage img").bounding_box()
    form = desk.get_by_role("form").bounding_box()
    assert picture is not None
    assert form is not None
    assert picture["x"] + picture["width"] <= form["x"]
    # The keys of the verdicts rest meanwhile.
    desk.locator(".stage").click()
    desk.keyboard.press("a")
    expect(desk.get_by_role("form")).to_be_visible()
    assert Review.objects.count() == 0


def test_a_reviewer_corrects_an_answer_and_accepts(desk: Page, waiting: list[Caption]) -> None:
    answers = desk.get_by_role("region", name="Concepts, as the author answered")
    expect(answers.get_by_label("Costa Rica")).to_have_value("unsure")
    answers.get_by_label("Costa Rica").select_option("not_in_image")
    desk.reload()
    expect(answers.get_by_label("Costa Rica")).to_have_value("not_in_image")
    with desk.expect_response("**/review/"):
        desk.get_by_role("button", name="Accept with these answers").click()
    review = Review.objects.get()
    assert (review.verdict, review.caption_id) == (Verdict.FIXED, waiting[0].pk)
    assert review.fixed_caption is not None
    assert review.fixed_caption.text == waiting[0].text
    found = Concept.objects.filter(caption=review.fixed_caption)
    assert list(found.values_list("phrase", "outcome", "reason")) == [
        ("green iguana", "kept", ""),
        ("Costa Rica", "dropped", "not_in_image"),
    ]


def test_an_acceptance_is_undone_at_once(desk: Page, waiting: list[Caption]) -> None:
    with desk.expect_response("**/review/"):
        desk.keyboard.press("a")
    desk.locator(".toast").get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("You accepted this caption")).to_be_visible()
    desk.keyboard.press("r")
    field(desk, "What is to be changed").fill("Which species?")
    with desk.expect_response("**/review/"):
        desk.keyboard.press("Control+Enter")
    expect(desk.locator(".anchored-caption")).to_have_text(FROG)
    assert Task.objects.get(pk=waiting[0].task_id).state == TaskState.RETURNED


def test_later_from_my_verdicts(desk: Page, waiting: list[Caption]) -> None:
    with desk.expect_response("**/review/"):
        desk.keyboard.press("a")
    desk.reload()
    expect(desk.locator(".anchored-caption")).to_have_text(FROG)
    desk.keyboard.press("u")
    drawer = desk.get_by_role("dialog", name="My verdicts")
    expect(drawer.locator("img")).to_have_count(1)
    drawer.get_by_role("button", name="Decide again").click()
    expect(desk.locator(".anchored-caption")).to_have_text(waiting[0].text)
    desk.get_by_role("button", name="Leave it accepted").click()
    expect(desk.locator(".anchored-caption")).to_have_text(FROG)
    assert [review.verdict for review in Review.objects.all()] == [Verdict.ACCEPTED]


def test_guidelines_rotation_and_what_waits_are_at_hand(desk: Page, project: Project, ada: User) -> None:
    change_guidelines(project=project, text="Name the species.", note="", over=0, author=ada)
    desk.reload()
    expect(desk.locator(".queue-progress .badge")).to_have_text("2 waiting")
    desk.keyboard.press("t")
    expect(desk.locator(".stage-picture")).to_have_attribute("style", re.compile(r"rotate\(90deg\)"))
    desk.keyboard.press("g")
    expect(desk.get_by_role("dialog", name="Guidelines")).to_contain_text("Name the species.")
    assert GuidelinesVersion.objects.count() == 1


def test_a_round_that_is_closed_meanwhile_says_so(desk: Page, first_round: Round) -> None:
    close_round(round=first_round, closed_by=None)
    desk.keyboard.press("a")
    expect(desk.get_by_role("heading", name="This round is closed")).to_be_visible()
    assert Review.objects.count() == 0


def test_a_merge_that_was_begun_is_there_after_a_reload(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
    ana: User,
    ben: User,
    rita: User,
) -> None:
    pictures("iguana")
    round = open_round(annotators_per_image=2, review_share=0.0)
    hand_in(round, ana, text="A green iguana on a rock.")
    hand_in(round, ben, text="A marine iguana on a wet rock.")
    page = open_as(rita, f"/adjudicate/{round.pk}")
    expect(page.get_by_role("heading", name="ana")).to_be_visible()
    page.keyboard.press("m")
    form = page.get_by_role("form", name="Merge them")
    form.get_by_title("Now “green”; press for “marine”").click()
    field(page, "A word for the author (optional)").fill("Both saw something.")
    picture, beside = page.locator(".stage img").bounding_box(), form.bounding_box()
    assert picture is not None
    assert beside is not None
    assert picture["x"] + picture["width"] <= beside["x"]
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("heading", name="ana")).to_be_visible()
    page.keyboard.press("m")
    expect(field(page, "Caption")).to_have_value("A marine iguana on a rock.")
    with page.expect_response("**/adjudication/"):
        field(page, "Caption").press("Control+Enter")
    decision = Adjudication.objects.select_related("chosen").get()
    assert (decision.chosen.text, decision.comment) == ("A marine iguana on a rock.", "Both saw something.")


def test_the_picture_of_a_desk_moves_by_arrows_and_turns_by_its_key(desk: Page) -> None:
    picture = desk.locator(".stage-picture")
    for _ in range(4):
        desk.keyboard.press("+")
    before = picture.bounding_box()
    desk.keyboard.press("ArrowRight")
    after = picture.bounding_box()
    assert before is not None
    assert after is not None
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-80, 0)
    desk.keyboard.press("0")
    upright = picture.bounding_box()
    desk.keyboard.press("t")
    turned = picture.bounding_box()
    assert upright is not None
    assert turned is not None
    assert (upright["width"] > upright["height"]) != (turned["width"] > turned["height"])
    desk.keyboard.press("F1")
    expect(desk.get_by_role("dialog")).to_contain_text("Accept")
