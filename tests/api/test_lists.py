"""Every list costs the same number of queries for one row as for three, page by page; and shows each caller what is theirs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from annotation_server.api import pagination
from annotation_server.choices import JobKind, Role, StartingText
from annotation_server.models import (
    Archive,
    ArchiveImport,
    BaseCheckpoint,
    Caption,
    CaptionerRun,
    Export,
    Image,
    Import,
    Job,
    Project,
    Round,
    User,
)
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.projects.create_project import create_project, set_role
from tests.api.conftest import World
from tests.api.test_access import addresses

LISTS = sorted({name for name in addresses() if name.endswith("-list")} | {"round-review-queue"})
OF_OWNERS = {"archiveimport-list"}


@pytest.fixture
def one_round_more(
    ana: User,
    ben: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
) -> Callable[[], Round]:
    """A round with two new captions that was closed and trained on."""

    def walk() -> Round:
        make_images(3)
        start = StartingText.PREVIOUS_CAPTION if Round.objects.exists() else StartingText.ALT_TEXT
        round = open_round(starting_text=start, review_share=1.0, own_previous_allowed=True)
        for person in (ana, ben):
            hand_in(round, person)
        train(round, cider=9.0)
        return round

    return walk


def count(name: str, client: APIClient, round: Round) -> tuple[int, int]:
    """How many rows the list has, and what it cost in queries."""
    address = reverse(name, args=[round.pk] if name == "round-review-queue" else [])
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    body = answer.json()
    return len(body if isinstance(body, list) else body["results"]), len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_queries_does_not_depend_on_the_rows(
    name: str,
    project: Project,
    ada: User,
    one_round_more: Callable[[], Round],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    person: Callable[..., User],
    client_of: Callable[[User], APIClient],
) -> None:
    Export.objects.create(project=project, round=one_round_more(), format="jsonl")
    Import.objects.create(project=project, file_name="a.zip", byte_count=1)
    last = open_round(review_share=1.0, own_previous_allowed=True)
    hand_in(last, person("eva"))
    Archive.objects.create(project=project)
    ArchiveImport.objects.create(file_name="a.tar", byte_count=1)
    BaseCheckpoint.objects.create(name="first", folder="first")
    client = client_of(add_person(username="olga", owner=True) if name in OF_OWNERS else ada)
    few = count(name, client, last)
    for number in range(2):
        Export.objects.create(project=project, round=last, format="jsonl")
        job = Job.objects.create(kind=JobKind.EXPORT_ROUND, project=project)
        Import.objects.create(project=project, file_name="a.zip", byte_count=1, inspection=job, job=job)
        Archive.objects.create(project=project, job=job)
        BaseCheckpoint.objects.create(name=f"another {number}", folder="another")
        look = Job.objects.create(kind=JobKind.INSPECT_ARCHIVE)
        ArchiveImport.objects.create(file_name="a.tar", byte_count=1, inspection=look)
        hand_in(last, person(f"eva{number}"))
        other = create_project(slug=f"other{number}", name="Other", created_by=None)
        set_role(project=other, user=ada, role=Role.ADMIN, set_by=None)
    Round.objects.filter(pk=last.pk).update(state="closed")
    one_round_more()
    many = count(name, client, last)
    assert many[0] > few[0] >= 1
    assert many[1] == few[1]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "round-review-queue"])
def test_a_list_goes_on_from_page_to_page(
    name: str, ada: User, one_round_more: Callable[[], Round], client_of: Callable[[User], APIClient]
) -> None:
    for number in range(2):
        BaseCheckpoint.objects.create(name=f"base {number}", folder="base")
        round = one_round_more()
        Export.objects.create(project=round.project, round=round, format="x")
        Import.objects.create(project=round.project, file_name="a.zip", byte_count=1)
        ArchiveImport.objects.create(file_name="a.tar", byte_count=1)
        Archive.objects.create(project=round.project)
    set_role(
        project=create_project(slug="other", name="O", created_by=None),
        user=ada,
        role=Role.ADMIN,
        set_by=None,
    )
    client = client_of(add_person(username="olga", owner=True) if name in OF_OWNERS else ada)
    whole = client.get(reverse(name)).json()
    assert (len(whole["results"]) >= 2, whole["next"]) == (True, None)
    rows: list[Any] = []
    page = client.get(reverse(name), {"page_size": 1}).json()
    while page["results"]:
        rows += page["results"]
        if not page["next"]:
            break
        page = client.get(page["next"]).json()
    assert rows == whole["results"]


def test_annotators_see_their_own_captions_alone(world: World, client_of: Callable[..., APIClient]) -> None:
    shown = {
        caller: [row["annotator"] for row in client_of(user).get("/api/v1/captions/").json()["results"]]
        for caller, user in world.callers.items()
        if caller not in {"anonymous", "deactivated"}
    }
    assert shown == {
        "annotator": ["ana"],
        "another annotator": ["ben"],
        "reviewer": ["ana", "ben"],
        "admin": ["ana", "ben"],
        "other project's admin": [],
        "owner": ["ana", "ben"],
        "paused member": [],
        "removed member": [],
        "former holder": [],
        "invited, not accepted": [],
    }


def test_nobody_sees_another_projects_rows(world: World, client_of: Callable[..., APIClient]) -> None:
    client = client_of(world.callers["other project's admin"])
    for name in LISTS:
        # Bases are of the site.
        if name not in {"round-review-queue", "project-list", "basecheckpoint-list"}:
            rows = client.get(reverse(name)).json()["results"]
            assert rows == [] or {row["project"] for row in rows} == {"lizards"}, name
            narrowed = client.get(reverse(name), {"project": "iguanas"}).json()
            assert narrowed["results"] == [], name
    assert [row["slug"] for row in client.get("/api/v1/projects/").json()["results"]] == ["lizards"]


def test_the_narrowed_captions(world: World, client_of: Callable[..., APIClient]) -> None:
    client = client_of(world.callers["admin"])
    asked = {
        "": 2,
        "project=iguanas": 2,
        "project=lizards": 0,
        f"round={world.round.pk}": 1,
        f"image={world.caption.task.image_id}&round={world.round.pk}": 1,
        f"task={world.caption.task_id}": 1,
        "mine=1": 0,
    }
    assert {q: len(client.get(f"/api/v1/captions/?{q}").json()["results"]) for q in asked} == asked


def test_a_page_of_long_texts_ends_early_and_no_row_is_left_out(
    ana: User,
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    client_of: Callable[..., APIClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forwards and back again; one that is longer than a page may be has a page of its own."""
    monkeypatch.setattr(pagination, "PAGE_CHARACTERS", 2_500)
    make_images(7)
    round = open_round()
    for length in (10, 10, 1_000, 1_000, 900, 4_000, 10):
        hand_in(round, ana, "x" * length)
    client, rows = client_of(ada), list(Caption.objects.order_by("-id").values_list("id", flat=True))
    pages, page = [], client.get(reverse("caption-list")).json()
    while True:
        pages.append([row["id"] for row in page["results"]])
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()
    assert [one for ids in pages for one in ids] == rows
    assert [rows[1]] in pages
    assert 1 < max(map(len, pages)) < len(rows)
    back: list[int] = []
    while page["previous"] is not None:
        page = client.get(page["previous"]).json()
        back = [row["id"] for row in page["results"]] + back
    assert back == rows[: len(back)]
    assert len(back) + len(pages[-1]) == len(rows)
