"""The owner's page of everybody on the site, reached by clicking: somebody is let go, and a lost way in made good. And a
project's people on its own page: asked, joining, removed."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from annotation_server.models import Membership, Project, User
from annotation_server.steps.people.add_person import add_person
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


def test_somebody_is_asked_and_joins_or_does_not(open_as: OpenPage, project: Project, ada: User) -> None:
    ivy = add_person(username="ivy")
    page, ivys = open_as(ada, "/projects/iguanas"), open_as(ivy)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="ivy"))
    for answer in ("Withdraw", "Decline", "Accept"):
        page.get_by_label("Invite").fill("ivy")
        page.get_by_role("button", name="Invite").click()
        expect(page.get_by_text("ivy has an account and is asked to join")).to_be_visible()
        expect(row).to_contain_text("invited by ada")
        assert Axe().run(page).response["violations"] == []
        if answer == "Withdraw":
            row.get_by_role("button", name="Withdraw").click()
            expect(row).to_have_count(0)
            continue
        ivys.reload()
        card = ivys.get_by_role("region", name="Invitation to Iguanas")
        expect(card).to_contain_text("ada invites you to Iguanas as an annotator.")
        expect(ivys.get_by_role("heading", name="Iguanas")).to_have_count(0)
        assert Axe().run(ivys).response["violations"] == []
        card.get_by_role("button", name=answer).click()
        expect(card).to_have_count(0)
        page.reload()
    expect(ivys.get_by_role("heading", name="Iguanas")).to_be_visible()
    expect(row.get_by_role("button", name="Pause")).to_be_visible()


def test_a_member_is_removed(site: Site, open_as: OpenPage, project: Project, ada: User, ana: User) -> None:
    anas, page = open_as(ana), open_as(ada, "/projects/iguanas")
    page.get_by_role("button", name="Remove ana").click()
    dialog = page.get_by_role("dialog", name="Remove ana")
    expect(dialog).to_contain_text("Their captions stay with their name")
    assert Axe().run(page).response["violations"] == []
    dialog.get_by_role("button", name="Cancel").click()
    assert Membership.objects.filter(user=ana).exists()
    page.get_by_role("button", name="Remove ana").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("rowheader", name="ana")).to_have_count(0)
    assert not Membership.objects.filter(user=ana).exists()
    anas.goto(site.url)
    expect(anas.get_by_role("heading", name="Iguanas")).to_have_count(0)
    expect(anas.get_by_text("Good to see you, ana")).to_be_visible()
