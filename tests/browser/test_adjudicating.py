"""Several people's captions of one image: side by side, to pick from or to make one of, word by word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotation_server.models import Adjudication, Caption, Image, Round, User
from tests.browser.conftest import OpenPage

HandIn = Callable[..., Caption]


@pytest.fixture
def desk(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
    ana: User,
    ben: User,
    rita: User,
) -> Page:
    """A reviewer before two captions of one picture."""
    pictures("iguana")
    round = open_round(annotators_per_image=2, review_share=0.0)
    hand_in(round, ana, text="A green iguana on a rock.")
    hand_in(round, ben, text="A marine iguana on a wet rock.")
    page = open_as(rita, f"/review/{round.pk}")
    page.get_by_role("link", name="Choose between captions: 1 image").click()
    expect(page.get_by_role("heading", name="ana")).to_be_visible()
    return page


def decided() -> tuple[str, bool]:
    decision = Adjudication.objects.select_related("chosen").get()
    return decision.chosen.text, decision.merged


def test_one_is_picked_with_one_key(desk: Page) -> None:
    expect(desk.locator(".candidates del")).to_have_text(["green "])
    with desk.expect_response("**/adjudication/"):
        desk.keyboard.press("b")
    expect(desk.get_by_text("1 decided")).to_be_visible()
    assert decided() == ("A marine iguana on a wet rock.", False)


def test_one_is_made_of_both_word_by_word(desk: Page) -> None:
    desk.keyboard.press("m")
    dialog = desk.get_by_role("form", name="Merge them")
    dialog.get_by_title("Now “green”; press for “marine”").click()
    expect(dialog.get_by_role("textbox", name="Caption")).to_have_value("A marine iguana on a rock.")
    with desk.expect_response("**/adjudication/"):
        dialog.get_by_role("button", name="Take this one").click()
    expect(desk.get_by_text("1 decided")).to_be_visible()
    assert decided() == ("A marine iguana on a rock.", True)
