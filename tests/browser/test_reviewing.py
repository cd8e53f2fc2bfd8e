"""A reviewer's way: difference, accept, return with a comment, fix and accept; the author sees what was said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotation_server.choices import Role, TaskState, Verdict
from annotation_server.models import Caption, Image, Review, Round, Task, User
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption

HandIn = Callable[..., Caption]
CAPTION = ".review-caption p:first-of-type"


@pytest.fixture
def waiting(first_round: Round, ana: User, hand_in: HandIn) -> list[Caption]:
    """Three captions of ana's that wait for a verdict."""
    made = [hand_in(first_round, ana, f"Caption number {number}.") for number in (1, 2, 3)]
    Task.objects.filter(pk__in=[each.task_id for each in made]).update(needs_review=True)
    return made


def select_words(page: Page, words: str) -> None:
    """As with the mouse, in the submitted caption."""
    script = """words => {
        const text = document.querySelector('.anchored-caption').firstChild;
        const start = text.data.indexOf(words);
        getSelection().setBaseAndExtent(text, start, text, start + words.length);
    }"""
    page.evaluate(script, words)


def test_three_verdicts_with_one_key_each(
    open_as: OpenPage, first_round: Round, rita: User, ana: User, waiting: list[Caption]
) -> None:
    page = open_as(rita, f"/review/{first_round.pk}")
    expect(page.locator(CAPTION)).to_have_text("Caption number 1.")
    with page.expect_response("**/review/"):
        page.keyboard.press("a")
    expect(page.locator(CAPTION)).to_have_text("Caption number 2.")
    select_words(page, "number 2")
    page.keyboard.press("r")
    expect(page.get_by_role("form", name="Return").locator("blockquote mark")).to_have_text("number 2")
    page.get_by_label("What is to be changed").fill("Name the animal.")
    with page.expect_response("**/review/"):
        page.get_by_role("form").get_by_role("button", name="Return").click()
    expect(page.locator(CAPTION)).to_have_text("Caption number 3.")
    page.keyboard.press("f")
    page.get_by_role("form").get_by_label("Caption", exact=True).fill("Caption number three.")
    with page.expect_response("**/review/"):
        page.get_by_role("form").get_by_role("button", name="Accept this version").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    assert list(Review.objects.order_by("id").values_list("verdict", "comment")) == [
        (Verdict.ACCEPTED, ""),
        (Verdict.RETURNED, "Name the animal."),
        (Verdict.FIXED, ""),
    ]
    states = [Task.objects.get(pk=each.task_id).state for each in waiting]
    assert states == [TaskState.ACCEPTED, TaskState.RETURNED, TaskState.ACCEPTED]
    [fixed] = Caption.objects.filter(made_by_review__verdict=Verdict.FIXED)
    assert (fixed.text, fixed.annotator, fixed.parent) == ("Caption number three.", rita, waiting[2])

    author = open_as(ana, f"/annotate/{first_round.pk}")
    expect(author.get_by_text("rita returned this caption:")).to_be_visible()
    expect(author.get_by_text("Name the animal.")).to_be_visible()
    expect(author.locator("blockquote mark")).to_have_text("number 2")
    expect(caption(author)).to_have_value("Caption number 2.")


def test_a_verdict_that_came_too_late_says_so(
    open_as: OpenPage, first_round: Round, rita: User, ada: User, waiting: list[Caption]
) -> None:
    first, second = (open_as(who, f"/review/{first_round.pk}") for who in (rita, ada))
    for page in (first, second):
        expect(page.locator(CAPTION)).to_have_text("Caption number 1.")
    with first.expect_response("**/review/"):
        first.keyboard.press("a")
    second.keyboard.press("a")
    expect(second.get_by_text("Another reviewer has decided")).to_be_visible()
    assert Review.objects.count() == 1


def test_captions_of_one_image_stand_side_by_side_and_one_is_taken(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    rita: User,
    hand_in: HandIn,
) -> None:
    pictures("Lake Bled")
    round = open_round(annotators_per_image=2, review_share=1.0)
    hand_in(round, ana, "A lake with an island.")
    hand_in(round, ben, "Lake Bled with its church.")
    page = open_as(rita, f"/review/{round.pk}")
    expect(page.locator(CAPTION)).to_have_text("A lake with an island.")
    expect(page.get_by_role("heading", name="By ben, as a difference from this one")).to_be_visible()
    page.keyboard.press("f")
    page.get_by_role("button", name="Take ben's").click()
    with page.expect_response("**/review/"):
        page.get_by_role("form").get_by_role("button", name="Accept this version").click()
    [fixed] = Caption.objects.filter(made_by_review__verdict=Verdict.FIXED)
    assert (fixed.text, fixed.annotator) == ("Lake Bled with its church.", rita)


def test_each_level_of_review_is_named_and_tells_what_the_one_before_said(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    person: Callable[..., User],
    ana: User,
    rita: User,
    hand_in: HandIn,
) -> None:
    pictures("Lake Bled", "Lake Bohinj")
    round = open_round(review_share=1.0, review_levels=2, review_level_names=["", "Language lead"])
    first = hand_in(round, ana, "A lake with an island.")
    hand_in(round, ana, "A lake between mountains.")
    Task.objects.filter(pk=first.task_id).update(flagged=True, flag_reason="The guidelines do not cover this")

    page = open_as(rita, f"/review/{round.pk}")
    expect(page.get_by_text("Review 1 of 2")).to_be_visible()
    expect(page.get_by_text("0 decided · Review 1: 2")).to_be_visible()
    expect(page.get_by_text("Flagged: The guidelines do not cover this")).to_be_visible()
    page.keyboard.press("f")
    page.get_by_role("form").get_by_label("Caption", exact=True).fill("Lake Bled with an island.")
    page.get_by_role("form").get_by_label("A word for the author (optional)").fill("Keep names.")
    with page.expect_response("**/review/"):
        page.get_by_role("form").get_by_role("button", name="Accept this version").click()

    page = open_as(person("rudi", Role.REVIEWER), f"/review/{round.pk}")
    expect(page.get_by_text("0 decided · Review 1: 1 · Language lead: 1")).to_be_visible()
    with page.expect_response("**/review/"):
        page.keyboard.press("a")
    expect(page.get_by_text("Language lead · Review 2 of 2")).to_be_visible()
    expect(page.get_by_text("Review 1, rita: fixed and accepted. Keep names.")).to_be_visible()
    with page.expect_response("**/review/"):
        page.keyboard.press("a")
    decided = Review.objects.order_by("id").values_list("level", "reviewer__username", "verdict")
    assert list(decided) == [(1, "rita", "fixed"), (1, "rudi", "accepted"), (2, "rudi", "accepted")]
