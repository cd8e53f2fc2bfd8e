"""An admin chooses how the project's captioner is trained; an owner registers what it may start from."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.choices import BaseState
from annotation_server.models import BaseCheckpoint, Project, User
from annotation_server.steps.people.add_person import add_person
from tests.browser.conftest import OpenPage


def test_a_captioner_is_chosen(open_as: OpenPage, project: Project, ada: User) -> None:
    BaseCheckpoint.objects.create(
        name="pre-trained",
        folder="pre",
        state=BaseState.READY,
        misfits={"tiny": "", "small": "Its decoder is another. Choose a recipe with that decoder."},
    )
    page = open_as(ada, "/projects/iguanas", viewport={"width": 360, "height": 740})
    card = page.locator("details", has=page.get_by_role("heading", name="Captioner", exact=True))
    card.locator("summary").click()
    expect(card.get_by_label("The server's own (tiny)")).to_be_checked()
    card.get_by_label("From a base").check()
    card.get_by_label("Base", exact=True).select_option("pre-trained")
    card.get_by_label("small", exact=True).check()
    expect(card.get_by_text("Its decoder is another.")).to_be_visible()
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_contain_text("Training cannot start from the base 'pre-trained'.")
    card.get_by_label("tiny", exact=True).check()
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_text("Saved")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []
    expect(page.get_by_role("heading", name="Base checkpoints")).to_have_count(0)
    page.reload()
    card.locator("summary").click()
    expect(card.get_by_label("From a base")).to_be_checked()
    expect(card.get_by_label("Base", exact=True)).to_have_value("pre-trained")


def test_an_owner_registers_and_removes_a_base(open_as: OpenPage, project: Project) -> None:
    page = open_as(add_person(username="olga", owner=True), "/projects/iguanas")
    card = page.locator("details", has=page.get_by_role("heading", name="Base checkpoints"))
    card.locator("summary").click()
    card.get_by_label("Name", exact=True).fill("pre-trained")
    card.get_by_label("Folder").fill("/etc")
    card.get_by_role("button", name="Register").click()
    expect(card.get_by_role("alert")).to_contain_text("A base lies below the folder CAPTIONER_BASES")
    card.get_by_label("Folder").fill("pre")
    card.get_by_role("button", name="Register").click()
    expect(card.get_by_role("region", name="pre-trained")).to_be_visible()
    # Whether a worker has looked into that one by now is left open; into this one it has.
    BaseCheckpoint.objects.create(
        name="fitting",
        folder="fitting",
        state=BaseState.READY,
        parameters=1_660_000_000,
        sha256="a" * 64,
        misfits={"altogether": ""},
    )
    page.reload()
    card.locator("summary").first.click()
    row = card.get_by_role("region", name="fitting")
    expect(row).to_contain_text("Fits these recipes: altogether.")
    assert Axe().run(page).response["violations"] == []
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    assert [base.name for base in BaseCheckpoint.objects.all()] == ["pre-trained"]
