"""An owner of the site takes a whole project out as one file by clicking, and brings it in again under another name."""

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotation_server.models import Image, Membership, Project, User
from annotation_server.steps.people.add_person import add_person
from tests.browser.conftest import OpenPage

JOB_MS = 60_000


def archived(page: Page, to: Path) -> Path:
    """Made and downloaded from the project's page."""
    card = page.locator("section", has=page.get_by_role("heading", name="Archive the project"))
    card.get_by_role("button", name="Archive it").click()
    link = card.get_by_role("link", name="iguanas.tar")
    expect(link).to_be_visible(timeout=JOB_MS)
    expect(card.get_by_text("2 images")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as download:
        link.click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def choose(page: Page, path: Path) -> None:
    """From the list of projects to the look into the file."""
    page.get_by_role("link", name="Altogether").click()
    page.get_by_role("link", name="Bring in an archive").click()
    page.get_by_label("An archive of this computer").set_input_files(path)
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Upload").click()


def test_a_project_goes_out_and_comes_back_under_another_name(
    open_as: OpenPage,
    project: Project,
    pictures: Callable[..., list[Image]],
    tmp_path: Path,
    ana: User,
    ben: User,
) -> None:
    pictures("an iguana", "a second one")
    page = open_as(add_person(username="olga", owner=True), "/projects/iguanas")
    choose(page, archived(page, tmp_path))
    expect(page.get_by_role("heading", name="It is whole.")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_text("There is a project 'iguanas' already.")).to_be_visible()
    expect(page.get_by_role("row", name="ben")).to_contain_text("ben here is another person")
    page.get_by_label("ana here is another person").check()
    expect(page.get_by_label("ana here is the same person")).to_be_checked()
    page.get_by_label("Name in addresses").fill("iguanas-again")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_role("heading", name="The project is here")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("link", name="Open the project").click()
    expect(page.get_by_role("heading", name=project.name)).to_be_visible()
    page.get_by_role("link", name="Images", exact=True).click()
    expect(page.get_by_text("an iguana")).to_be_visible()
    members = Membership.objects.filter(project__slug="iguanas-again")
    assert set(members.values_list("user__username", flat=True)) == {"ana", "ben-iguanas-again"}
    page.goto(page.url.split("/projects")[0] + "/archives")
    expect(page.get_by_role("row", name="iguanas.tar")).to_contain_text("done")


def test_a_file_that_is_no_archive_is_refused(open_as: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "notes.tar"
    path.write_bytes(b"These are notes. " * 100)
    page = open_as(add_person(username="olga", owner=True))
    choose(page, path)
    expect(page.get_by_text("The file is no archive of a project")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
