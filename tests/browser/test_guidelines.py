"""Guidelines: written with pictures and examples, read with what changed since; a tour and practice before real tasks."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotation_server.models import Caption, Membership, Project, Round, User
from annotation_server.steps.projects.change_guidelines import change_guidelines
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, difference
from tests.drawing import write_picture


def read_guidelines(page: Page) -> str:
    """What the drawer says, opened by its key and closed again."""
    page.keyboard.press("Alt+g")
    drawer = page.get_by_role("dialog", name="Guidelines")
    expect(drawer.locator(".markdown, .difference")).to_be_visible()
    said = drawer.locator(".markdown, .difference").inner_text()
    with page.expect_response("**/guidelines/seen/"):
        drawer.get_by_role("button", name="Close").click()
    return said


def test_what_changed_is_shown_once(
    open_as: OpenPage, project: Project, first_round: Round, ana: User, ada: User
) -> None:
    change_guidelines(project=project, text="Name the species.", note="", over=0, author=ada)
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    assert read_guidelines(page) == "Name the species."
    change_guidelines(project=project, text="Name the exact species.", note="Be exact.", over=1, author=ada)
    page.reload()
    expect(page.get_by_text("changed", exact=True)).to_be_visible()
    page.keyboard.press("Alt+g")
    drawer = page.get_by_role("dialog", name="Guidelines")
    expect(drawer).to_contain_text("Be exact.")
    expect(drawer.locator("ins")).to_have_text("exact ")
    drawer.get_by_role("button", name="Show the text").click()
    expect(drawer.locator(".markdown")).to_have_text("Name the exact species.")
    page.keyboard.press("Escape")
    expect(page.get_by_text("changed", exact=True)).to_have_count(0)
    assert Membership.objects.get(user=ana).guidelines_seen == 2


def test_an_admin_writes_them_with_a_picture_and_examples(
    open_as: OpenPage, project: Project, ada: User, tmp_path: Path
) -> None:
    page = open_as(ada, "/projects/iguanas/guidelines")
    page.get_by_role("button", name="Write a new version").click()
    field = page.get_by_role("textbox", name="Text")
    field.fill("Look closely.")
    page.get_by_role("button", name="A good example").click()
    field.fill(field.input_value().replace("…", "A marine iguana."))
    page.locator("input[type=file]").set_input_files(write_picture(tmp_path / "look.png", 3))
    expect(page.get_by_role("img", name="look.png")).to_be_visible()
    page.get_by_role("textbox", name="What changed").fill("First words")
    page.get_by_role("button", name="Save as a new version").click()
    example = page.locator("figure.example.good")
    expect(example).to_contain_text("A marine iguana.")
    expect(page.get_by_text("Version 1")).to_be_visible()
    picture = page.get_by_role("img", name="look.png")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 96


def test_an_admin_asks_for_concepts_and_a_caption_waits_for_them(
    open_as: OpenPage, first_round: Round, ana: User, ada: User
) -> None:
    admin = open_as(ada, "/projects/iguanas/guidelines")
    with admin.expect_response("**/projects/iguanas/"):
        admin.get_by_role("checkbox", name="Ask about every dropped concept").click()
    page = open_as(ana, f"/annotate/{first_round.pk}")
    caption(page).fill("A green iguana in Costa Rica")
    expect(page.locator(".chip.undecided")).to_have_count(1)
    caption(page).press("Control+Enter")
    expect(page.locator(".chip.undecided")).to_be_focused()
    assert Caption.objects.count() == 0
    page.keyboard.press("n")
    with page.expect_response("**/submit/"):
        page.keyboard.press("Control+Enter")
    assert Caption.objects.get().text == "A green iguana in Costa Rica"


def test_practice_tells_what_is_missing_and_leaves_nothing_behind(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    page.get_by_role("link", name="Practise").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Picture {number} of 3")).to_be_visible()
        expect(page.get_by_role("button", name="Next")).to_be_disabled()
        page.get_by_role("button", name="Show a good caption").click()
        good = page.locator(".practice .note").inner_text()
        page.get_by_role("textbox", name="Caption").fill(good)
        expect(page.locator(".rules li:not(.met)")).to_have_count(0)
        page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Begin with real tasks").click()
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019")
    expect(page.get_by_text("New here?")).to_have_count(0)
    assert Caption.objects.count() == 0
    assert Membership.objects.get(user=ana).practised_at is not None


def test_the_tour_walks_over_the_screen_and_comes_once(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.get_by_role("button", name="Show me around").click()
    toured = []
    while page.get_by_role("button", name="Next", exact=True).count():
        toured.append(page.locator("[data-toured]").get_attribute("class"))
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Begin").click()
    assert toured == ["stage", "sources", "caption-field", "difference-pane", "concepts"]
    assert difference(page) == "Green iguana in Costa Rica, 2019"
    page.reload()
    expect(caption(page)).to_be_focused()
    expect(page.get_by_role("button", name="Show me around")).to_have_count(0)


def test_an_admin_chooses_a_picture_of_the_project_to_practise_on(
    open_as: OpenPage, first_round: Round, ana: User, ada: User
) -> None:
    page = open_as(ada, "/projects/iguanas/guidelines")
    page.get_by_role("link", name="Practice pictures").click()
    expect(page.get_by_text("No picture of this project is chosen.")).to_be_visible()
    page.get_by_role("link", name="Choose a picture").click()
    page.locator("a[href*='/images/']").first.click()
    page.get_by_role("link", name="Use for practice").click()
    lesson = page.get_by_role("group", name="Practice picture 1")
    expect(lesson.get_by_label("Text to start from")).to_have_value("Green iguana in Costa Rica, 2019")
    lesson.get_by_label("A good caption has").fill("Costa Rica\nblack / dark")
    lesson.get_by_label("A good caption is without").fill("2019")
    save = page.get_by_role("button", name="Save")
    lesson.get_by_label("A good caption", exact=True).fill("A green iguana in Costa Rica.")
    expect(lesson.get_by_text("Not yet a good one. Has: black / dark")).to_be_visible()
    expect(save).to_be_disabled()
    lesson.get_by_label("A good caption", exact=True).fill("A dark iguana in Costa Rica.")
    assert Axe().run(page).response["violations"] == []
    save.click()
    expect(page.get_by_text("Saved")).to_be_visible()

    page = open_as(ana, "/practice/iguanas")
    expect(page.get_by_text("Picture 1 of 1")).to_be_visible()
    assert (
        page.locator(".practice img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    )
    page.get_by_role("textbox", name="Caption").fill("A black iguana in Costa Rica, 2019")
    expect(page.locator(".rules li:not(.met)")).to_contain_text(["Is without: 2019"])
    page.get_by_role("textbox", name="Caption").fill("A black iguana in Costa Rica")
    with page.expect_response("**/practised/"):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Begin with real tasks")).to_be_visible()
    assert Membership.objects.get(user=ana).practised_at is not None
