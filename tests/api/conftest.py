"""A small world for the API's tests: one of everything that an address can name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from annotation_server.choices import JobKind, JobState, Role, Split
from annotation_server.formats.archive import servers_file
from annotation_server.formats.incoming import rows_path
from annotation_server.formats.pictures import rendition_name
from annotation_server.models import (
    ApiToken,
    Archive,
    Caption,
    CaptionerRun,
    Cohort,
    Export,
    Image,
    Import,
    Job,
    Project,
    Round,
    Task,
    User,
    Webhook,
    WebhookDelivery,
)
from annotation_server.steps.add_person import add_person
from annotation_server.steps.change_cohort import create_cohort
from annotation_server.steps.change_webhook import add_webhook, try_webhook
from annotation_server.steps.claim_task import claim_tasks
from annotation_server.steps.create_project import create_project
from annotation_server.steps.keep_guidelines_picture import guidelines_picture_name

GUIDELINES_PICTURE = "a" * 64


@dataclass(frozen=True, kw_only=True)
class World:
    """The project iguanas after one round, in the middle of the second: `held` and `caption` are ana's."""

    project: Project
    round: Round
    held: Task
    caption: Caption
    image: Image
    run: CaptionerRun
    job: Job
    export: Export
    token: ApiToken
    webhook: Webhook
    delivery: WebhookDelivery
    incoming: Import
    archive: Archive
    archive_coming: Import
    cohort: Cohort
    callers: dict[str, User | None]


@pytest.fixture
def world(
    project: Project,
    person: Callable[..., User],
    ana: User,
    ben: User,
    rita: User,
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
) -> World:
    """People of every kind, and one of everything."""
    images = make_images(3) + make_images(1, split=Split.EVAL)
    first = open_round()
    hand_in(first, ben)
    run = train(first, cider=0.5)
    round = open_round(review_share=1.0)
    caption = hand_in(round, ana)
    [held] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    name = rendition_name(sha256=images[0].sha256, size="thumbnail")
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"pixels"))
    name = guidelines_picture_name(project=project, sha256=GUIDELINES_PICTURE)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"pixels"))
    export = Export.objects.create(
        project=project,
        round=first,
        previous=Export.objects.create(project=project, round=first, format="jsonl"),
        format="jsonl",
        manifest={"files": [{"name": "captions.jsonl", "bytes": 3, "sha256": "0" * 64}]},
    )
    folder = Path(settings.EXPORTS_ROOT) / f"export-{export.pk}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "captions.jsonl").write_text("{}\n")
    (folder / "manifest.json").write_text("{}\n")
    Export.objects.filter(pk=export.pk).update(folder=str(folder))
    other = create_project(slug="lizards", name="Lizards", created_by=None)
    gone = person("gone", Role.ADMIN)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    webhook, _ = add_webhook(project=project, url="https://example.org/hook", verbs=[], added_by=ada)
    return World(
        project=project,
        round=round,
        held=Task.objects.get(pk=held),
        caption=caption,
        image=images[0],
        run=run,
        job=Job.objects.create(kind=JobKind.EXPORT_ROUND, project=project, state=JobState.RUNNING),
        export=export,
        webhook=webhook,
        delivery=try_webhook(webhook=webhook, tried_by=ada),
        token=ApiToken.objects.create(user=ana, name="ana's", secret_sha256="0" * 64),
        incoming=_looked_into(project),
        archive=_archived(project),
        archive_coming=_archive_coming(),
        cohort=create_cohort(project=project, name="experts", created_by=None),
        callers={
            "anonymous": None,
            "annotator": ana,
            "another annotator": ben,
            "reviewer": rita,
            "admin": ada,
            "other project's admin": person("otto", Role.ADMIN, other),
            "owner": add_person(username="olga", owner=True),
            "deactivated": gone,
        },
    )


def _archived(project: Project) -> Archive:
    """An archive of the project that is written."""
    archive = Archive.objects.create(project=project, finished_at=Now())
    path = servers_file(archive_id=archive.pk, slug=project.slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a tar")
    return archive


def _archive_coming() -> Import:
    """Another project's archive, ready to be made a project of."""
    looked = Job.objects.create(kind=JobKind.INSPECT_ARCHIVE, state=JobState.SUCCEEDED)
    return Import.objects.create(file_name="geckos.tar", byte_count=9, inspection=looked)


def _looked_into(project: Project) -> Import:
    """An upload that is ready to be started, with outcomes of an earlier try."""
    looked = Job.objects.create(kind=JobKind.INSPECT_SOURCE, project=project, state=JobState.SUCCEEDED)
    incoming = Import.objects.create(project=project, file_name="rows.jsonl", byte_count=9, inspection=looked)
    path = rows_path(import_id=incoming.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("row,name,outcome,reason\n")
    return incoming
