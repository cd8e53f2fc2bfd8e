"""Every page and the states that it can be brought into: nothing for axe to find, on a laptop and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotation_server.models import AltText, Caption, Image, Project, Round, Task, User
from annotation_server.steps.projects.change_guidelines import change_guidelines
from annotation_server.steps.rounds.close_round import close_round
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, write
from tests.site import Site

HandIn = Callable[..., Caption]
WIDTHS = [1280, 360]
LONG = "Green iguana in Costa Rica, seen from the boat in the year 2019. " * 12


@pytest.fixture
def world(
    site: Site,
    project: Project,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
    ben: User,
    ada: User,
    hand_in: HandIn,
) -> Round:
    """A round with captions that wait at each desk, guidelines, and a long alt-text to begin with."""
    pictures(LONG, "Lake Bled", "a red boat")
    AltText.objects.update(phrases=["Green iguana", "Costa Rica", "2019"])
    change_guidelines(project=project, text="# Names\n\nKeep them.", note="", over=0, author=ada)
    round = open_round(annotators_per_image=3, review_share=1.0)
    for who in (ana, ben):
        for _ in range(3):
            hand_in(round, who, f"{LONG}{who.username}")
    Task.objects.filter(current_caption__isnull=False).update(
        flagged=True, flag_reason="Is it an iguana?", needs_review=True
    )
    return round


def settle(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages(site: Site, open_as: OpenPage, world: Round, ada: User, width: int) -> None:
    image = Image.objects.order_by("id").first()
    assert image is not None
    User.objects.filter(pk=ada.pk).update(is_superuser=True)
    project = "projects/iguanas"
    page = open_as(ada, viewport={"width": width, "height": 800})
    found: dict[str, list[str]] = {}
    for path in (
        "",
        "account",
        "people",
        "archives",
        project,
        f"{project}/history",
        f"{project}/webhooks",
        f"{project}/rounds/1",
        f"{project}/images",
        f"{project}/images/{image.pk}",
        f"{project}/imports",
        f"{project}/guidelines",
        f"{project}/practice?image={image.pk}",
        "practice/iguanas",
        "no-such-page",
    ):
        page.goto(f"{site.url}/{path}")
        settle(page)
        found[path] = violations(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_dialogs_of_a_project(site: Site, open_as: OpenPage, world: Round, ada: User, width: int) -> None:
    page = open_as(ada, "/projects/iguanas", viewport={"width": width, "height": 800})
    found: dict[str, list[str]] = {}
    page.get_by_role("button", name="Close the round").click()
    expect(page.get_by_role("dialog")).to_contain_text("Captions accepted")
    found["closing"] = violations(page)
    close_round(round=world, closed_by=ada)
    Round.objects.filter(pk=world.pk).update(state="closed")
    page.reload()
    page.get_by_role("button", name="Launch").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["launching"] = violations(page)
    page.goto(f"{site.url}/projects/iguanas/guidelines")
    page.get_by_role("button", name="Write a new version").click()
    found["guidelines"] = violations(page)
    assert {state: each for state, each in found.items() if each} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_states_of_the_workbench(
    open_as: OpenPage, world: Round, person: Callable[..., User], width: int
) -> None:
    page = open_as(person("eva"), f"/annotate/{world.pk}", viewport={"width": width, "height": 800})
    expect(caption(page)).to_be_focused()
    found = {"fresh": violations(page)}
    write(page, "A blue iguana in a tree. " * 60)
    found["long"] = violations(page)
    for state, key in {
        "a change chosen": "Alt+ArrowDown",
        "concepts": "Alt+c",
        "provenance": "Alt+p",
    }.items():
        page.keyboard.press(key)
        found[state] = violations(page)
    for state, key in {"keys": "F1", "guidelines": "Alt+g", "skip": "Alt+s", "flag": "Alt+f"}.items():
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        found[state] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["my work"] = violations(page)
    assert {state: each for state, each in found.items() if each} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_states_of_the_desks(site: Site, open_as: OpenPage, world: Round, rita: User, width: int) -> None:
    page = open_as(rita, f"/review/{world.pk}", viewport={"width": width, "height": 800})
    expect(page.locator(".anchored-caption")).to_be_visible()
    found = {"review": violations(page)}
    for state, key in {"fix": "f", "return": "r"}.items():
        page.keyboard.press(key)
        expect(page.get_by_role("form")).to_be_visible()
        found[state] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("form")).to_have_count(0)
    with page.expect_response("**/review/"):
        page.keyboard.press("a")
    page.keyboard.press("u")
    expect(page.get_by_text("You accepted this caption")).to_be_visible()
    found["once more"] = violations(page)
    page.get_by_role("button", name="My verdicts").click()
    expect(page.get_by_role("dialog")).to_contain_text("Decide again")
    found["my verdicts"] = violations(page)
    page.goto(f"{site.url}/adjudicate/{world.pk}")
    expect(page.get_by_role("heading", name="ana")).to_be_visible()
    found["adjudication"] = violations(page)
    page.keyboard.press("m")
    expect(page.get_by_role("form")).to_be_visible()
    found["merging"] = violations(page)
    assert {state: each for state, each in found.items() if each} == {}
