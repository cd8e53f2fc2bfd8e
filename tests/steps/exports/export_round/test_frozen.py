"""Exporting: the same bytes again, one moment in time, every text with where it came from, nothing half-written."""

import hashlib
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotation_server.choices import JobKind, JobState, Role
from annotation_server.errors import (
    FolderNotEmpty,
    InvalidSettings,
    ServiceUnavailable,
    UnknownFormat,
)
from annotation_server.models import Caption, CaptionerRun, Export, Job, Project, Round, User
from annotation_server.models.export import ExportImage
from annotation_server.options.export_round import ExportOptions
from annotation_server.steps.exports.export_round import export_round, pseudonym, request_export, write_export
from tests.conftest import held
from tests.steps.exports.export_round.exporting import HandIn, Images, Write, everything, quiet, rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_row_has_all_rounds_side_by_side(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path, ana: User, ben: User
) -> None:
    write(two_rounds[1])
    [row, other] = rows(tmp_path / "out")
    captions = {caption.text: caption for caption in Caption.objects.all()}
    one, two = captions["Round one, 0."], captions["Round two, 0."]
    image = one.task.image
    assert row == {
        "sha256": image.sha256,
        "split": "train",
        "caption": "Round two, 0.",
        "caption_source": "caption",
        "alt_texts": ["iguana 0"],
        "source": "",
        "domain": "",
        "licence": "",
        "source_key": "",
        "image_url": "",
        "page_url": "",
        "width": 320,
        "height": 320,
        "face_boxes": [],
        "rounds": [
            {
                "round": 1,
                "slot": 0,
                "text": "Round one, 0.",
                "caption_id": one.pk,
                "parent_id": None,
                "annotator": pseudonym(slug="iguanas", user_id=ana.pk),
                "state": "accepted",
                "verdict": "",
                "late": False,
                "seconds": 4.0,
                "starting_source": "alt_text",
                "starting_text": "iguana 0",
                "draft": None,
                "concepts": [{"phrase": "iguana", "outcome": "kept", "reason": ""}],
            },
            {
                "round": 2,
                "slot": 0,
                "text": "Round two, 0.",
                "caption_id": two.pk,
                "parent_id": one.pk,
                "annotator": pseudonym(slug="iguanas", user_id=ben.pk),
                "state": "accepted",
                "verdict": "",
                "late": False,
                "seconds": 4.0,
                "starting_source": "draft",
                "starting_text": f"draft of {image.pk}",
                "draft": {
                    "text": f"draft of {image.pk}",
                    "run": 1,
                    "mean_logprob": -0.5,
                    "clip_score": None,
                    "finished": True,
                },
                "concepts": [],
            },
        ],
    }
    assert other["caption"] == "Round two, 1."


def test_the_manifest_proves_the_files(two_rounds: tuple[Round, Round], write: Write, tmp_path: Path) -> None:
    export = write(two_rounds[1])
    manifest = json.loads((tmp_path / "out/_manifest.json").read_text())
    data, card = ((tmp_path / "out" / name).read_bytes() for name in ("data.jsonl", "README.md"))
    training_set = CaptionerRun.objects.get(number=1).training_set
    assert training_set is not None
    assert manifest == {
        "schema_version": 2,
        "code_version": "0.1.0",
        "project": "iguanas",
        "language": "en",
        "round": 2,
        "rounds": [
            {"number": 1, "state": "closed", "starting_text": "alt_text"},
            {"number": 2, "state": "closed", "starting_text": "draft"},
        ],
        "captioner_runs": [
            {
                "number": 1,
                "name": "Altogether(1)",
                "recipe": "tiny",
                "started_from": {},
                "training_set_sha256": training_set.sha256,
            }
        ],
        "format": "jsonl",
        "options": {
            "images": False,
            "faces_blurred": False,
            "text": "caption",
            "mix": None,
            "mix_seed": 0,
            "accepted_only": True,
            "control": False,
            "byte_order_mark": False,
            "splits": [],
            "sources": [],
            "domains": [],
        },
        "row_count": 2,
        "rows_per_split": {"train": 2},
        "files": [
            {"name": "README.md", "bytes": len(card), "sha256": hashlib.sha256(card).hexdigest()},
            {"name": "data.jsonl", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()},
        ],
    }
    assert (export.manifest, export.row_count, export.folder) == (manifest, 2, str(tmp_path / "out"))
    assert (
        export.manifest_sha256 == hashlib.sha256((tmp_path / "out/_manifest.json").read_bytes()).hexdigest()
    )
    exported = ExportImage.objects.filter(export=export).values_list("image__sha256", flat=True)
    assert set(exported) == {row["sha256"] for row in rows(tmp_path / "out")}


def test_made_again_it_is_the_same_bytes(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    first, again = write(two_rounds[1], "first"), write(two_rounds[1], "again")
    assert everything(tmp_path / "first") == everything(tmp_path / "again")
    assert first.manifest_sha256 == again.manifest_sha256


def test_an_earlier_round_holds_nothing_of_later_ones(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    write(two_rounds[0])
    found = rows(tmp_path / "out")
    assert [row["caption"] for row in found] == ["Round one, 0.", "Round one, 1.", "Round one, 2."]
    assert "Round two" not in (tmp_path / "out/data.jsonl").read_text()


def test_people_go_on_working_while_an_export_sees_one_moment(
    make_images: Images,
    open_round: Any,
    hand_in: HandIn,
    ana: User,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation_server.steps.exports.export_round.exporting.TOLD_EVERY_ROWS", 1)
    make_images(4)
    round = open_round()
    for _ in range(3):
        hand_in(round, ana)

    def submit_meanwhile(*, done: int, total: int, message: str) -> None:
        if done == 1:
            hand_in(round, ana, "Handed in meanwhile.")

    assert write(round, "during", accepted_only=False, progress=submit_meanwhile).row_count == 3
    assert Caption.objects.filter(text="Handed in meanwhile.").exists()
    assert write(round, "after", accepted_only=False).row_count == 4


def test_a_used_folder_is_refused_and_left_alone(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty, match="is not an empty folder"):
        write(two_rounds[1])
    assert everything(tmp_path) == {"out/mine.txt": b"mine"}
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FolderNotEmpty):
        write(two_rounds[1], "file")
    assert not Export.objects.exists()


def test_an_empty_folder_is_taken(two_rounds: tuple[Round, Round], write: Write, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert write(two_rounds[1]).row_count == 2


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """A disk that takes no more: writing beyond `size` bytes fails as it does on a full one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_behind(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    with no_file_over(100), pytest.raises(ServiceUnavailable, match="cannot be written"):
        write(two_rounds[1])
    assert list(tmp_path.iterdir()) == []
    assert not Export.objects.exists()


def test_what_progress_raises_ends_the_export_cleanly(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    def stop(**told: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(two_rounds[1], progress=stop)
    assert not list(tmp_path.glob(".out*"))


def test_nonsense_is_refused(two_rounds: tuple[Round, Round], write: Write, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="No writer for 'docx'"):
        write(two_rounds[1], format="docx")
    other = Project.objects.create(slug="other", name="Other")
    with pytest.raises(InvalidSettings, match="not one of project 'other'"):
        export_round(
            project=other,
            round=two_rounds[1],
            format="jsonl",
            folder=tmp_path / "out",
            options=ExportOptions(),
            requested_by=None,
            progress=quiet,
        )
    assert (list(tmp_path.iterdir()), Export.objects.count()) == ([], 0)


def test_pseudonyms_tell_people_apart_but_not_who_they_are(person: Callable[..., User]) -> None:
    ana, ben = person("ana"), person("ben", Role.REVIEWER)
    names = {pseudonym(slug=slug, user_id=user.pk) for slug in ("a", "b") for user in (ana, ben)}
    assert len(names) == 4
    assert pseudonym(slug="a", user_id=ana.pk) == pseudonym(slug="a", user_id=ana.pk)
    assert not any("ana" in name.removeprefix("annotator") for name in names)


def test_an_export_that_was_asked_for_is_written_by_a_worker(
    two_rounds: tuple[Round, Round], tmp_path: Path, ada: User
) -> None:
    export = request_export(round=two_rounds[1], format="jsonl", requested_by=ada)
    assert Job.objects.get(export=export).kind == JobKind.EXPORT_ROUND
    folder = tmp_path / f"export-{export.pk}"
    folder.mkdir()
    (folder / "data.jsonl").write_text("left by a worker that was killed")
    hold = held(Job.objects.get(export=export))
    write_export(export=export, folder=folder, hold=hold, progress=quiet)
    export.refresh_from_db()
    assert export.finished_at is not None
    ended = Job.objects.get(export=export)
    assert (ended.state, ended.result) == (JobState.SUCCEEDED, {"folder": str(folder)})
    assert [row["caption"] for row in rows(folder)] == ["Round two, 0.", "Round two, 1."]
