"""What goes out through a format comes back in with nothing changed that the format can hold."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pictures

from annotation_server.formats.readers.ledger import OF_AN_EXPORT
from annotation_server.models import Image, Project
from annotation_server.pictures.storage import local_path, local_rendition
from annotation_server.releases.tar_stream import tar_of
from annotation_server.steps.exports.export_round.exporting import drawn
from annotation_server.steps.images.render_picture import render_picture
from annotation_server.steps.projects.create_project import create_project
from tests.formats.exporting import CAPTIONS, FORMATS, captions_by_key, take

pytestmark = pytest.mark.django_db(transaction=True)

# What a format has no place for.
LOST = {
    "altogether_ft": {"split", "domain", "licence", "source_key", "page_url"},
    "coco": {"earlier rounds"},
}


def held(project: Project, *, without: set[str]) -> list[dict[str, Any]]:
    """What a project holds of each image, but for what the format loses; in the order of the exports."""
    found = []
    for image in Image.objects.filter(project=project).order_by("image_url"):
        tasks = image.tasks.order_by("round__number").select_related("round", "current_caption")
        rounds = {task.round.number: task.current_caption.text for task in tasks if task.current_caption}
        facts = {
            "split": image.split,
            "source": image.source,
            "domain": image.domain,
            "licence": image.licence,
            "source_key": image.source_key,
            "image_url": image.image_url,
            "page_url": image.page_url,
            "face_boxes": image.face_boxes,
            "alt_texts": [one.text for one in image.alt_texts.all()],
            "rounds": {2: rounds[2]} if "earlier rounds" in without else rounds,
            "pixels": pixels(image),
        }
        found.append({name: fact for name, fact in facts.items() if name not in without})
    return found


def pixels(image: Image) -> bytes:
    with Pictures.open(local_rendition(sha256=image.sha256, size="screen")) as shown:
        return shown.convert("RGB").tobytes()


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("format", FORMATS)
def test_out_again_and_in_again(
    format: str, export: Callable[..., Path], project: Project, tmp_path: Path
) -> None:
    kept = export(format).rename(tmp_path / "kept")
    folder = export(format)
    assert files(folder) == files(kept)
    blobs = list(files(folder).values())
    assert any(b"WEBPVP8" in blob for blob in blobs)
    assert not any(mark in blob for blob in blobs for mark in (b"Exif", b"EXIF", b"ICCP"))
    packed = tmp_path / f"{format}.tar"
    packed.write_bytes(b"".join(tar_of(folder, top="iguanas-round-2")))
    lost = LOST.get(format, set())
    for source in (folder, packed):  # As it is downloaded: nobody says which of its files has the rows.
        other = create_project(slug=f"other-{source.suffix[1:]}", name="Other", created_by=None)
        account = {page["kind"]: page for page in take(other, source)}
        assert len(held(other, without=lost)) == 3
        assert held(other, without=lost) == held(project, without=lost)
        assert {one["reason"] for one in account.pop("file")["reasons"]} == {OF_AN_EXPORT}
        account.pop("column", None)
        assert not any(page["left"] for page in account.values())


def test_an_empty_export_is_a_valid_one(export: Callable[..., Path]) -> None:
    for format in FORMATS:
        folder = export(format, sources=["nowhere"])
        assert json.loads((folder / "_manifest.json").read_text())["row_count"] == 0


def test_altogether_ft_is_what_the_public_set_looks_like(export: Callable[..., Path]) -> None:
    folder = export("altogether_ft")
    rows = {row["url"]: row for row in json.loads((folder / "data.json").read_text())["data"]}
    row = rows["https://example.org/0.png?a=1,2"]
    assert (folder / row.pop("img_path")).is_file()
    assert row == {
        "round1": "Round one 0.",
        "round2": CAPTIONS[0],
        "alt": "-iguana 0",
        "url": "https://example.org/0.png?a=1,2",
        "source": "wit",
        "face_bbox": [],
    }


def test_no_cell_of_a_csv_is_a_formula(export: Callable[..., Path]) -> None:
    import csv

    with (export("csv") / "data.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) > 40
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_mix_has_the_caption_with_the_wanted_probability() -> None:
    hashes = [f"{number:064x}" for number in range(4_000)]
    few = {one for one in hashes if drawn(sha256=one, seed=1) < 0.15}
    more = {one for one in hashes if drawn(sha256=one, seed=1) < 0.3}
    assert few < more
    assert 0.13 < len(few) / 4_000 < 0.17
    assert few != {one for one in hashes if drawn(sha256=one, seed=2) < 0.15}


def test_a_mixed_export_says_where_each_text_is_from(export: Callable[..., Path], tmp_path: Path) -> None:
    def texts(mix: float) -> dict[str, tuple[str, str]]:
        folder = export("jsonl", mix=mix)
        lines = (folder / "data.jsonl").read_text().splitlines()
        folder.rename(tmp_path / f"mixed-{mix}")
        rows = [json.loads(line) for line in lines]
        return {row["source_key"]: (row["caption"], row["caption_source"]) for row in rows}

    assert texts(0.0) == {f"q{number}": (f"-iguana {number}", "alt_text") for number in range(3)}
    assert texts(1.0) == {key: (text, "caption") for key, text in captions_by_key().items()}


@pytest.mark.parametrize("blurred", [False, True])
def test_pictures_are_the_renditions_that_people_saw(export: Callable[..., Path], blurred: bool) -> None:
    Project.objects.update(blur_faces=blurred)
    folder = export("jsonl")
    for line in (folder / "data.jsonl").read_text().splitlines():
        row = json.loads(line)
        image = Image.objects.select_related("project").get(sha256=row["sha256"])
        shown = local_path(render_picture(image=image, size="screen")).read_bytes()
        assert (folder / row["image"]).read_bytes() == shown
        with Pictures.open(io.BytesIO(shown)) as picture:
            assert picture.size == (row["width"], row["height"])
