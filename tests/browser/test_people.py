"""The owner's page of everybody on the site, reached by clicking: somebody is let go, and a lost way in made good."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.models import Project, User
from annotation_server.steps.add_person import add_person
from tests.browser.conftest import OpenPage
from tests.site import Site


def test_an_owner_ends_a_persons_access_and_lets_them_in_again(
    site: Site, open_as: OpenPage, project: Project, ana: User, ben: User
) -> None:
    anas = open_as(ana)
    page = open_as(add_person(username="olga", owner=True))
    page.get_by_role("button", name="olga").click()
    page.get_by_role("link", name="People of this site").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="ana"))
    expect(row).to_contain_text("iguanas: annotator")
    assert Axe().run(page).response["violations"] == []

    row.get_by_role("button", name="Deactivate ana").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("tokens stay revoked")
    assert Axe().run(page).response["violations"] == []
    dialog.get_by_role("button", name="Deactivate").click()
    expect(row).to_contain_text("deactivated")
    anas.goto(f"{site.url}/projects/iguanas")
    expect(anas.get_by_label("Paste your sign-in link")).to_be_visible()

    row.get_by_role("button", name="Let in again").click()
    row.get_by_role("button", name="Make a sign-in link for ana").click()
    anas.goto(row.get_by_role("status").locator("code").inner_text())
    anas.get_by_role("button", name="Sign in").click()
    expect(anas.get_by_role("heading", name="Iguanas")).to_be_visible()

    page.get_by_label("Name contains").fill("be")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/people?search=be")
    expect(page.get_by_role("rowheader")).to_have_text(["ben"])
