"""Keys: the picture moves by keyboard, Enter signs in, the tour ends in the text."""

from playwright.sync_api import expect

from annotation_server.models import Round, User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption
from tests.site import Site


def test_the_picture_is_zoomed_from_inside_the_text_and_panned_by_arrows(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    scale, picture = page.locator(".stage-scale"), page.locator(".stage-picture")
    page.keyboard.press("Alt+9")
    expect(scale).to_contain_text("100 % of 640")
    for _ in range(3):
        page.keyboard.press("Alt+=")
    expect(scale).to_contain_text("274 %")
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019")
    page.keyboard.press("Escape")
    before = picture.bounding_box()
    page.keyboard.press("ArrowRight")
    after = picture.bounding_box()
    assert before is not None
    assert after is not None
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-80, 0)


def test_enter_signs_in_and_the_tour_ends_in_the_text(
    site: Site, open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    page.get_by_role("button", name="Show me around").click()
    page.get_by_role("button", name="End the tour").click()
    expect(caption(page)).to_be_focused()
    page.context.clear_cookies()
    page.goto(f"{site.url}/sign-in/{make_sign_in_link(user=ana)}")
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")
