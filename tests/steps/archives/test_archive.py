"""The full archive: out, in and out again is the same bytes; what was tampered with is refused and stores nothing."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from annotation_server.choices import ConceptOutcome, Role, StartingText, Verdict
from annotation_server.errors import InvalidSettings, UnreadableSource
from annotation_server.files.checksums import file_entries, hashed_files
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    ClaimBookmark,
    Concept,
    Draft,
    Event,
    Image,
    ImageCluster,
    Membership,
    Project,
    Review,
    Round,
    Task,
    User,
)
from annotation_server.options.import_images import ImportOptions
from annotation_server.places import run_folder
from annotation_server.queries.archives.archive_people import people_of
from annotation_server.queries.archives.archive_rows import LEFT_OUT, TABLES
from annotation_server.releases.release import read_manifest, write_manifest
from annotation_server.steps.archives.export_archive import export_archive
from annotation_server.steps.archives.import_archive import import_archive
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.texts.concepts import ConceptOutcomeGiven
from tests.drawing import drawn, encoded, write_picture, write_rows
from tests.faults.conftest import wait_until
from tests.locks import somebody_waits

# The archive is read over a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def quiet(**told: Any) -> None:
    """Nobody watches."""


def out(project: Project, folder: Path, *, pictures: bool = True, checkpoints: bool = True) -> Path:
    export_archive(
        project=project,
        folder=folder,
        pictures=pictures,
        checkpoints=checkpoints,
        exported_by=None,
        progress=quiet,
    )
    return folder


def back(folder: Path, slug: str = "") -> Project:
    """Its people are said to be those who are here."""
    return import_archive(
        folder=folder, slug=slug, imported_by=None, progress=quiet, confirmed=everybody(folder)
    )


def everybody(folder: Path) -> dict[str, str]:
    try:
        return {person.username: person.role for person in people_of(folder=folder)}
    except UnreadableSource:
        return {}


def files(folder: Path) -> dict[str, str]:
    return dict(hashed_files(folder))


@pytest.fixture
def lived_in(
    project: Project,
    ana: User,
    ben: User,
    rita: User,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
    tmp_path: Path,
) -> Project:
    """Two rounds with pictures, reviews, concepts, a captioner with drafts, a task in somebody's hands, a takedown."""
    rows = []
    for number in range(5):
        write_picture(tmp_path / f"in/{number}.png", number)
        rows.append(
            {"image": f"{number}.png", "alts": [f"iguana {number}", "ein Leguan ✓\u2028"], "split": "train"}
        )
    rows[4]["split"] = "eval"
    source = write_rows(tmp_path / "in/rows.jsonl", rows)
    import_images(
        project=project,
        source=str(source),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    first = open_round(review_share=1.0)
    concepts = [ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)]
    captions = [hand_in(first, person, f"A text by {person}.", concepts=concepts) for person in (ana, ben)]
    review_caption(
        caption=captions[0],
        reviewer=rita,
        verdict=Verdict.FIXED,
        comment="Nearly.",
        text="A better text.",
        limit=1_000,
    )
    run = train(first, cider=9.0)
    place = run_folder(run_id=run.pk) / "checkpoint"
    place.mkdir(parents=True)
    (place / "model.safetensors").write_bytes(b"weights")
    CaptionerRun.objects.filter(pk=run.pk).update(checkpoint=f"run-{run.pk}/checkpoint")
    second = open_round(starting_text=StartingText.DRAFT)
    hand_in(second, ana, "Another text.")
    claim_tasks(round_id=second.pk, annotator=ben, count=1)
    default_storage.save(f"guidelines/{project.pk}/{'a' * 64}.webp", ContentFile(encoded(drawn(7), "WEBP")))
    withdraw_image(image=Image.objects.order_by("pk")[3], reason="asked to", withdrawn_by=None)
    return project


def test_every_table_is_archived_or_left_out_on_purpose() -> None:
    ours = set(apps.get_app_config("annotation_server").get_models())
    assert ours == {table.model for table in TABLES} | set(LEFT_OUT) | {User}


def test_out_in_and_out_again_is_the_same_bytes(
    lived_in: Project, tmp_path: Path, transactional_db: None
) -> None:
    first = out(lived_in, tmp_path / "first")
    counted = read_manifest(first)["tables"]
    assert min(counted[name] for name in ("caption", "review", "concept", "draft", "training_set_row")) > 0
    assert min(counted[name] for name in ("working_copy", "evaluation", "event", "membership")) > 0
    empty_the_server()
    restored = back(first)
    assert restored.slug == lived_in.slug
    again = out(restored, tmp_path / "again")
    assert files(again) == files(first)
    assert read_manifest(again) == read_manifest(first)


def empty_the_server() -> None:
    """As a new server is: no row of any table, no file."""
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.RUNS_ROOT)):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()


def test_rows_come_back_as_they_were(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive")
    restored = back(folder, "twin")
    assert chains(restored) == chains(lived_in)
    for model, path in (
        (Concept, "caption__task__round__project"),
        (Review, "caption__task__round__project"),
        (Draft, "draft_set__run__project"),
        (AltText, "image__project"),
        (ImageCluster, "project"),
        (Membership, "project"),
        (Event, "project"),
    ):
        counts = [model.objects.filter(**{path: one}).count() for one in (lived_in, restored)]
        # The archive's own line was written after its moment.
        assert counts[1] == counts[0] - (model is Event), model
    run = CaptionerRun.objects.get(project=restored)
    assert (Path(settings.RUNS_ROOT) / run.checkpoint / "model.safetensors").read_bytes() == b"weights"
    assert default_storage.exists(f"guidelines/{restored.pk}/{'a' * 64}.webp")


def chains(project: Project) -> list[tuple[Any, ...]]:
    """Every task with what hangs on it, ids aside."""
    tasks = Task.objects.filter(round__project=project).order_by("pk")
    return [
        (
            task.round.number,
            task.image.sha256,
            task.state,
            task.starting_text,
            task.draft.text if task.draft else None,
            task.current_caption.text if task.current_caption else None,
            task.previous_caption.text if task.previous_caption else None,
            task.annotator.username if task.annotator else None,
            [
                (one.text, one.parent.text if one.parent else None, one.created_at, one.similarity)
                for one in task.captions.order_by("pk")
            ],
        )
        for task in tasks
    ]


def test_pictures_of_what_was_taken_down_stay_behind(lived_in: Project, tmp_path: Path) -> None:
    gone = Image.objects.get(project=lived_in, withdrawn_at__isnull=False)
    folder = out(lived_in, tmp_path / "archive")
    assert not [name for name in files(folder) if gone.sha256 in name]
    assert len([name for name in files(folder) if name.startswith("pictures/images/")]) == 4
    restored = back(folder, "twin")
    assert Image.objects.get(project=restored, sha256=gone.sha256).withdrawn_at == gone.withdrawn_at


def test_people_who_are_not_here_become_inactive_accounts(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive", pictures=False, checkpoints=False)
    empty_the_server()
    User.objects.create(username="ana", password="!")
    restored = back(folder)
    found = {
        one.user.username: (one.role, one.user.is_active, one.user.has_usable_password())
        for one in Membership.objects.filter(project=restored).select_related("user")
    }
    assert found == {
        "ana": (Role.ANNOTATOR, True, False),
        "ben": (Role.ANNOTATOR, False, False),
        "rita": (Role.REVIEWER, False, False),
    }


def tampered(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change a table and write a manifest that fits, as somebody with bad intentions would."""
    path = folder / name
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = read_manifest(folder)
    write_manifest(folder, {**manifest, "files": file_entries(folder)})


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tables/task.jsonl", lambda rows: rows[0].update(image_id=999)),
        ("tables/task.jsonl", lambda rows: rows[0].update(image_id=0)),
        ("tables/task.jsonl", lambda rows: rows[0].update(state="no such state")),
        ("tables/task.jsonl", lambda rows: rows.pop()),
        ("tables/image.jsonl", lambda rows: rows[0].update(split="eval")),
        ("tables/image.jsonl", lambda rows: rows[0].update(sha256="../../x")),
        ("tables/caption.jsonl", lambda rows: rows[0].update(text="   ")),
        ("tables/project.jsonl", lambda rows: rows[0].update(is_superuser=True)),
        ("tables/image.jsonl", lambda rows: rows[1].pop("domain")),
        ("people.jsonl", lambda rows: rows[0].pop("username")),
    ],
)
def test_rows_that_cannot_be_are_refused_whole(
    lived_in: Project, tmp_path: Path, name: str, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    folder = out(lived_in, tmp_path / "archive", checkpoints=False)
    tampered(folder, name, change)
    with pytest.raises(UnreadableSource):
        back(folder, "twin")
    assert [one.slug for one in Project.objects.all()] == ["iguanas"]


def without_table(folder: Path, name: str) -> None:
    """As an archive is that was written before there was such a table."""
    (folder / f"tables/{name}.jsonl").unlink(missing_ok=True)
    manifest = read_manifest(folder)
    counts = {table: count for table, count in manifest["tables"].items() if table != name}
    write_manifest(folder, {**manifest, "tables": counts, "files": file_entries(folder)})


def without_column(name: str) -> Callable[[list[dict[str, Any]]], None]:
    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row.pop(name)

    return change


def test_what_came_after_an_older_archive_is_as_new_rows_have_it(lived_in: Project, tmp_path: Path) -> None:
    Project.objects.filter(pk=lived_in.pk).update(blur_faces=False)
    folder = out(lived_in, tmp_path / "archive", checkpoints=False)
    assert ClaimBookmark.objects.filter(round__project=lived_in).exists()
    assert AltText.objects.filter(image__project=lived_in).exclude(phrases=None).exists()
    for table in ("lesson", "claim_bookmark", "adjudication"):
        without_table(folder, table)
    tampered(folder, "tables/alt_text.jsonl", without_column("phrases"))
    tampered(folder, "tables/image.jsonl", without_column("colour_grid"))
    tampered(folder, "tables/project.jsonl", without_column("blur_faces"))
    restored = back(folder, "twin")
    assert chains(restored) == chains(lived_in)
    assert restored.blur_faces
    assert set(AltText.objects.filter(image__project=restored).values_list("phrases", flat=True)) == {None}
    assert {bytes(one.colour_grid) for one in restored.images.all()} == {b""}
    assert not ClaimBookmark.objects.filter(round__project=restored).exists()


@pytest.mark.parametrize(
    ("name", "column", "reason"),
    [
        ("image", "sha256", "image has no column 'sha256', without which it means nothing"),
        ("task", "round_id", "task has no column 'round_id'"),
    ],
)
def test_what_rows_cannot_do_without_is_named(
    lived_in: Project, tmp_path: Path, name: str, column: str, reason: str
) -> None:
    folder = out(lived_in, tmp_path / "archive", pictures=False, checkpoints=False)
    tampered(folder, f"tables/{name}.jsonl", without_column(column))
    with pytest.raises(UnreadableSource, match=reason):
        back(folder, "twin")


def test_tables_that_are_missing_or_not_known_are_named(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive", pictures=False, checkpoints=False)
    manifest = read_manifest(folder)
    write_manifest(folder, {**manifest, "tables": {**manifest["tables"], "ribbon": 3}})
    with pytest.raises(UnreadableSource, match="a table 'ribbon' that this server does not know"):
        back(folder, "twin")
    write_manifest(folder, manifest)
    without_table(folder, "image_cluster")
    with pytest.raises(UnreadableSource, match="cluster_id names row 1, which the archive does not have"):
        back(folder, "twin")
    without_table(folder, "project")
    with pytest.raises(UnreadableSource, match="An archive is of one project; this one has 0"):
        back(folder, "twin")
    write_manifest(folder, {**read_manifest(folder), "tables": None})
    with pytest.raises(UnreadableSource, match="does not say how many rows"):
        back(folder, "twin")


def test_a_changed_file_or_picture_is_refused(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive")
    picture = next((folder / "pictures/images").rglob("*.png"))
    picture.write_bytes(b"another picture")
    with pytest.raises(UnreadableSource, match="is not whole"):
        back(folder, "twin")
    write_manifest(folder, {**read_manifest(folder), "files": file_entries(folder)})
    with pytest.raises(UnreadableSource, match="is not the picture that its name says"):
        back(folder, "twin")
    page = folder / "pictures/renditions/aa" / f"{'a' * 64}.screen"
    picture.unlink()
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(b"<script>alert(1)</script>")
    write_manifest(folder, {**read_manifest(folder), "files": file_entries(folder)})
    with pytest.raises(UnreadableSource, match="is not a picture"):
        back(folder, "twin")


def test_a_name_that_is_taken_is_refused(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive", pictures=False, checkpoints=False)
    with pytest.raises(InvalidSettings, match="There is a project 'iguanas' already"):
        back(folder)


def test_brought_in_twice_at_once_it_is_two_projects(lived_in: Project, tmp_path: Path) -> None:
    folder = out(lived_in, tmp_path / "archive")
    empty_the_server()
    User.objects.bulk_create(User(username=name, password="!") for name in ("ana", "ben", "rita"))
    begun, over = threading.Event(), threading.Event()

    def pause(*, message: str, **told: Any) -> None:
        if message == "importing project":
            begun.set()
            over.wait()

    def bring(slug: str, progress: Callable[..., None]) -> None:
        try:
            import_archive(
                folder=folder,
                slug=slug,
                imported_by=None,
                progress=progress,
                confirmed=everybody(folder),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        first = workers.submit(bring, "one", pause)
        begun.wait()
        second = workers.submit(bring, "two", quiet)
        try:
            wait_until(lambda: somebody_waits() or second.done(), what="the second one is under way")
        finally:
            over.set()
        first.result()
        second.result()
    one, two = (Project.objects.get(slug=slug) for slug in ("one", "two"))
    assert chains(one) == chains(two) != []
    shown = Image.objects.filter(withdrawn_at=None)
    assert [default_storage.exists(image.file_name) for image in shown] == [True] * 8


def test_an_empty_project(tmp_path: Path, db: None) -> None:
    project = create_project(slug="empty", name="Empty", created_by=None)
    assert back(out(project, tmp_path / "archive"), "twin").name == "Empty"
