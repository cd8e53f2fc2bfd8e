"""The workbench says what is so: offline, when the round was closed, when an image was taken down."""

from playwright.sync_api import expect

from annotation_server.models import Caption, Image, Round, User
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.rounds.close_round import close_round
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, press_submit, write


def test_offline_after_the_last_fetched_task_it_says_what_is_kept(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.context.set_offline(True)
    for text in ("First", "Second", "Third"):
        write(page, text)
        press_submit(page)
    expect(page.get_by_text("3 captions are kept on this device.")).to_be_visible()
    expect(page.locator(".save")).to_have_count(0)
    page.keyboard.press("s")  # There is nothing to skip.
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.context.set_offline(False)  # It looks again by itself.
    expect(caption(page)).to_have_value("IMG_0231.jpg")
    expect(page.locator(".status-line .badge")).to_have_count(0)  # Nothing waits to be sent.
    assert Caption.objects.count() == 3


def test_a_round_that_is_closed_meanwhile_is_said_at_once_and_nothing_more_is_handed_out(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    close_round(round=first_round, closed_by=None)
    write(page, "Half a caption")
    expect(page.get_by_role("alert")).to_contain_text("The round was closed.")
    expect(page.get_by_role("button", name="Submit")).to_be_disabled()
    expect(caption(page)).to_have_value("Half a caption")


def test_an_image_that_was_taken_down_is_said_to_be(
    open_as: OpenPage, first_round: Round, ana: User, ada: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    withdraw_image(image=Image.objects.order_by("id")[0], reason="Its source asked.", withdrawn_by=ada)
    write(page, "A green iguana")
    expect(page.get_by_role("alert")).to_contain_text("was taken down")
    page.get_by_role("button", name="Next task").click()
    expect(caption(page)).to_have_value("Lake Bled")
