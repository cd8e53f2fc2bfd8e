"""An admin's pages beside the project: its history and its webhooks, reached by clicking, seen working."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.models import Project, Round, User
from tests.browser.conftest import OpenPage
from tests.steps.projects.test_send_webhooks import Receiver, receiver

__all__ = ["receiver"]


def test_the_history_tells_who_changed_what(
    open_as: OpenPage, first_round: Round, ada: User, ana: User
) -> None:
    page = open_as(ada, "/projects/iguanas")
    page.get_by_label("Role of ana").select_option("reviewer")
    expect(page.get_by_label("Role of ana")).to_have_value("reviewer")
    page.get_by_role("link", name="History").click()
    row = page.get_by_role("row").filter(has_text="role: annotator → reviewer")
    expect(row).to_contain_text("ada")
    assert Axe().run(page).response["violations"] == []
    row.get_by_role("button", name="membership.set").click()
    page.wait_for_url("**/history?verb=membership.set")
    expect(page.get_by_role("button", name="round.launched")).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("button", name="round.launched")).to_be_visible()


def test_a_webhook_is_added_tested_and_removed(
    open_as: OpenPage, project: Project, receiver: Receiver, ada: User
) -> None:
    page = open_as(ada, "/projects/iguanas")
    page.get_by_role("link", name="Webhooks").click()
    expect(page.get_by_text("No webhook yet.")).to_be_visible()
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_label("round.closed").check()
    page.get_by_role("button", name="Add the webhook").click()
    assert len(page.get_by_role("status").locator("code").inner_text()) == 43
    page.get_by_role("button", name="Send a test").click()
    row = page.get_by_role("row").filter(has_text="webhook.test")
    expect(row).to_contain_text("delivered")  # by the worker, and the log asks every three seconds
    assert len(receiver.got) == 1
    row.get_by_text("webhook.test", exact=True).click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="New secret").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The old secret goes on signing").select_option("for 24 hours")
    dialog.get_by_role("button", name="New secret").click()
    assert len(dialog.get_by_role("status").locator("code").inner_text()) == 43
    assert Axe().run(page).response["violations"] == []
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("the secret before this one signs, too")).to_be_visible()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("delivered", exact=True)).to_have_count(2)
    assert receiver.got[1][0]["X-Altogether-Signature"].count("v1=") == 2
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No webhook yet.")).to_be_visible()
