"""What the server's tests share: people, a project with images, an open round — made through the real steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from annotation_server.choices import Role, Split, StartingText
from annotation_server.models import AltText, Image, ImageCluster, Project, Round, User
from annotation_server.steps.add_person import add_person
from annotation_server.steps.create_project import create_project, set_role
from annotation_server.steps.launch_round import RoundSettings, launch_round


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_flushed() -> Iterator[None]:
    """Between tests that commit, Django truncates every table; the triggers that forbid that are off for it alone."""
    flush = connection.ops.execute_sql_flush

    def flush_as_replica(sql_list: list[str]) -> None:
        flush(["SET LOCAL session_replication_role = replica", *sql_list])

    connection.ops.execute_sql_flush = flush_as_replica  # type: ignore[method-assign]
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
