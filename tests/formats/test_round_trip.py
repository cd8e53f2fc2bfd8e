"""What goes out through a format comes back in with nothing changed that the format can hold, and the format's own library
opens the files."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pictures

from annotation_server.formats.pictures import local_path, local_rendition
from annotation_server.models import Caption, Image, Project, Round, User
from annotation_server.steps.create_project import create_project
from annotation_server.steps.export_round import ExportOptions, drawn, export_round
from annotation_server.steps.import_images import ImportOptions, import_images
from annotation_server.steps.render_picture import render_picture
from tests.drawing import write_picture, write_rows

pytestmark = pytest.mark.django_db(transaction=True)

FORMATS = ["altogether_ft", "coco", "csv", "hf_dataset", "jsonl", "parquet", "webdataset"]
# What a format has no place for.
LOST = {
    "altogether_ft": {"split", "domain", "licence", "source_key"},
    "coco": {"earlier rounds"},
}
CAPTIONS = [
    '=cmd|"/c calc"!A1 – a "quoted", green iguana;\nsecond line\twith a tab 🦎',
    "'=a newt",
    "@Ein Molch, grün",
]


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture
def annotated(
    project: Project,
    tmp_path: Path,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
    ben: User,
) -> Round:
    """Three images with all that came along, two rounds; round 2 has the awkward captions. Faces are shown, so that the
    pixels can come back as they were."""
    Project.objects.update(blur_faces=False)
    rows = [
        {
            "image": f"{number}.png",
            "alt_texts": [f"-iguana {number}", "", 'x; y, "z"\n[not json]'][: number + 1],
            "split": "eval" if number == 2 else "train",
            "source": "wit",
            "domain": "animals",
            "licence": "CC-BY",
            "id": f"q{number}",
            "url": f"https://example.org/{number}.png?a=1,2",
            "face_bbox": [[1, 2, 3.5, 4]] if number else [],
        }
        for number in range(3)
    ]
    for number in range(3):
        write_picture(tmp_path / f"in/{number}.png", number, width=60, height=40)
    take(project, write_rows(tmp_path / "in/rows.jsonl", rows))
    for number, annotator in {1: ana, 2: ben}.items():
        round = open_round()
        for position in range(3):
            hand_in(round, annotator, f"Round one {position}." if number == 1 else CAPTIONS[position])
        Round.objects.filter(pk=round.pk).update(state="closed")
    return round


def take(project: Project, source: Path) -> None:
    report = import_images(
        project=project,
        source=str(source),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    assert report.as_json()["refusals"] == []


@pytest.fixture
def export(annotated: Round, tmp_path: Path) -> Callable[..., Path]:
    def written(format: str, **options: Any) -> Path:
        folder = tmp_path / format
        export_round(
            project=annotated.project,
            round=annotated,
            format=format,
            folder=folder,
            options=ExportOptions(**{"images": True, "accepted_only": False, **options}),
            requested_by=None,
            progress=quiet,
        )
        return folder

    return written


def held(project: Project, *, without: set[str]) -> list[dict[str, Any]]:
    """What a project holds of each image, but for what the format loses; in the order of the exports."""
    found = []
    for image in Image.objects.filter(project=project).order_by("source_url"):
        tasks = image.tasks.order_by("round__number").select_related("round", "current_caption")
        rounds = {task.round.number: task.current_caption.text for task in tasks if task.current_caption}
        facts = {
            "split": image.split,
            "source": image.source,
            "domain": image.domain,
            "licence": image.licence,
            "source_key": image.source_key,
            "source_url": image.source_url,
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
    sources = {"coco": folder / "captions.json", "altogether_ft": folder / "data.json"}
    other = create_project(slug="other", name="Other", created_by=None)
    take(other, sources.get(format, folder))
    lost = LOST.get(format, set())
    assert len(held(other, without=lost)) == 3
    assert held(other, without=lost) == held(project, without=lost)


def test_an_empty_export_is_a_valid_one(export: Callable[..., Path]) -> None:
    for format in FORMATS:
        folder = export(format, sources=["nowhere"])
        assert json.loads((folder / "manifest.json").read_text())["row_count"] == 0


def captions_by_key() -> dict[str, str]:
    return {
        image.source_key: caption.text
        for caption in Caption.objects.filter(task__round__number=2)
        for image in [caption.task.image]
    }


def test_pandas_opens_csv_and_parquet(export: Callable[..., Path]) -> None:
    import pandas

    table = pandas.read_csv(export("csv") / "data.csv", keep_default_na=False)
    assert {row.source_key: row.caption for row in table.itertuples()} == {
        key: f"'{text}" for key, text in captions_by_key().items()
    }
    table = pandas.read_parquet(export("parquet") / "data-00000.parquet")
    assert dict(zip(table.source_key, table.caption, strict=True)) == captions_by_key()


def test_datasets_opens_the_hugging_face_folder(export: Callable[..., Path], tmp_path: Path) -> None:
    import datasets

    loaded = datasets.load_dataset(str(export("hf_dataset")), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in loaded.items()} == {"train": 2, "eval": 1}
    assert {
        row["source_key"]: row["caption"] for rows in loaded.values() for row in rows
    } == captions_by_key()
    assert loaded["eval"][0]["image"].size == (60, 40)
    assert [one["text"] for one in loaded["eval"][0]["rounds"]] == ["Round one 2.", CAPTIONS[2]]


@pytest.mark.filterwarnings("ignore")
def test_webdataset_opens_the_shards(export: Callable[..., Path]) -> None:
    import webdataset

    shard = export("webdataset") / "00000.tar"
    samples = list(
        webdataset.WebDataset(str(shard), shardshuffle=False).decode("pil").to_tuple("webp", "txt", "json")
    )
    assert {about["source_key"]: text for _, text, about in samples} == captions_by_key()
    assert [picture.size for picture, _, _ in samples] == [(60, 40)] * 3


def test_pycocotools_opens_coco(export: Callable[..., Path]) -> None:
    from pycocotools.coco import COCO

    folder = export("coco")
    coco = COCO(str(folder / "captions.json"))
    found = {}
    for image in coco.loadImgs(coco.getImgIds()):
        [annotation] = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        found[image["source_key"]] = annotation["caption"]
        assert (folder / image["file_name"]).is_file()
    assert found == captions_by_key()


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
