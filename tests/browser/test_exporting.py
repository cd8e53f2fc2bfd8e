"""An admin takes data out by clicking: a round with chosen rows, and a captioner's captions of all images."""

import tarfile
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.db.models.functions import Now
from playwright.sync_api import expect

from annotation_server.choices import RunState
from annotation_server.models import Caption, CaptionerRun, Export, ExportImage, Image, Round, User
from annotation_server.places import export_folder
from annotation_server.steps.exports.verify_export import verify_export
from tests.browser.conftest import OpenPage
from tests.site import Site


def test_a_round_goes_out_with_the_chosen_rows(open_as: OpenPage, first_round: Round, ada: User) -> None:
    page = open_as(ada, "/projects/iguanas")
    card = page.locator("section", has=page.get_by_role("heading", name="Exports"))
    card.get_by_text("Which rows, which text").click()
    card.get_by_label("Captions, in %").fill("15")
    card.get_by_label("Seed").fill("7")
    card.get_by_label("Split").select_option("training")
    card.get_by_label("Domains, by comma").fill("example.org, iguanas.example")
    card.get_by_label("Also captions that wait for a verdict").check()
    assert Axe().run(page).response["violations"] == []
    card.get_by_role("button", name="Make an export").click()
    expect(card.get_by_text("Round 1 · jsonl")).to_be_visible()
    expect(card.get_by_role("link", name="_manifest.json")).to_be_visible(timeout=15_000)
    options = Export.objects.get().options
    assert options == {
        "images": False,
        "faces_blurred": False,
        "text": "caption",
        "mix": 0.15,
        "mix_seed": 7,
        "accepted_only": False,
        "control": False,
        "byte_order_mark": False,
        "splits": ["train"],
        "sources": [],
        "domains": ["example.org", "iguanas.example"],
    }


def test_pictures_are_downloaded_with_everything_else(
    open_as: OpenPage,
    first_round: Round,
    ada: User,
    ana: User,
    hand_in: Callable[..., Caption],
    tmp_path: Path,
) -> None:
    for number in range(3):
        hand_in(first_round, ana, f"A green iguana, number {number}.")
    page = open_as(ada, "/projects/iguanas")
    card = page.locator("section", has=page.get_by_role("heading", name="Exports"))
    card.get_by_text("Which rows, which text").click()
    card.get_by_label("With the pictures").check()
    card.get_by_label("Also captions that wait for a verdict").check()
    card.get_by_role("button", name="Make an export").click()
    everything = card.get_by_role("link", name="Everything as one .tar")
    expect(everything).to_be_visible(timeout=15_000)
    expect(card.get_by_role("link", name="pictures.sha256")).to_be_visible()
    expect(card.get_by_text("3 pictures")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as download:
        everything.click()
    export = Export.objects.get()
    assert download.value.suggested_filename == f"iguanas-jsonl-{export.pk}.tar"
    with tarfile.open(download.value.path()) as opened:
        opened.extractall(tmp_path / "out", filter="data")
    folder = tmp_path / "out" / f"iguanas-jsonl-{export.pk}"
    found = verify_export(folder=folder)
    assert (found.is_whole, found.manifest_sha256) == (True, export.manifest_sha256)
    assert len(list(folder.glob("images/*/*.*"))) == 3


def test_hundreds_of_shards_are_folded_away(open_as: OpenPage, first_round: Round, ada: User) -> None:
    files = [{"name": f"{shard:05d}.tar", "bytes": 10**9, "sha256": f"{shard:064d}"} for shard in range(120)]
    export = Export.objects.create(
        project=first_round.project, round=first_round, format="webdataset", manifest={"files": files}
    )
    Export.objects.update(folder=export_folder(export_id=export.pk), finished_at=Now())
    page = open_as(ada, "/projects/iguanas")
    card = page.locator("section", has=page.get_by_role("heading", name="Exports"))
    expect(card.get_by_text("120 GB")).to_be_visible()
    expect(card.get_by_role("link", name="00004.tar")).to_be_visible()
    expect(card.get_by_role("link", name="00005.tar")).to_be_hidden()
    card.get_by_text("115 more files").click()
    expect(card.get_by_role("link", name="00119.tar")).to_be_visible()


def test_a_run_is_asked_for_captions_of_all_images(
    open_as: OpenPage, site: Site, first_round: Round, ada: User
) -> None:
    CaptionerRun.objects.create(
        project=first_round.project,
        number=1,
        through_round=first_round,
        recipe="tiny",
        state=RunState.FINISHED,
        checkpoint="run-1/checkpoint",
    )
    page = open_as(ada, "/projects/iguanas")
    page.get_by_label("with their alt-texts").uncheck()
    with site.paused("captioner"):
        page.get_by_role("button", name="Caption all images").click()
        expect(page.get_by_text("Queued; find the captions under Exports.")).to_be_visible()
        expect(page.get_by_text("Altogether(1) · its captions of all images")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("not written; see Jobs")).to_be_visible()
    export = Export.objects.get()
    assert (export.options["with_alt_text"], export.options["splits"]) == (False, [])


def test_what_changed_since_the_last_export(open_as: OpenPage, first_round: Round, ada: User) -> None:
    common = {"project": first_round.project, "round": first_round, "format": "csv", "finished_at": Now()}
    first = Export.objects.create(**common)
    same = Export.objects.create(
        **common, previous=first, changes={"added": 0, "changed": 0, "gone": 0}, row_count=1
    )
    ExportImage.objects.create(export=same, image=Image.objects.earliest("pk"), digests=b"a" * 78)
    other = {"added": 0, "changed": 0, "gone": 1}
    last = Export.objects.create(**common, previous=same, changes=other, row_count=0)
    page = open_as(ada, "/projects/iguanas")
    expect(page.get_by_text(f"Nothing changed since export {first.pk}.")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as download:
        page.get_by_role("link", name="0 added, 0 changed, 1 gone").click()
    assert download.value.suggested_filename == f"{last.pk}-changes.jsonl"
    assert '"kind": "gone"' in download.value.path().read_text()
