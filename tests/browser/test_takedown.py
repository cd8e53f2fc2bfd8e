"""A takedown says which exports and archives have the picture, before and after, and leads to the archive to be removed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from annotation_server.models import Archive, Caption, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.steps.archives.request_archive import request_archive
from annotation_server.steps.exports.export_round import export_round
from tests.browser.conftest import OpenPage
from tests.faults.conftest import wait_until


def quiet(**told: Any) -> None:
    """Nobody watches."""


def archived(project: Project, asker: User) -> Archive:
    """Asked for, and written by a worker."""
    archive = request_archive(project=project, pictures=True, checkpoints=False, requested_by=asker)
    written = Archive.objects.filter(pk=archive.pk, finished_at__isnull=False)
    wait_until(written.exists, what="the archive was written")
    return archive


def test_who_has_the_picture_is_told_and_the_archive_removed(
    open_as: OpenPage,
    first_round: Round,
    ada: User,
    ana: User,
    hand_in: Callable[..., Caption],
    tmp_path: Path,
) -> None:
    image = hand_in(first_round, ana, "A green iguana on a branch, in Costa Rica.").task.image
    export_round(
        project=first_round.project,
        round=first_round,
        format="jsonl",
        folder=tmp_path / "out",
        options=ExportOptions(accepted_only=False),
        requested_by=ada,
        progress=quiet,
    )
    archive = archived(first_round.project, ada)
    page = open_as(ada, f"/projects/iguanas/images/{image.pk}")
    page.get_by_role("button", name="Take down…").click()
    dialog = page.get_by_role("dialog", name="Take this image down?")
    says_who_has_it(page, archive)
    dialog.get_by_label("Who asked for it, and why").fill("Its photographer asked.")
    dialog.get_by_role("button", name="Take down…").click()
    expect(dialog.get_by_text("It is down")).to_be_visible()
    says_who_has_it(page, archive)
    dialog.get_by_role("button", name="Close").click()
    removed_by_its_link(page, archive)


def says_who_has_it(page: Page, archive: Archive) -> None:
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("These exports hold it: tell whoever has them.")).to_be_visible()
    expect(dialog.get_by_text("Round 1 · jsonl")).to_be_visible()
    expect(dialog.get_by_text("These archives have its picture: remove them")).to_be_visible()
    expect(dialog.get_by_role("link", name=f"Archive {archive.pk}")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def removed_by_its_link(page: Page, archive: Archive) -> None:
    """From the image's page to the archive's card, and back."""
    life = page.locator(".life")
    expect(life.get_by_role("heading", name="Archives with its picture")).to_be_visible()
    link = life.get_by_role("link", name=f"Archive {archive.pk}")
    held: list[Route] = []
    for address in ("**/api/v1/exports/**", "**/members/"):
        page.route(address, lambda route: held.append(route))
    link.click()
    card = page.locator(f"#archive-{archive.pk}")
    expect(card).to_be_in_viewport()
    page.set_viewport_size({"width": 700, "height": 300})
    for route in held:
        route.continue_()  # What stands above it comes later.
    expect(page.get_by_text("1 row ·")).to_be_visible()
    expect(card).to_be_in_viewport()
    card.get_by_role("button", name="Remove").click()
    expect(card).to_have_count(0)
    page.go_back()
    expect(life.get_by_role("heading", name="Exports that hold it")).to_be_visible()
    expect(link).to_have_count(0)


def test_a_reviewer_is_told_and_has_no_link(
    open_as: OpenPage,
    first_round: Round,
    ada: User,
    rita: User,
    ana: User,
    hand_in: Callable[..., Caption],
) -> None:
    image = hand_in(first_round, ana, "A green iguana.").task.image  # They see pictures that have a caption.
    archive = archived(first_round.project, ada)
    page = open_as(rita, f"/projects/iguanas/images/{image.pk}")
    expect(page.locator(".life").get_by_text(f"Archive {archive.pk}")).to_be_visible()
    expect(page.get_by_role("link", name=f"Archive {archive.pk}")).to_have_count(0)
