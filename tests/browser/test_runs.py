"""What a captioner run shows of itself: its samples are readable, on a phone too."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.models import Caption, CaptionerRun, Image, Round, User
from tests.browser.conftest import OpenPage


def test_the_samples_of_a_run(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
    ana: User,
    ada: User,
) -> None:
    [seen] = pictures("Graz, old town")
    round = open_round()
    hand_in(round, ana, "Graz in winter.")
    run = train(round, cider=0.5)
    sample = {
        "sha256": seen.sha256,
        "alt_text": "",
        "reference": "The old town of Graz in winter.",
        "with_alt": "The old town of Graz in summer.",
        "without_alt": "A city.",
    }
    CaptionerRun.objects.filter(pk=run.pk).update(report={**run.report, "samples": [sample]})

    page = open_as(ada, "/projects/iguanas", viewport={"width": 360, "height": 740})
    page.get_by_text("1 held-out sample").click()
    shown = page.locator(".sample dd")
    expect(shown).to_have_text(
        [
            "(nothing)",
            "The old town of Graz in winter.",
            "The old town of Graz in winter summer.",
            "A city.",
        ]
    )
    expect(page.locator(".sample del")).to_have_text("winter")
    assert page.locator(".sample img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []
