"""Pictures of every state of the workbench and the reviewer's desks, for the documentation; each checked with axe.

    .venv/bin/python -m bench.screenshots [--folder docs/screenshots] [--only conflict]

Runs the product on an empty database with the demo's photographs, walks a real Chromium to each state, and writes a small
WebP of it. Ends with 1 where axe finds an accessibility violation.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Picture
from playwright.sync_api import Browser, Page, sync_playwright

from bench.page_load import LAPTOP, signed_in
from bench.server import started
from deploy.chromium import find_or_install_chromium

if TYPE_CHECKING:
    from bench.screenshots.scenes import World

PHONE = {"width": 360, "height": 780}
CAPTION = ".caption-field"


class Studio:
    """A browser on the served product, and the world that was made for the pictures."""

    def __init__(self, *, browser: Browser, url: str, world: "World") -> None:
        self._browser, self._url, self.world = browser, url, world

    def open(self, who: str, path: str, *, toured: bool = True, **look: Any) -> Page:
        """The address as that person sees it."""
        page = signed_in(self._browser, self._url, self.world.people[who])
        if look:
            page.emulate_media(color_scheme=look.get("color_scheme"))
            page.set_viewport_size(look.get("viewport", LAPTOP))
        if toured:
            page.add_init_script("localStorage.setItem('altogether.toured', 'yes')")
        page.goto(f"{self._url}{path}")
        page.wait_for_load_state("networkidle")
        return page

    def workbench(self, who: str, **look: Any) -> Page:
        """The workbench with its caption ready."""
        page = self.open(who, f"/annotate/{self.world.round.pk}", **look)
        page.wait_for_selector(CAPTION)
        return page


def edited(page: Page) -> Page:
    """A caption well under way, saved."""
    page.fill(
        CAPTION,
        "Portrait of the astronaut Eileen Collins in an orange space suit, smiling, her helmet beside her",
    )
    page.wait_for_selector(".save.saved")
    return page


def first_visit(studio: Studio) -> Page:
    page = studio.workbench("nina", toured=False)
    page.get_by_role("button", name="Show me around").click()
    return page


def editing(studio: Studio) -> Page:
    page = edited(studio.workbench("ana"))
    page.keyboard.press("Alt+ArrowDown")
    return page


def concepts(studio: Studio) -> Page:
    page = edited(studio.workbench("ana"))
    page.keyboard.press("Alt+c")
    page.keyboard.press("n")
    page.keyboard.press("Alt+c")
    return page


def origins(studio: Studio) -> Page:
    page = edited(studio.workbench("ana"))
    page.keyboard.press("Alt+p")
    return page


def offline(studio: Studio) -> Page:
    page = studio.workbench("ben")
    page.context.set_offline(True)
    page.fill(CAPTION, "The silhouette of a black horse on white")
    page.keyboard.press("Control+Enter")
    page.locator(CAPTION).press_sequentially(" with latte art")
    page.wait_for_selector(".save.offline")
    return page


def conflict(studio: Studio) -> Page:
    one = studio.workbench("cleo")
    two = one.context.new_page()
    two.goto(one.url)
    two.wait_for_selector(CAPTION)
    one.fill(CAPTION, "A ginger cat looks at the camera, its whiskers spread")
    one.wait_for_selector(".save.saved")
    two.fill(CAPTION, "A tabby cat looks past the camera, its whiskers spread wide")
    two.get_by_role("dialog").wait_for()
    two.locator(".hunk").first.click()
    return two


def returned(studio: Studio) -> Page:
    return studio.workbench("dora")


def guidelines(studio: Studio) -> Page:
    page = studio.workbench("ana")
    page.keyboard.press("Alt+g")
    page.get_by_role("dialog").locator("ins").first.wait_for()
    return page


def practice(studio: Studio) -> Page:
    page = studio.open("nina", "/practice/photographs")
    page.get_by_role("textbox", name="Caption").fill("A marine iguana on a rock")
    return page


def review(studio: Studio) -> Page:
    page = studio.open("rita", f"/review/{studio.world.round.pk}")
    page.wait_for_selector(".review-caption")
    return page


def adjudication(studio: Studio) -> Page:
    page = studio.open("rita", f"/adjudicate/{studio.world.pairs.pk}")
    page.wait_for_selector(".candidates")
    return page


def merging(studio: Studio) -> Page:
    page = adjudication(studio)
    page.keyboard.press("m")
    page.locator(".hunk").nth(1).click()
    return page


def phone(studio: Studio) -> Page:
    return edited(studio.workbench("ana", viewport=PHONE))


def dark(studio: Studio) -> Page:
    return edited(studio.workbench("ana", color_scheme="dark"))


def right_to_left(studio: Studio) -> Page:
    page = studio.open("ana", f"/annotate/{studio.world.arabic.pk}")
    page.wait_for_selector(CAPTION)
    page.fill(CAPTION, "قطة برتقالية ذات عيون خضراء تنظر إلى الكاميرا")
    page.wait_for_selector(".save.saved")
    return page


def keys(studio: Studio) -> Page:
    page = studio.workbench("ana")
    page.keyboard.press("F1")
    return page


STATES: dict[str, Callable[[Studio], Page]] = {
    state.__name__.replace("_", "-"): state
    for state in (
        *(first_visit, editing, concepts, origins, offline, conflict, returned, guidelines, practice),
        *(review, adjudication, merging, phone, dark, right_to_left, keys),
    )
}


def take(page: Page, file: Path) -> list[str]:
    """Write the picture; returns what axe finds, as rule and place."""
    page.wait_for_timeout(400)  # Transitions end; pictures are painted.
    shot = Picture.open(BytesIO(page.screenshot()))
    shot.save(file, "WEBP", quality=72, method=6)
    found = Axe().run(page).response["violations"]
    page.context.close()
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--only", choices=sorted(STATES), action="append", help="may be given again")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    complaints = 0
    with started() as served, tempfile.TemporaryDirectory() as folder:
        from bench.screenshots.scenes import make_world

        world = make_world(Path(folder))
        flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop lives in this thread.
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_or_install_chromium(), args=flags)
            studio = Studio(browser=browser, url=served.url, world=world)
            for name in options.only or STATES:
                file = options.folder / f"{name}.webp"
                found = take(STATES[name](studio), file)
                complaints += len(found)
                told = "; ".join(found) or "no violation"
                print(f"{name:16}{file.stat().st_size / 1000:6.0f} kB  axe: {told}", flush=True)
            browser.close()
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
