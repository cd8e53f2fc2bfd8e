"""Importing: every row an outcome, nothing twice, near-duplicates in one split, nothing that stops the rest."""

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models.functions import Now
from PIL import Image as Pictures

from annotation_server.choices import Split, StartingText
from annotation_server.errors import InvalidSettings, UnknownFormat
from annotation_server.formats.import_report import ImportReport
from annotation_server.formats.pictures import local_rendition, rendition_name
from annotation_server.models import (
    AltText,
    Caption,
    Event,
    Image,
    ImageCluster,
    Project,
    Round,
    Task,
    User,
)
from annotation_server.steps.import_images import ImportOptions, import_images
from annotation_server.steps.import_images.chunks import drawn_split
from tests.at_once import at_once
from tests.drawing import drawn, write_picture, write_rows

pytestmark = pytest.mark.django_db

Import = Callable[..., ImportReport]


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture
def run(project: Project) -> Import:
    """run(path, **options) imports into the project."""

    def start(
        source: Path, *, progress: Callable[..., None] = quiet, by: User | None = None, **options: Any
    ) -> ImportReport:
        wanted = ImportOptions(processes=1, **options)
        return import_images(
            project=project, source=str(source), imported_by=by, options=wanted, progress=progress
        )

    return start


@pytest.fixture
def pictures_online(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a web server with two pictures, and the paths that it was asked for."""
    asked: list[str] = []
    for number in range(2):
        write_picture(tmp_path / f"online/{number}.png", number)

    class Site(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(tmp_path / "online")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def captioned(task: Task) -> Caption:
    assert task.current_caption is not None
    return task.current_caption


def manifest(folder: Path, count: int, **fields: Any) -> Path:
    """A manifest of `count` different pictures."""
    rows = []
    for number in range(count):
        write_picture(folder / f"{number}.png", number)
        rows.append({"image": f"{number}.png", "alt_text": f"iguana {number}", **fields})
    return write_rows(folder / "rows.jsonl", rows)


def counts(report: ImportReport) -> tuple[int, int, int]:
    found = report.as_json()
    return found["imported"], found["already_there"], found["refused"]


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def splits() -> dict[str, str]:
    return dict(Image.objects.values_list("source_key", "split"))


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
    assert (image.domain, image.source, image.licence, image.source_key, image.source_url) == (
        "animals",
        "wit",
        "CC0",
        "q7",
        "https://example.org/1",
    )
    assert (image.face_boxes, image.split, image.cluster.split) == ([[1, 2, 3, 4]], "eval", "eval")
    assert list(AltText.objects.values_list("position", "text")) == [(0, "An iguana\non a rock"), (1, "")]
    assert stored(image.file_name) == path.read_bytes()
    for size, longest in {"screen": 700, "thumbnail": 320}.items():
        with Pictures.open(BytesIO(stored(rendition_name(sha256=image.sha256, size=size)))) as shown:
            assert (shown.format, max(shown.size)) == ("WEBP", longest)
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
    ]
    report = run(write_rows(tmp_path / "rows.jsonl", rows))
    assert counts(report) == (1, 0, 10)
    reasons = {refusal["row"]: refusal["reason"] for refusal in report.refusals}
    assert reasons[2] == "There is no file 'missing.png'."
    assert reasons[3].startswith("Not an image of a known format")
    assert reasons[4].startswith("The image is damaged")
    assert reasons[5].startswith("Character 7 (U+0000) cannot be stored.")
    assert reasons[6].startswith("Character 13 (U+D800) cannot be stored.")
    assert reasons[7] == "Its domain has 201 characters; at most 200 can be stored."
    assert reasons[9] == "The row names no image."
    assert reasons[11] == reasons[4]
    assert list(AltText.objects.values_list("text", flat=True)) == ["fine"]


def test_the_imports_own_values_fill_what_rows_leave_open(tmp_path: Path, run: Import) -> None:
    for name in "ab":
        write_picture(tmp_path / f"{name}.png", ord(name))
    rows = [{"image": "a.png"}, {"image": "b.png", "domain": "own", "split": "train"}]
    run(write_rows(tmp_path / "rows.jsonl", rows), domain="given", licence="CC0", split="eval")
    assert list(Image.objects.values_list("domain", "licence", "split")) == [
        ("given", "CC0", "eval"),
        ("own", "CC0", "train"),
    ]


def test_splits_are_drawn_by_hash_and_share(tmp_path: Path, run: Import, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(eval_share=0.5)
    project.refresh_from_db()
    run(manifest(tmp_path, 12))
    drawn_again = {
        image.sha256: drawn_split(sha256=image.sha256, eval_share=0.5) for image in Image.objects.all()
    }
    assert dict(Image.objects.values_list("sha256", "split")) == drawn_again
    assert set(drawn_again.values()) == {"train", "eval"}


def test_near_duplicates_share_a_split_across_imports_and_within_one(tmp_path: Path, run: Import) -> None:
    original = drawn(1, width=400, height=300)
    original.save(tmp_path / "first.png")
    original.resize((200, 150)).save(tmp_path / "small.png")
    original.save(tmp_path / "recoded.jpg", quality=40)
    write_picture(tmp_path / "other.png", 2)
    run(write_rows(tmp_path / "a.jsonl", [{"image": "first.png", "id": "first", "split": "eval"}]))
    rows = [{"image": "small.png", "id": "small"}, {"image": "other.png", "id": "other", "split": "train"}]
    rows.append({"image": "recoded.jpg", "id": "recoded", "split": "train"})
    report = run(write_rows(tmp_path / "b.jsonl", rows))
    assert splits() == {"first": "eval", "small": "eval", "recoded": "eval", "other": "train"}
    assert ImageCluster.objects.count() == 2
    assert report.joined_clusters == 2
    assert report.notes == [
        {
            "row": 3,
            "name": "recoded.jpg",
            "note": "Put into eval instead of train: a near-duplicate of it is there.",
        }
    ]


def test_a_picture_like_a_held_out_one_is_held_out_though_a_training_one_is_nearer(
    tmp_path: Path, run: Import, project: Project
) -> None:
    original = drawn(1, width=400, height=300)
    original.save(tmp_path / "new.png")
    original.resize((200, 150)).save(tmp_path / "held.png")
    run(write_rows(tmp_path / "a.jsonl", [{"image": "held.png", "id": "held", "split": "eval"}]))
    held = Image.objects.get()
    Image.objects.create(  # As if an older server had put a copy of it into the other split.
        project=project,
        cluster=ImageCluster.objects.create(project=project, split=Split.TRAIN),
        split=Split.TRAIN,
        sha256="f" * 64,
        source_key="leak",
        perceptual_hash=held.perceptual_hash,
        colour_grid=held.colour_grid,
        file_name="images/f.png",
        width=1,
        height=1,
        byte_count=1,
        media_type="image/png",
    )
    run(write_rows(tmp_path / "b.jsonl", [{"image": "new.png", "id": "new"}]))
    assert splits() == {"held": "eval", "leak": "train", "new": "eval"}


def test_what_was_taken_down_stays_out(tmp_path: Path, run: Import) -> None:
    path = manifest(tmp_path, 2)
    run(path)
    Image.objects.filter(pk=Image.objects.earliest("pk").pk).update(withdrawn_at=Now())
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "0.png", "alt": "new"}, {"image": "1.png"}]))
    assert counts(report) == (0, 1, 1)
    assert report.refusals[0]["reason"] == "The image was taken down by its source's wish."
    assert not AltText.objects.filter(text="new").exists()


def test_pictures_outside_the_folder_are_refused_where_the_import_is_confined(
    tmp_path: Path, run: Import
) -> None:
    outside = write_picture(tmp_path / "outside.png", 1)
    (tmp_path / "in").mkdir()
    write_picture(tmp_path / "in/a.png", 2)
    (tmp_path / "in/link.png").symlink_to(outside)
    rows = [{"image": name} for name in ("a.png", "../outside.png", str(outside), "link.png")]
    path = write_rows(tmp_path / "in/rows.jsonl", rows)
    assert counts(run(path, confined=True)) == (1, 0, 3)
    assert counts(run(path)) == (1, 3, 0)


def test_a_stopped_import_keeps_its_chunks_and_is_run_again(
    tmp_path: Path, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation_server.steps.import_images.chunks.CHUNK_ROWS", 2)
    path = manifest(tmp_path, 7)

    class Stopped(Exception):
        pass

    def stop(*, done: int, total: int, message: str) -> None:
        assert total == 7
        if done >= 4:
            raise Stopped

    with pytest.raises(Stopped):
        run(path, progress=stop)
    assert Image.objects.count() == 4
    assert list(Path(default_storage.path("staging")).iterdir()) == []
    assert counts(run(path)) == (3, 4, 0)
    assert Image.objects.count() == 7


def test_progress_is_told_to_the_end(tmp_path: Path, run: Import) -> None:
    told: list[tuple[int, int]] = []
    run(manifest(tmp_path, 3), progress=lambda *, done, total, message: told.append((done, total)))
    assert told[-1] == (3, 3)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"split": "dev"}, InvalidSettings),
        ({"columns": {"a": "nonsense"}}, InvalidSettings),
        ({"format": "nonsense"}, UnknownFormat),
    ],
)
def test_nonsense_is_refused_before_anything_is_stored(
    tmp_path: Path, run: Import, options: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        run(manifest(tmp_path, 1), **options)
    assert not Image.objects.exists()


def test_the_report_is_plain_json(tmp_path: Path, run: Import) -> None:
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "missing.png", "truth": 1}]))
    found = json.loads(json.dumps(report.as_json()))
    assert (found["rows"], found["refused"], found["unknown_columns"]) == (1, 1, ["truth"])
    assert found["reasons"] == {"There is no file 'missing.png'.": 1}


def test_the_number_of_queries_does_not_depend_on_the_rows(tmp_path: Path, run: Import) -> None:
    def queries(count: int) -> int:
        (tmp_path / str(count)).mkdir()
        path = manifest(tmp_path / str(count), count, domain=str(count))
        Image.objects.exists()
        before = len(connection.queries_log)
        run(path)
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        assert queries(1) == queries(30)
    finally:
        connection.force_debug_cursor = False


def test_earlier_rounds_arrive_as_closed_rounds_with_parents(
    tmp_path: Path, run: Import, project: Project, open_round: Callable[..., Round], make_images: Any
) -> None:
    for name in "abc":
        write_picture(tmp_path / f"{name}.png", ord(name))
    rows: list[dict[str, Any]] = [
        {
            "img_path": "a.png",
            "alt": "iguana",
            "round1": "A green iguana.",
            "round3": "A green iguana\r\non a rock.",
        },
        {"img_path": "b.png", "alt": "lizard", "round3": "A lizard."},
        {"img_path": "c.png", "alt": "newt", "round3": "A newt \x00."},
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    report = run(path)
    assert (counts(report), report.captions) == ((3, 0, 0), 3)
    assert [note["row"] for note in report.notes] == [3]
    assert list(Round.objects.values_list("number", "state")) == [(1, "closed"), (3, "closed")]
    tasks = Task.objects.order_by("round__number", "image")
    assert [
        (task.round.number, task.state, task.starting_source, task.starting_text, captioned(task).text)
        for task in tasks
    ] == [
        (1, "accepted", "alt_text", "iguana", "A green iguana."),
        (3, "accepted", "previous_caption", "A green iguana.", "A green iguana\non a rock."),
        (3, "accepted", "alt_text", "lizard", "A lizard."),
    ]
    second = captioned(tasks[1])
    assert second.parent == captioned(tasks[0])
    assert (second.words, second.words_changed) == (7, 3)
    assert run(path).captions == 0
    assert not User.objects.get(username="imported").is_active
    following = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    assert following.number == 4
    assert set(Task.objects.filter(round=following).values_list("starting_text", flat=True)) == {
        "A green iguana\non a rock.",
        "A lizard.",
        "newt",
    }


def test_earlier_rounds_are_not_mixed_with_a_projects_own(
    tmp_path: Path, run: Import, open_round: Callable[..., Round], make_images: Any
) -> None:
    make_images(1)
    open_round()
    write_picture(tmp_path / "a.png", 1)
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "a.png", "round1": "A green iguana."}]))
    assert (counts(report), report.captions) == ((1, 0, 0), 0)
    assert (
        report.notes[0]["note"] == "Its earlier captions were left out: this project has rounds of its own."
    )
    assert not Caption.objects.exists()


def test_pictures_at_an_address_are_fetched_once(
    tmp_path: Path, run: Import, settings: Any, pictures_online: tuple[str, list[str]]
) -> None:
    site, asked = pictures_online
    rows = [{"url": f"{site}/{name}", "alt": name} for name in ("0.png", "1.png", "missing.png")]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    refused = run(path)
    assert counts(refused) == (0, 0, 3)
    assert {row["reason"] for row in refused.refusals} == {
        "The address leads into a network or to a port that this server may not reach."
    }
    assert asked == []
    settings.IMPORT_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    report = run(path)
    assert counts(report) == (2, 0, 1)
    assert report.refusals[0]["reason"] == "The address answers 404."
    assert list(Image.objects.values_list("source_url", flat=True)) == [f"{site}/0.png", f"{site}/1.png"]
    asked.clear()
    assert counts(run(path)) == (0, 2, 1)
    assert asked == ["/missing.png"]


def test_texts_are_repaired_only_when_that_is_asked_for(tmp_path: Path, run: Import) -> None:
    broken = "Caf\u00c3\u00a9 &amp; bar"
    for name, repair in {"a": False, "b": True}.items():
        write_picture(tmp_path / f"{name}.png", ord(name))
        path = write_rows(tmp_path / f"{name}.jsonl", [{"image": f"{name}.png", "alt": broken}])
        run(path, repair_texts=repair)
    assert list(AltText.objects.order_by("id").values_list("text", flat=True)) == [broken, "Café & bar"]


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_store_everything_once(tmp_path: Path, run: Import) -> None:
    path = manifest(tmp_path, 8)
    reports = at_once([lambda: run(path), lambda: run(path)])
    assert [report for report in reports if isinstance(report, Exception)] == []
    assert Image.objects.count() == AltText.objects.count() == 8
    assert sum(report.as_json()["imported"] for report in reports if isinstance(report, ImportReport)) == 8
