"""Everything that somebody types or decides is there again: over the limit, after Escape, after a reload, on another device."""

from playwright.sync_api import expect

from annotation_server.choices import DropReason
from annotation_server.models import Caption, GuidelinesVersion, Project, Round, User
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, expect_state, press_submit, submit, write


def set_limit(project: Project, limit: int) -> None:
    project.caption_limit = limit
    project.save(update_fields=["caption_limit"])


def test_a_text_over_the_limit_is_kept_shown_and_cut(
    open_as: OpenPage, project: Project, first_round: Round, ana: User
) -> None:
    """The starting text has 32 characters."""
    set_limit(project, 24)
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019")
    expect(page.get_by_text("32 of 24 characters")).to_be_visible()
    caption(page).press("End")
    page.keyboard.insert_text(", on a branch")  # as a paste comes
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019, on a branch")
    expect_state(page, "saved")
    press_submit(page)
    expect(page.get_by_text("21 characters over its limit of 24")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "ca, 2019, on a branch"
    assert Caption.objects.count() == 0
    page.keyboard.press("Delete")
    expect(caption(page)).to_have_value("Green iguana in Costa Ri")
    submit(page)
    assert Caption.objects.get().text == "Green iguana in Costa Ri"


def test_a_caption_refused_over_a_new_limit_is_taken_up_again(
    open_as: OpenPage, project: Project, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "An iguana on a branch")
    set_limit(project, 9)
    press_submit(page)
    page.get_by_role("button", name="1 caption not taken – kept on this device").click()
    page.get_by_role("button", name="Continue this caption").click()
    expect(caption(page)).to_have_value("An iguana on a branch")
    write(page, "An iguana")
    submit(page)
    assert Caption.objects.get().text == "An iguana"


def test_decisions_come_along_to_another_device_and_back_from_a_submission(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "A green iguana in Costa Rica")
    expect_state(page, "saved")
    page.keyboard.press("Alt+c")
    with page.expect_response("**/working-copy/"):
        page.keyboard.press("u")
    other = open_as(ana, f"/annotate/{first_round.pk}")
    expect(other.get_by_role("button", name="2019 unsure")).to_be_visible()
    submit(page)
    page.keyboard.press("Alt+u")
    expect(page.get_by_role("button", name="2019 unsure")).to_be_visible()
    submit(page)
    assert [each.reason for each in Caption.objects.order_by("id")[1].concepts.all() if each.reason] == [
        DropReason.UNSURE
    ]


def test_guidelines_that_are_being_written_survive_a_reload_and_going_elsewhere(
    open_as: OpenPage, project: Project, ada: User
) -> None:
    page = open_as(ada, "/projects/iguanas/guidelines")
    page.get_by_role("button", name="Write a new version").click()
    page.get_by_role("textbox", name="Text").fill("Look closely.")
    page.get_by_role("textbox", name="What changed").fill("First words")
    page.get_by_role("link", name="Iguanas").first.click()
    page.go_back()
    page.reload()
    expect(page.get_by_text("You began a new version")).to_be_visible()
    page.get_by_role("button", name="Continue the new version").click()
    expect(page.get_by_role("textbox", name="Text")).to_have_value("Look closely.")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("button", name="Write a new version")).to_be_visible()
    assert [(each.text, each.note) for each in GuidelinesVersion.objects.all()] == [
        ("Look closely.", "First words")
    ]
