"""Opening a page: its code is there before it is drawn, and what does not come can be asked for again."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotation_server.models import User
from tests.site import Site

# Notes whether the frame of a page was ever there without its content: only such a page has a hidden heading.
NOTE_STAND_INS = """() => {
    window.standIns = 0;
    new MutationObserver(() => { window.standIns += document.querySelectorAll('h1.visually-hidden').length; })
        .observe(document, {childList: true, subtree: true});
}"""


def test_nothing_stands_in_for_a_page_that_needs_no_answer(site: Site, page: Page, ana: User) -> None:
    page.add_init_script(f"({NOTE_STAND_INS})()")
    page.goto(f"{site.url}/sign-in")
    expect(page.get_by_label("Paste your sign-in link")).to_be_visible()
    assert page.evaluate("window.standIns") == 0


def test_code_that_does_not_come_is_asked_for_again(
    site: Site, open_as: Callable[..., Page], ana: User
) -> None:
    page = open_as(ana)
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    page.evaluate("sessionStorage.setItem('altogether.reloaded', 'yes')")
    page.route(re.compile("AccountPage"), lambda route: route.abort())
    page.get_by_role("button", name="ana").click()
    page.get_by_role("link", name="My account").click()
    retry = page.get_by_role("alert").get_by_role("button")
    expect(retry).to_be_visible()
    page.unroute(re.compile("AccountPage"))
    retry.click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
