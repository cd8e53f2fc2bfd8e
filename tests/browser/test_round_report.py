"""The report of a round with overlap and a control arm: figures appear as a worker of the captioner measures the captions."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.choices import ConceptOutcome
from annotation_server.models import Caption, CaptionMeasure, Image, Round, Task, User
from annotation_server.texts.concepts import ConceptOutcomeGiven
from tests.browser.conftest import OpenPage

WORKER_MS = 90_000


def test_arms_and_agreement_with_what_the_captioner_measures(
    open_as: OpenPage,
    pictures: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
    ben: User,
    ada: User,
    quick_encoder: None,
) -> None:
    pictures("a red boat", "Lake Bled", "a green iguana", "Old town of Graz")
    round = open_round(annotators_per_image=2)
    for number in range(4):
        for person, text in ((ana, "A small red boat."), (ben, "A small red boat on a lake.")):
            kept = ConceptOutcome.DROPPED if (number, person) == (1, ben) else ConceptOutcome.KEPT
            concepts = [
                ConceptOutcomeGiven(phrase="boat", outcome=kept),
                ConceptOutcomeGiven(phrase="fog", outcome=ConceptOutcome.DROPPED),
            ]
            hand_in(round, person, text, seconds=20.0 + number, concepts=concepts)
    # As if every other image had started from a draft: the lots of a control arm are the launch's business.
    Task.objects.filter(round=round, image__in=Image.objects.order_by("pk")[:2]).update(control=True)
    page = open_as(ada, "/projects/iguanas/rounds/1")
    arms = page.locator("section").filter(has=page.get_by_role("heading", name="Time, editing and quality"))
    expect(arms.get_by_role("row", name="Seconds")).to_contain_text("(")
    expect(arms.get_by_role("row", name="CLIP score")).to_have_count(0)
    agreement = page.locator("section").filter(has=page.get_by_role("heading", name="Agreement"))
    expect(agreement).to_contain_text("of 8 concepts decided alike")
    expect(agreement).to_contain_text("Krippendorff's α of concepts")
    expect(agreement).not_to_contain_text("alike in meaning")
    arms.get_by_role("button", name="Measure them").click()
    expect(arms.get_by_role("row", name="CLIP score")).to_be_visible(timeout=WORKER_MS)
    expect(arms.get_by_role("row", name="CIDEr-D against other people's captions")).to_be_visible()
    expect(arms.get_by_role("button", name="Measure them")).to_have_count(0)
    expect(agreement).to_contain_text("alike in meaning")
    assert CaptionMeasure.objects.exclude(cider=None).count() == 8
    assert Axe().run(page).response["violations"] == []
