"""A real Chromium for every test of this folder, started once; each person gets a fresh profile, signed in through the page.

Whatever a test does, no page may run a script or style that the content security policy refuses, nor throw.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from annotation_server.choices import Split, StartingText
from annotation_server.models import Image, Project, Round, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from annotation_server.steps.rounds.launch_round import launch_round
from deploy.chromium import find_or_install_chromium
from tests.drawing import write_picture, write_rows
from tests.site import Site

# Nothing but the pages under test: no look-ups of Chromium's own.
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LAPTOP: ViewportSize = {"width": 1280, "height": 720}
# Four processes may share a core; waiting costs only a test that fails.
PATIENCE_MS = 20_000

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def flags() -> list[str]:
    """Chromium's own sandbox does not work as root."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop in this thread, which Django takes for asynchronous code: it has to be
    allowed, and to go on with the connection that the other fixtures use instead of one for the loop."""
    chromium = find_or_install_chromium()  # which may ask Playwright itself, so before its loop
    usual = connections["default"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections["default"] = usual
        expect.set_options(timeout=PATIENCE_MS)
        launched = playwright.chromium.launch(executable_path=chromium, args=flags())
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the pages of this test complained of; there must be nothing at its end."""
    heard: list[str] = []
    yield heard
    assert heard == []


def listen(page: Page, complaints: list[str]) -> None:
    """Hear uncaught errors and refusals of the content security policy."""

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    def threw(error: Error) -> None:
        complaints.append(str(error))

    page.on("console", said)
    page.on("pageerror", threw)


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """new_context(**options) is a fresh profile on a laptop's screen."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": LAPTOP, **options})
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], complaints: list[str]) -> Page:
    """A page that nobody has signed in to."""
    made = new_context().new_page()
    listen(made, complaints)
    return made


@pytest.fixture
def open_as(
    site: Site, new_context: Callable[..., BrowserContext], complaints: list[str]
) -> Callable[..., Page]:
    """open_as(ana, "/annotate/1", **options) signs the person in on a fresh profile and opens the address."""

    def start(user: User, path: str = "/", **options: Any) -> Page:
        opened = new_context(**options).new_page()
        listen(opened, complaints)
        sign_in(opened, site, user)
        if path != "/":
            opened.goto(f"{site.url}{path}")
        return opened

    return start


def sign_in(page: Page, site: Site, user: User) -> None:
    """By a one-time link, as people do."""
    page.goto(f"{site.url}/sign-in/{make_sign_in_link(user=user)}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")


@pytest.fixture
def pictures(project: Project, tmp_path: Path) -> Callable[..., list[Image]]:
    """pictures("an iguana", "a second one") imports one drawn picture for each alt-text."""

    def bring_in(*alt_texts: str, split: Split = Split.TRAIN) -> list[Image]:
        rows = []
        for number, alt_text in enumerate(alt_texts):
            write_picture(tmp_path / f"{number}.png", number, width=640, height=480)
            rows.append({"image": f"{number}.png", "alt_text": alt_text, "split": split.value})
        import_images(
            project=project,
            source=str(write_rows(tmp_path / "rows.jsonl", rows)),
            imported_by=None,
            options=ImportOptions(processes=1),
            progress=lambda **told: None,
        )
        return list(Image.objects.filter(project=project).order_by("id"))

    return bring_in


@pytest.fixture
def first_round(site: Site, project: Project, pictures: Callable[..., list[Image]]) -> Round:
    """An open round over five pictures, from their alt-texts, with nothing sampled for review."""
    pictures(
        "Green iguana in Costa Rica, 2019", "Lake Bled", "a red boat", "IMG_0231.jpg", "Old town of Graz"
    )
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT, review_share=0.0)
    return launch_round(project=project, settings=settings, launched_by=None)
