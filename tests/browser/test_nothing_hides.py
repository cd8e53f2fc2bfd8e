"""Whatever comes with a picture, the whole workbench is seen at once on a laptop; what is long scrolls in its own place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from annotation_server.models import AltText, Image, Round, User
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, write

PARTS = [".sources", ".caption-field", ".difference-pane", ".concepts", ".action-bar"]
# Each part as it lies in the window, and whether the page or its column of words scrolls.
LAYOUT = """parts => ({
    scrolls: [document.scrollingElement, document.querySelector('.words')]
        .map(each => each.scrollHeight > each.clientHeight + 1),
    places: parts.map(part => document.querySelector(part).getBoundingClientRect())
        .map(({ top, bottom, height }) => [top >= 0, bottom <= innerHeight, height >= 24]),
})"""


def expect_all_in_sight(page: Page) -> None:
    layout = page.evaluate(LAYOUT, PARTS)
    assert layout["scrolls"] == [False, False]
    assert layout["places"] == [[True, True, True]] * len(PARTS)


def test_twenty_alt_texts_are_shown_on_request_and_taken_one_by_one(
    open_as: OpenPage, pictures: Callable[..., list[Image]], open_round: Callable[..., Round], ana: User
) -> None:
    [image] = pictures("Green iguana in Costa Rica, 2019")
    AltText.objects.bulk_create(
        AltText(image=image, position=number, text=f"Iguana number {number} on a rock near Puerto Ayora")
        for number in range(1, 20)
    )
    page = open_as(ana, f"/annotate/{open_round().pk}")
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019")
    expect_all_in_sight(page)
    page.get_by_role("button", name="Show all 20").click()
    expect_all_in_sight(page)
    page.get_by_role("button", name="Take alt-text 18", exact=True).click()
    expect(caption(page)).to_have_value("Iguana number 17 on a rock near Puerto Ayora")
    expect_all_in_sight(page)


def test_a_text_of_1800_words_scrolls_in_its_own_place_and_the_difference_follows_the_caret(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, " ".join(f"word{number}" for number in range(1800)))
    expect_all_in_sight(page)
    pane = page.locator(".difference-pane .difference")
    caption(page).press("Control+Home")
    expect(pane).to_have_js_property("scrollTop", 0)
    caption(page).press("Control+End")
    page.wait_for_function("document.querySelector('.difference-pane .difference').scrollTop > 500")


def test_brightness_and_rotation_end_with_their_picture(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.keyboard.press("Alt+l")
    page.keyboard.press("Alt+r")
    picture = page.locator(".stage-picture")
    expect(picture).to_have_css("filter", "brightness(1.5)")
    caption(page).press("Control+Enter")
    expect(caption(page)).to_have_value("Lake Bled")
    expect(picture).to_have_css("filter", "none")
    assert "rotate(0deg)" in (picture.get_attribute("style") or "")


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 720}, {"width": 360, "height": 740}])
def test_beside_a_long_starting_text_what_it_is_and_its_buttons_are_in_sight(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    viewport: ViewportSize,
) -> None:
    pictures(" ".join(f"word{number}" for number in range(400)))
    page = open_as(ana, f"/annotate/{open_round().pk}", viewport=viewport)
    write(page, "Something else")
    sources = page.get_by_role("region", name="Sources")
    assert sources.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    for each in (
        sources.get_by_text("starting text", exact=True),
        sources.get_by_role("button", name="Take"),
        sources.get_by_role("button", name="Whole text"),
    ):
        expect(each).to_be_in_viewport(ratio=0.9)


def test_the_first_change_moves_no_button(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    buttons = page.locator(".action-bar .actions")
    before = buttons.bounding_box()
    write(page, "A blue iguana in a tree")
    expect(page.get_by_role("button", name="Back to the starting text")).to_be_visible()
    assert buttons.bounding_box() == before
