"""A small world for the API's tests: one of everything that an address can name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from drf_spectacular.generators import SchemaGenerator
from rest_framework.settings import api_settings

from annotation_server.api.problems import as_problem_document
from annotation_server.api.refusals import MEMBERS, OF_A_BODY, OF_ANY, OF_THE_API, codes_of_operations
from annotation_server.choices import BaseState, JobKind, JobState, Role, Split
from annotation_server.intake.upload_files import rows_path
from annotation_server.models import (
    ApiToken,
    Archive,
    ArchiveImport,
    BaseCheckpoint,
    Caption,
    CaptionerRun,
    Cohort,
    Export,
    Image,
    Import,
    Invitation,
    Job,
    Project,
    Round,
    Task,
    User,
    Webhook,
    WebhookDelivery,
    WorkingCopy,
)
from annotation_server.pictures.storage import rendition_name
from annotation_server.places import archive_file, export_folder
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.change_cohort import create_cohort
from annotation_server.steps.people.change_member import pause_member
from annotation_server.steps.people.invite_person import invite_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.remove_member import remove_member
from annotation_server.steps.projects.change_guidelines import change_guidelines
from annotation_server.steps.projects.change_webhook import add_webhook, try_webhook
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.projects.store_guidelines_picture import guidelines_picture_name
from annotation_server.steps.tasks.claim_task import claim_tasks

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
    base: BaseCheckpoint
    job: Job
    export: Export
    token: ApiToken
    webhook: Webhook
    delivery: WebhookDelivery
    import_: Import
    archive: Archive
    archive_import: ArchiveImport
    cohort: Cohort
    invitation: Invitation
    callers: dict[str, User | None]
    tokens: dict[str, str]


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
    change_guidelines(project=project, text="Be exact.", note="", over=0, author=ada)
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
    folder = export_folder(export_id=export.pk)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "captions.jsonl").write_text("{}\n")
    (folder / "_manifest.json").write_text("{}\n")
    Export.objects.filter(pk=export.pk).update(folder=str(folder))
    other = create_project(slug="lizards", name="Lizards", created_by=None)
    gone = person("gone", Role.ADMIN)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    paused, removed = person("pia", Role.ADMIN), person("remo", Role.ADMIN)
    pause_member(membership=paused.memberships.get(), paused_by=ada)
    remove_member(membership=removed.memberships.get(), removed_by=ada)
    former = person("fred")
    WorkingCopy.objects.create(task_id=held, annotator=former, text="Fred's words", lease_lost=True)
    owner = add_person(username="olga", owner=True)
    asked = add_person(username="ivy")
    invitation = invite_person(project=project, username="ivy", role=Role.ADMIN, invited_by=ada).invitation
    assert invitation is not None
    tokens = {
        "token of one project": make_api_token(user=owner, name="iguanas", project=project),
        "token of another project": make_api_token(user=owner, name="lizards", project=other),
    }
    # So that a call by token changes nothing of the token.
    ApiToken.objects.update(last_used_at=Now() + timedelta(hours=1))
    webhook, _ = add_webhook(project=project, url="https://example.org/hook", verbs=[], added_by=ada)
    return World(
        project=project,
        round=round,
        held=Task.objects.get(pk=held),
        caption=caption,
        image=images[0],
        run=run,
        base=BaseCheckpoint.objects.create(name="pre-trained", folder="pre", state=BaseState.READY),
        job=Job.objects.create(kind=JobKind.EXPORT_ROUND, project=project, state=JobState.RUNNING),
        export=export,
        webhook=webhook,
        delivery=try_webhook(webhook=webhook, tried_by=ada),
        token=ApiToken.objects.create(user=ana, name="ana's", secret_sha256="0" * 64),
        import_=_looked_into(project),
        archive=_archived(project),
        archive_import=_archive_import(),
        cohort=create_cohort(project=project, name="experts", created_by=None),
        invitation=invitation,
        callers={
            "anonymous": None,
            "annotator": ana,
            "another annotator": ben,
            "reviewer": rita,
            "admin": ada,
            "other project's admin": person("otto", Role.ADMIN, other),
            "owner": owner,
            "deactivated": gone,
            "paused member": paused,
            "removed member": removed,
            "former holder": former,
            "invited, not accepted": asked,
        },
        tokens=tokens,
    )


def _archived(project: Project) -> Archive:
    """An archive of the project that is written."""
    archive = Archive.objects.create(project=project, finished_at=Now())
    path = archive_file(archive_id=archive.pk, slug=project.slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a tar")
    return archive


def _archive_import() -> ArchiveImport:
    """Another project's archive, ready to be made a project of."""
    looked = Job.objects.create(kind=JobKind.INSPECT_ARCHIVE, state=JobState.SUCCEEDED)
    return ArchiveImport.objects.create(file_name="geckos.tar", byte_count=9, inspection=looked)


def _looked_into(project: Project) -> Import:
    """An upload that is ready to be started, with outcomes of an earlier try."""
    looked = Job.objects.create(kind=JobKind.INSPECT_SOURCE, project=project, state=JobState.SUCCEEDED)
    import_ = Import.objects.create(project=project, file_name="rows.jsonl", byte_count=9, inspection=looked)
    path = rows_path(import_id=import_.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("row,name,outcome,reason\n")
    return import_


@cache
def _paths_of_views() -> dict[tuple[str, str, str], set[str]]:
    """(view class, action, verb) → the operations that they are in the OpenAPI document."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    generator._initialise_endpoints()
    found: dict[tuple[str, str, str], set[str]] = {}
    for path, _, method, view in generator._get_paths_and_endpoints():
        key = (type(view).__qualname__, getattr(view, "action", None) or "", method)
        found.setdefault(key, set()).add(f"{method} {path}")
    return found


@pytest.fixture(autouse=True)
def _refusals_are_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test is refused, the OpenAPI document tells of: the code at that operation, and the document's members."""
    usual = {"type", "title", "status", "detail", "code", "errors"}
    around = OF_ANY | OF_THE_API | OF_A_BODY | {"not-authenticated", "permission-denied", "body-not-wanted"}

    def described(error: Exception, context: dict[str, Any]) -> Any:
        answer = as_problem_document(error, context)
        view, verb = context["view"], context["request"].method
        key = (type(view).__qualname__, getattr(view, "action", None) or "", verb)
        operations = _paths_of_views().get(key, set())
        if answer is not None and operations:
            code = answer.data["code"]
            told = around.union(*(codes_of_operations()[operation] for operation in operations))
            assert code in told, (
                f"{operations} may not answer {code}. Run tests/api/test_refusals.py with REFUSALS=write."
            )
            assert set(answer.data) <= usual | set(MEMBERS.get(code, {}))
        return answer

    monkeypatch.setattr(api_settings, "EXCEPTION_HANDLER", described)
