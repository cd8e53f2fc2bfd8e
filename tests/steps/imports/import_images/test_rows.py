"""Importing: every row an outcome, nothing twice, and nothing that stops the rest."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from PIL import Image as Pictures
from pydantic import ValidationError

from annotation_server.formats.readers.ledger import ROW_REFUSED
from annotation_server.models import (
    AltText,
    Event,
    Image,
    Project,
    User,
)
from annotation_server.pictures.storage import local_rendition, rendition_name
from tests.drawing import write_picture, write_rows
from tests.steps.imports.import_images.importing import Import, counts, manifest

pytestmark = pytest.mark.django_db


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


@pytest.mark.parametrize(("texts", "length"), [(30, 5_000), (60, 4)])
@pytest.mark.parametrize("at_once", [True, False], ids=["in one import", "in two"])
def test_an_image_gets_no_more_texts_than_a_page_can_show(
    tmp_path: Path, run: Import, texts: int, length: int, at_once: bool
) -> None:
    write_picture(tmp_path / "iguana.png", 1)
    rows = [
        {"image": "iguana.png", "alt_texts": [f"{number}{row}".ljust(length, "x") for number in range(texts)]}
        for row in "ab"
    ]
    if length * texts > 100_000:  # One row alone is too much.
        report = run(write_rows(tmp_path / "long.jsonl", [rows[0]]))
        assert counts(report) == (0, 0, 1)
        assert not Image.objects.exists()
        rows = [{**row, "alt_texts": row["alt_texts"][:12]} for row in rows]
    kept = len(rows[0]["alt_texts"])
    if at_once:
        report = run(write_rows(tmp_path / "rows.jsonl", rows))
        assert counts(report) == (1, 0, 1)
    else:
        assert counts(run(write_rows(tmp_path / "1.jsonl", rows[:1]))) == (1, 0, 0)
        report = run(write_rows(tmp_path / "2.jsonl", rows[1:]))
        assert counts(report) == (0, 0, 1)
    [reason] = report.as_json()["reasons"]
    assert "can be stored" in reason
    assert AltText.objects.count() == kept


def test_an_image_with_all_that_came_along(tmp_path: Path, run: Import, project: Project, ada: User) -> None:
    path = write_picture(tmp_path / "iguana.png", 1, width=700, height=500)
    row = {
        "image": "iguana.png",
        "alt_texts": ["An iguana\r\non a rock", "", "An iguana\non a rock"],
        "domain": "animals",
        "source": "wit",
        "licence": "CC0",
        "id": "q7",
        "url": "https://example.org/1",
        "face_bbox": [1, 2, 3, 4],
        "split": "eval",
    }
    report = run(write_rows(tmp_path / "rows.jsonl", [row]), by=ada)
    assert counts(report) == (1, 0, 0)
    image = Image.objects.get()
    assert (image.width, image.height, image.media_type, image.byte_count) == (
        700,
        500,
        "image/png",
        path.stat().st_size,
    )
    assert (image.domain, image.source, image.licence, image.source_key, image.image_url) == (
        "animals",
        "wit",
        "CC0",
        "q7",
        "https://example.org/1",
    )
    assert (image.face_boxes, image.split, image.cluster.split) == ([[1, 2, 3, 4]], "eval", "eval")
    assert list(AltText.objects.values_list("position", "text")) == [(0, "An iguana\non a rock"), (1, "")]
    assert stored(image.file_name) == path.read_bytes()
    with Pictures.open(BytesIO(stored(rendition_name(sha256=image.sha256, size="screen")))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (700, 500))
    assert local_rendition(sha256=image.sha256, size="screen").is_file()
    event = Event.objects.get(verb="images.imported")
    assert (event.actor, event.project, event.after["imported"]) == (ada, project, 1)


def test_twice_is_once(tmp_path: Path, run: Import) -> None:
    path = manifest(tmp_path, 5)
    assert counts(run(path)) == (5, 0, 0)
    before = list(Image.objects.values()), list(AltText.objects.values())
    assert counts(run(path)) == (0, 5, 0)
    assert (list(Image.objects.values()), list(AltText.objects.values())) == before


def test_new_texts_of_an_image_that_is_there_are_added_after_its_own(tmp_path: Path, run: Import) -> None:
    write_picture(tmp_path / "a.png", 1)
    rows: list[dict[str, Any]] = [{"image": "a.png", "alt": "first"}]
    rows.append({"image": "a.png", "alt_texts": ["second", "first"]})
    assert counts(run(write_rows(tmp_path / "rows.jsonl", rows))) == (1, 1, 0)
    run(write_rows(tmp_path / "more.jsonl", [{"image": "a.png", "alt": "third"}]))
    assert list(AltText.objects.values_list("position", "text")) == [
        (0, "first"),
        (1, "second"),
        (2, "third"),
    ]


def test_bad_rows_are_refused_with_a_reason_and_the_rest_goes_in(tmp_path: Path, run: Import) -> None:
    write_picture(tmp_path / "good.png", 1)
    (tmp_path / "text.jpg").write_text("<svg/>")
    (tmp_path / "pointer.jpg").write_text(
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    )
    (tmp_path / "cut.png").write_bytes((tmp_path / "good.png").read_bytes()[:300])
    rows = [
        {"image": "good.png", "alt": "fine"},
        {"image": "missing.png"},
        {"image": "text.jpg"},
        {"image": "cut.png"},
        {"image": "good.png", "alt": "a NUL \x00"},
        {"image": "good.png", "alt": "half a pair \ud800"},
        {"image": "good.png", "domain": "x" * 201},
        {"image": "x" * 5_000},
        {"alt": "no image"},
        {"image": "good.png", "alt": "x" * 100_001},
        {"image": "cut.png", "alt": "the same broken file again"},
        {"image": "pointer.jpg"},
    ]
    report = run(write_rows(tmp_path / "rows.jsonl", rows))
    assert counts(report) == (1, 0, 11)
    reasons = {refusal["row"]: refusal["reason"] for refusal in report.refusals}
    assert reasons[2] == "There is no file 'missing.png'."
    assert reasons[3].startswith("Not an image of a known format")
    assert reasons[4].startswith("The image is damaged")
    assert reasons[5].startswith("Character 7 of an alt-text (U+0000) cannot be stored.")
    assert reasons[6].startswith("Character 13 of an alt-text (U+D800) cannot be stored.")
    assert reasons[7] == "Its domain has 201 characters; at most 200 can be stored."
    assert reasons[9] == "The row names no image."
    assert reasons[11] == reasons[4]
    assert reasons[12].startswith("'pointer.jpg' is a Git LFS pointer, not the file itself.")
    assert list(AltText.objects.values_list("text", flat=True)) == ["fine"]
    texts = next(page for page in report.as_json()["account"] if page["kind"] == "text")
    assert (texts["used"], [(left["reason"], left["count"]) for left in texts["reasons"]]) == (
        1,
        [(ROW_REFUSED, 5)],
    )


def test_the_imports_own_values_fill_what_rows_leave_open(tmp_path: Path, run: Import) -> None:
    for name in "ab":
        write_picture(tmp_path / f"{name}.png", ord(name))
    rows = [{"image": "a.png"}, {"image": "b.png", "domain": "own", "split": "train"}]
    run(write_rows(tmp_path / "rows.jsonl", rows), domain="given", licence="CC0", split="eval")
    assert list(Image.objects.values_list("domain", "licence", "split")) == [
        ("given", "CC0", "eval"),
        ("own", "CC0", "train"),
    ]


def test_texts_are_repaired_only_when_that_is_asked_for(tmp_path: Path, run: Import) -> None:
    broken = "Caf\u00c3\u00a9 &amp; bar"
    for name, repair in {"a": False, "b": True}.items():
        write_picture(tmp_path / f"{name}.png", ord(name))
        path = write_rows(tmp_path / f"{name}.jsonl", [{"image": f"{name}.png", "alt": broken}])
        run(path, repair_texts=repair)
    assert list(AltText.objects.order_by("id").values_list("text", flat=True)) == [broken, "Café & bar"]


def test_what_was_taken_down_stays_out(tmp_path: Path, run: Import) -> None:
    path = manifest(tmp_path, 2)
    run(path)
    Image.objects.filter(pk=Image.objects.earliest("pk").pk).update(withdrawn_at=Now())
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "0.png", "alt": "new"}, {"image": "1.png"}]))
    assert counts(report) == (0, 1, 1)
    assert report.refusals[0]["reason"] == "The image was taken down at its source's request."
    assert not AltText.objects.filter(text="new").exists()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"split": "dev"}, "split"),
        ({"columns": {"a": "nonsense"}}, "columns.a"),
        ({"format": "nonsense"}, "format"),
    ],
)
def test_nonsense_is_refused_before_anything_is_stored(
    tmp_path: Path, run: Import, options: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        run(manifest(tmp_path, 1), **options)
    assert [".".join(map(str, error["loc"])) for error in refused.value.errors()] == [named]
    assert not Image.objects.exists()


def test_the_report_is_plain_json(tmp_path: Path, run: Import) -> None:
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "missing.png", "truth": 1}]))
    found = json.loads(json.dumps(report.as_json()))
    assert (found["rows"], found["refused"], found["unknown_columns"]) == (1, 1, ["truth"])
    assert found["reasons"] == {"There is no file '…'.": 1}
    assert found["examples"] == {
        "There is no file '…'.": "row 1, missing.png: There is no file 'missing.png'."
    }
