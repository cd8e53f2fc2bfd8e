"""Every screen: no accessibility violation in either theme, nothing to scroll on a laptop, nothing cut off on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from annotation_server.models import Caption, Image, Project, Round, User
from annotation_server.steps.projects.change_guidelines import change_guidelines
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, expect_state, write
from tests.site import Site

HandIn = Callable[..., Caption]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_workbench_has_no_accessibility_violations(
    open_as: OpenPage, first_round: Round, ana: User, theme: str
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}", color_scheme=theme)
    write(page, "A blue iguana in a tree")
    expect_state(page, "saved")
    assert violations(page) == []
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+c")
    assert violations(page) == []
    page.keyboard.press("Alt+p")
    assert violations(page) == []
    for key in ("F1", "Alt+g", "Alt+s", "Alt+f"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_other_screens_have_no_accessibility_violations(
    open_as: OpenPage, first_round: Round, ana: User, ada: User, rita: User, hand_in: HandIn, theme: str
) -> None:
    made = hand_in(first_round, ana)
    made.task.flagged, made.task.flag_note = True, "Is it an iguana?"
    made.task.save(update_fields=["flagged", "flag_note"])
    page = open_as(ada, color_scheme=theme)
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{page.url}projects/iguanas")
    page.get_by_role("button", name="Close the round").click()
    expect(page.get_by_role("dialog")).to_contain_text("Captions accepted")
    assert violations(page) == []
    reviewer = open_as(rita, f"/review/{first_round.pk}", color_scheme=theme)
    expect(reviewer.get_by_text("Is it an iguana?")).to_be_visible()
    assert violations(reviewer) == []
    reviewer.keyboard.press("f")
    assert violations(reviewer) == []


def test_on_a_laptop_the_workbench_needs_no_scrolling(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "A blue iguana in a tree " * 40)
    page.keyboard.press("Alt+c")
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    expect(page.get_by_role("button", name="Submit")).to_be_in_viewport()
    panes = page.evaluate(
        "[...document.querySelectorAll('.words')].map(e => e.scrollHeight - e.clientHeight)"
    )
    assert panes == [0]


@pytest.mark.parametrize("width", [360, 3840])
def test_from_a_phone_to_a_large_screen_nothing_is_cut_off(
    site: Site, open_as: OpenPage, first_round: Round, ada: User, width: int
) -> None:
    page = open_as(ada, viewport={"width": width, "height": 800})
    for path in ("", "projects/iguanas", f"annotate/{first_round.pk}", f"review/{first_round.pk}"):
        page.goto(f"{site.url}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_words_of_people_never_run(
    open_as: OpenPage,
    project: Project,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    rita: User,
    ada: User,
) -> None:
    attack = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    Project.objects.filter(pk=project.pk).update(name=attack)
    guidelines = (
        f"{attack}\n\n[here](javascript:document.title='run') ![x](javascript:1)\n\n> [!BAD]\n> {attack}"
    )
    change_guidelines(project=project, text=guidelines, note=attack, over=0, author=ada)
    pictures(attack)
    round = open_round(review_share=1.0)
    page = open_as(ana, f"/annotate/{round.pk}")
    expect(caption(page)).to_have_value(attack)
    write(page, f"{attack} seen")
    page.keyboard.press("Alt+p")
    page.keyboard.press("Alt+g")
    drawer = page.get_by_role("dialog", name="Guidelines")
    expect(drawer).to_contain_text("here")
    assert drawer.locator(".markdown").get_by_role("link").count() == 0
    page.keyboard.press("Escape")
    with page.expect_response("**/submit/"):
        caption(page).press("Control+Enter")

    reviewer = open_as(rita, f"/review/{round.pk}")
    expect(reviewer.locator(".review-caption")).to_contain_text(f"{attack} seen")
    admin = open_as(ada, "/projects/iguanas")
    expect(admin.get_by_role("heading", level=1)).to_have_text(attack)
    for each in (page, reviewer, admin):
        assert each.evaluate("document.querySelectorAll('#root script, img[src=x]').length") == 0
        assert each.title() != "run"


def test_on_a_phone_a_round_is_seen_whole_and_a_deep_page_says_where_it_is(
    open_as: OpenPage, first_round: Round, ada: User
) -> None:
    page = open_as(ada, "/projects/iguanas", viewport={"width": 360, "height": 740})
    line = page.locator(".round-line")
    expect(line).to_contain_text("Round 1")
    assert line.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    page.goto(page.url.replace("/iguanas", f"/iguanas/images/{Image.objects.earliest('id').pk}"))
    trail = page.locator(".top-bar .trail")
    expect(trail).to_contain_text("Images")
    cut = "each => [...each.children].map(part => part.scrollWidth - part.clientWidth)"
    assert trail.evaluate(cut) == [0, 0, 0]
    page.goto(f"{page.url.split('/projects')[0]}/adjudicate/{first_round.pk}")
    title = trail.get_by_role("heading", name="Choose between captions")
    assert title.evaluate("each => each.clientHeight < 36")


def test_a_page_that_cannot_be_drawn_says_so_and_leads_on(
    open_as: OpenPage, project: Project, ada: User
) -> None:
    page = open_as(ada)
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()
    page.route("**/api/v1/projects/", lambda route: route.fulfill(json={"results": [None], "next": None}))
    page.reload()
    expect(page.get_by_role("heading", name="This page cannot be shown")).to_be_visible()
    expect(page.get_by_text("TypeError")).to_be_visible()
    assert violations(page) == []
    page.unroute_all()
    page.get_by_role("button", name="Load the page again").click()
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()
