"""An admin brings images in by clicking: sees what is in a file, says what its columns mean, and what became of the rows."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from annotation_server.models import AltText, Image, Project, User
from tests.browser.conftest import OpenPage
from tests.drawing import drawn, write_picture

JOB_MS = 60_000
SCRIPT = "<img src=x onerror=\"document.title='owned'\"> an iguana"


def jpeg(seed: int) -> bytes:
    file = io.BytesIO()
    drawn(seed).save(file, "JPEG")
    return file.getvalue()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def choose(page: Page, path: Path) -> None:
    """From the project's page to the look into the file."""
    page.get_by_role("link", name="Import images").click()
    expect(page.get_by_role("heading", name="Bring images in")).to_be_visible()
    page.get_by_label("Choose files").set_input_files(path)
    page.get_by_role("button", name="Upload").click()


def test_a_file_is_looked_into_mapped_and_imported(
    open_as: OpenPage, project: Project, ada: User, tmp_path: Path
) -> None:
    shard = tmp_path / "00000.tar"
    with tarfile.open(shard, "w") as archive:
        for number in range(3):
            row = {"caption": f"iguana {number}", "comment": f"better words {number}"}
            for name, content in (
                (f"{number}.jpg", jpeg(number)),
                (f"{number}.json", json.dumps(row).encode()),
            ):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    page = open_as(ada, "/projects/iguanas")
    choose(page, shard)
    expect(page.get_by_role("heading", name="Look at it, then start")).to_be_visible(timeout=JOB_MS)
    expect(page.get_by_role("row", name="iguana 1")).to_be_visible()
    page.get_by_label("What comment means").select_option("alt_texts")
    page.get_by_label("What caption means").select_option("ignore")
    page.get_by_label("Licence").fill("CC BY 4.0")
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("heading", name="All rows have come in")).to_be_visible(timeout=JOB_MS)
    with page.expect_download() as download:
        page.get_by_role("link", name="Every row's outcome (CSV)").click()
    assert download.value.path().read_text().splitlines()[0] == "row,name,outcome,reason"
    texts = AltText.objects.filter(image__project=project).order_by("text").values_list("text", flat=True)
    assert list(texts) == [f"better words {number}" for number in range(3)]
    assert set(Image.objects.values_list("licence", flat=True)) == {"CC BY 4.0"}
    page.locator(".trail").get_by_role("link", name="Import").click()
    expect(page.get_by_role("row", name="00000.tar")).to_contain_text("done")


def test_hostile_files_are_refused_row_by_row(
    open_as: OpenPage, project: Project, ada: User, tmp_path: Path
) -> None:
    path = zipped(
        tmp_path / "hostile.zip",
        {
            "good.jpg": jpeg(1),
            "good.txt": SCRIPT.encode(),
            "page.jpg": b"<html><script>document.title='owned'</script></html>",
            "drawing.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "cut.jpg": jpeg(2)[:300],
            "../../outside.jpg": jpeg(3),
            "=HYPERLINK(1).jpg": b"no picture",
        },
    )
    page = open_as(ada, "/projects/iguanas")
    choose(page, path)
    expect(page.get_by_role("heading", name="Look at it, then start")).to_be_visible(timeout=JOB_MS)
    expect(page.get_by_text("1 member of the archive was left out.")).to_be_visible()
    expect(page.get_by_text("Its name leads out of the archive.").first).to_be_visible()
    expect(page.get_by_role("row", name="good.jpg")).to_contain_text(SCRIPT)
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("heading", name="All rows have come in")).to_be_visible(timeout=JOB_MS)
    expect(page.get_by_text("Not an image of a known format").first).to_be_visible()
    assert [one.alt_texts.get().text for one in Image.objects.filter(project=project)] == [SCRIPT]
    assert "owned" not in page.title()


def test_what_cannot_be_imported_says_why_and_is_removed(
    open_as: OpenPage, project: Project, ada: User, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam")
    page = open_as(ada, "/projects/iguanas")
    choose(page, path)
    expect(page.get_by_role("heading", name="This cannot be imported")).to_be_visible(timeout=JOB_MS)
    expect(page.get_by_text("letter.txt is in no format that is known here")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()


def test_a_folder_that_is_dropped_comes_in_with_its_places(
    open_as: OpenPage, project: Project, ada: User, tmp_path: Path
) -> None:
    """As the system hands it to the browser, beside a file, anywhere on the page."""
    for number, place in enumerate(["boat", "day 1/lake"]):
        write_picture(tmp_path / "trip" / f"{place}.png", number)
        (tmp_path / "trip" / f"{place}.txt").write_text(f"the {place}")
    write_picture(tmp_path / "cat.png", 5)
    page = open_as(ada, "/projects/iguanas/imports")
    expect(page.get_by_text("Drop pictures, folders or a zip here, or")).to_be_visible()
    drop(page, tmp_path / "trip", tmp_path / "cat.png")
    expect(page.get_by_text("5 files,")).to_contain_text("sent together, as pictures-5.zip")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("row", name="trip/day 1/lake.png")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("heading", name="All rows have come in")).to_be_visible(timeout=JOB_MS)
    texts = AltText.objects.filter(image__project=project).exclude(text="").order_by("text")
    assert list(texts.values_list("text", flat=True)) == ["the boat", "the day 1/lake"]
    assert Image.objects.filter(project=project).count() == 3


def drop(page: Page, *paths: Path) -> None:
    """What the mouse does with files of the system over the page's lower right, where no field is."""
    session = page.context.new_cdp_session(page)
    files = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ["dragEnter", "dragOver", "drop"]:
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 1200, "y": 700, "data": files})


def test_annotators_are_shown_no_way_in(open_as: OpenPage, project: Project, ana: User) -> None:
    page = open_as(ana, "/projects/iguanas")
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()
    expect(page.get_by_role("link", name="Import images")).to_have_count(0)
