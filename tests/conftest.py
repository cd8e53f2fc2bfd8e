"""What the server's tests share: people, a project with images, an open round — made through the real steps."""

import os
import resource
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected
from rest_framework.test import APIClient

from annotation_server import jobs
from annotation_server.choices import JobState, Role, Split, StartingText
from annotation_server.models import (
    AltText,
    Caption,
    CaptionerRun,
    Image,
    ImageCluster,
    Job,
    Project,
    Round,
    Task,
    User,
)
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.runs.build_training_set import build_training_set
from annotation_server.steps.runs.record_evaluation import record_evaluation
from annotation_server.steps.runs.record_training import record_training
from annotation_server.steps.runs.write_drafts import write_drafts
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption
from tests.site import PROGRAMS, kept_encoder, programs, quick_encoder, site

__all__ = ["kept_encoder", "programs", "quick_encoder", "site"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the running product."""
    for item in items:
        if "programs" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.site)


@pytest.fixture(autouse=True)
def _nobody_takes_the_jobs(request: pytest.FixtureRequest) -> None:
    """A test that does not ask for the running product does its jobs itself."""
    if "programs" not in request.fixturenames:
        PROGRAMS.stop()


@pytest.fixture(autouse=True)
def _limits_of_the_process_stay() -> Iterator[None]:
    """What a test leaves behind here fails tests far from it."""
    before = _limits()
    yield
    left = _limits()
    for kind, limits in before.items():
        resource.setrlimit(kind, limits)
    assert left == before


def _limits() -> dict[int, tuple[int, int]]:
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)
    return {kind: resource.getrlimit(kind) for kind in kinds}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A copy of the database that has been migrated (tests/servers.py), where there is one."""
    if template := os.environ.get("TEST_TEMPLATE"):
        connection.settings_dict["TEST"] |= {"TEMPLATE": template, "MIGRATE": False}


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_flushed() -> Iterator[None]:
    """Between tests that commit, Django truncates every table; the triggers that forbid that are off for it alone.

    The counters of failed sign-ins have no model, so Django would leave them to the next tests from the same address.
    """
    flush = connection.ops.execute_sql_flush

    def flush_without_triggers(sql_list: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [table for (table,) in cursor.fetchall()]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        statements = [*off, *sql_list, f"TRUNCATE {settings.CACHES['default']['LOCATION']}", *on]
        try:
            flush(statements)
        except OperationalError as error:
            # A page of the last test was still asking for something: by now it has been refused, or is done.
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            flush(statements)

    connection.ops.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign]
    yield
    connection.ops.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture
def project(db: None) -> Project:
    """An empty project."""
    return create_project(slug="iguanas", name="Iguanas", created_by=None)


@pytest.fixture
def person(project: Project) -> Callable[..., User]:
    """person("ana") is an annotator of the project; person("rita", Role.REVIEWER) a reviewer."""

    def make(username: str, role: Role = Role.ANNOTATOR, of: Project | None = None) -> User:
        user = add_person(username=username)
        set_role(project=of or project, user=user, role=role, set_by=None)
        return user

    return make


@pytest.fixture
def ana(person: Callable[..., User]) -> User:
    """An annotator."""
    return person("ana")


@pytest.fixture
def ben(person: Callable[..., User]) -> User:
    """Another annotator."""
    return person("ben")


@pytest.fixture
def rita(person: Callable[..., User]) -> User:
    """A reviewer."""
    return person("rita", Role.REVIEWER)


@pytest.fixture
def ada(person: Callable[..., User]) -> User:
    """An admin."""
    return person("ada", Role.ADMIN)


@pytest.fixture
def make_images(project: Project) -> Callable[..., list[Image]]:
    """make_images(3) adds three training images with one alt-text each (rows only: nobody looks at their pixels)."""

    def make(count: int, *, split: Split = Split.TRAIN, of: Project | None = None) -> list[Image]:
        owner = of or project
        before = Image.objects.count()
        images = []
        for number in range(before, before + count):
            sha256 = f"{number:064x}"
            image = Image.objects.create(
                project=owner,
                cluster=ImageCluster.objects.create(project=owner, split=split),
                split=split,
                sha256=sha256,
                perceptual_hash=number,
                file_name=f"images/{sha256}.png",
                width=320,
                height=320,
                byte_count=1_000,
                media_type="image/png",
            )
            AltText.objects.create(image=image, position=0, text=f"iguana {number}")
            images.append(image)
        return images

    return make


@pytest.fixture
def open_round(project: Project) -> Callable[..., Round]:
    """open_round() launches the project's next round."""

    def launch(
        *, of: Project | None = None, starting_text: StartingText = StartingText.ALT_TEXT, **settings: Any
    ) -> Round:
        return launch_round(
            project=of or project,
            settings=RoundSettings(starting_text=starting_text, **settings),
            launched_by=None,
        )

    return launch


def held(job: Job) -> jobs.Hold:
    """Take the job as a worker does."""
    hold = jobs.take(job_id=job.pk)
    assert hold is not None
    return hold


def unfinished(run: CaptionerRun) -> Job:
    """The job that a run waits for."""
    return Job.objects.get(run=run, state=JobState.QUEUED)


@pytest.fixture
def hand_in() -> Callable[..., Caption]:
    """hand_in(round, ana, "A text.") claims a task for ana (unless `task` is given) and submits the text."""

    def claim_and_submit(
        round: Round,
        annotator: User,
        text: str = "A green iguana.",
        *,
        task: Task | None = None,
        **given: Any,
    ) -> Caption:
        if task is None:
            [task_id] = claim_tasks(round_id=round.pk, annotator=annotator, count=1)
            task = Task.objects.get(pk=task_id)
        wanted = {"submission_id": uuid4(), "seconds": 4.0, "concepts": [], **given}
        submission = submit_caption(task_id=task.pk, annotator=annotator, text=text, **wanted)
        return Caption.objects.get(pk=submission.caption.pk)

    return claim_and_submit


@pytest.fixture
def train() -> Callable[..., CaptionerRun]:
    """train(round) closes the round and does its jobs as the workers do, with the metrics that are asked for."""

    def close_and_train(
        round: Round,
        *,
        cider: float = 2.0,
        alt_text_cider: float = 1.0,
        held_out: int = 50,
        logprobs: Sequence[float] = (),
        cut_off: int = 0,
    ) -> CaptionerRun:
        job = close_round(round=round, closed_by=None)
        run = build_training_set(round=round, hold=held(job), requested_by=None)
        assert run is not None
        record_training(
            run=run, hold=held(unfinished(run)), checkpoint="run/checkpoint", report={"loss": 0.5}
        )
        sources = {
            "with_alt": {"cider": cider},
            "without_alt": {"cider": 0.1},
            "alt_text": {"cider": alt_text_cider},
        }
        texts = {"reference": "A", "alt_text": "B", "with_alt": "C", "without_alt": "D"}
        samples = [
            {"row_id": str(caption.pk), "image": "a path", **texts}
            for caption in Caption.objects.filter(task__round=round)
        ]
        slices = {"source": {"wit": sources}}
        record_evaluation(
            run=run,
            hold=held(unfinished(run)),
            evaluation={"rows": held_out, "sources": sources, "slices": slices, "samples": samples},
            rows_sha256="0" * 64,
        )
        run.refresh_from_db()
        if run.promoted:
            images = Image.objects.filter(project=round.project)
            rows = [
                {
                    "row_id": str(image.pk),
                    "text": f"draft of {image.pk}",
                    "mean_logprob": logprob,
                    "finished": place >= cut_off,
                }
                for place, (image, logprob) in enumerate(zip_longest(images, logprobs, fillvalue=-0.5))
                if isinstance(image, Image)
            ]
            write_drafts(run=run, hold=held(unfinished(run)), decode={}, rows=rows, row_count=len(rows))
        run.refresh_from_db()
        return run

    return close_and_train


@pytest.fixture
def client_of() -> Callable[[User | None], APIClient]:
    """An API client that is signed in as the person (None: nobody)."""

    def make(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def refused() -> Callable[[str], Any]:
    """`with refused("constraint_name"):` the database refuses what is inside, by that constraint or trigger."""
    from django.db import DatabaseError, transaction

    @contextmanager
    def expect(name: str) -> Iterator[None]:
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            yield
        diagnostics = getattr(caught.value.__cause__, "diag", None)
        assert diagnostics is not None, caught.value
        assert diagnostics.constraint_name == name

    return expect
