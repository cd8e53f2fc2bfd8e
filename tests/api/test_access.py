"""Who may do what: every address × verb × kind of caller equals access_table.csv. A new address without a row fails.

Verbs that the table does not have are answered with 405 (to nobody in particular: 401).

To take over a change that is meant: ACCESS_TABLE=write pytest tests/api/test_access.py, then read the difference.
"""

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from rest_framework.test import APIClient

from annotation_server.api.request_bounds import bound_of
from annotation_server.choices import JobState
from annotation_server.models import Job, User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from tests.api.conftest import GUIDELINES_PICTURE, World
from tests.undone import undone

PART = 10
TABLE = Path(__file__).with_name("access_table.csv")
VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
CALLERS = [
    "anonymous",
    "annotator",
    "another annotator",
    "reviewer",
    "admin",
    "other project's admin",
    "owner",
    "deactivated",
    "paused member",
    "removed member",
    "former holder",
    "invited, not accepted",
    "token of one project",
    "token of another project",
]
WRITTEN = [
    "task",
    "caption",
    "review",
    "round",
    "working_copy",
    "skip",
    "captioner_run",
    "job",
    "event",
    "project",
    "guidelines_version",
    "membership",
    "invitation",
    "cohort",
    "adjudication",
    "api_token",
    "webhook",
    "webhook_delivery",
    "sign_in_link",
    "lesson",
    "archive",
    "import",
    "base_checkpoint",
]


def addresses(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of every address in the URL configuration."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, pattern
            yield pattern.name


OF_NO_OBJECT = {name for name in addresses() if name.endswith("-list")} | {
    "schema",
    "session",
    "session-provider",
    "openid_connect_callback",
    "api-tokens",
    *(name for name in addresses() if name.startswith("account-")),
    "health",
    "export-formats",
    "export-latest",
    "import-formats",
    "image-embed",
    "front-end",
    "no-such-address",
    "round-preview",
    "people",
    "invitations",
}


def path_of(name: str, world: World) -> str:
    """The address of the world's own object of that kind."""
    if name in {"front-end", "no-such-address"}:
        return {"front-end": "/projects/iguanas", "no-such-address": "/api/v1/projekts/"}[name]
    arguments: dict[str, list[Any]] = {
        "api": [world.token.pk],
        "project": [world.project.slug],
        "round": [world.round.pk],
        "task": [world.held.pk],
        "image": [world.image.pk],
        "caption": [world.caption.pk],
        "captionerrun": [world.run.pk],
        "basecheckpoint": [world.base.pk],
        "job": [world.job.pk],
        "export": [world.export.pk],
        "import": [world.import_.pk],
        "archive": [world.archive.pk],
        "archiveimport": [world.archive_import.pk],
    }
    own: dict[str, list[Any]] = {
        "image-pixels": [world.image.pk, "thumbnail"],
        "export-file": [world.export.pk, "captions.jsonl"],
        "task-undo": [world.caption.task_id],
        "task-review": [world.caption.task_id],
        "members": [world.project.slug],
        "webhooks": [world.project.slug],
        "webhook-detail": [world.project.slug, world.webhook.pk],
        "webhook-test": [world.project.slug, world.webhook.pk],
        "webhook-secret": [world.project.slug, world.webhook.pk],
        "webhook-deliveries": [world.project.slug, world.webhook.pk],
        "webhook-delivery": [world.project.slug, world.webhook.pk, world.delivery.pk],
        "guidelines": [world.project.slug],
        "guidelines-versions": [world.project.slug],
        "guidelines-version": [world.project.slug, 1],
        "guidelines-seen": [world.project.slug],
        "guidelines-pictures": [world.project.slug],
        "guidelines-picture": [world.project.slug, GUIDELINES_PICTURE],
        "practised": [world.project.slug],
        "lessons": [world.project.slug],
        "project-captioner": [world.project.slug],
        "token-counts": [world.project.slug],
        "person-detail": ["ana"],
        "person-sessions": ["ana"],
        "person-second-factor": ["ana"],
        "person-sign-in-link": ["ana"],
        "cohorts": [world.project.slug],
        "cohort-detail": [world.project.slug, world.cohort.pk],
        "member-detail": [world.project.slug, "ana"],
        "project-invitations": [world.project.slug],
        "project-invitation": [world.project.slug, "ivy"],
        "invitation-accept": [world.invitation.pk],
        "invitation-decline": [world.invitation.pk],
    }
    if name == "openid_connect_callback":
        return reverse(name, args=["oidc"])
    if name in OF_NO_OBJECT:
        return reverse(name)
    return reverse(name, args=own.get(name) or arguments[name.partition("-")[0]])


def body_of(name: str, world: World) -> dict[str, Any]:
    """What makes the call succeed for whoever may make it."""
    bodies: dict[str, dict[str, Any]] = {
        "session": {"link": make_sign_in_link(user=world.callers["annotator"])},  # type: ignore[arg-type]
        "api-tokens": {"name": "nightly", "scope": "read", "project": "iguanas"},
        "project-list": {"slug": "geckos", "name": "Geckos"},
        "round-list": {"project": "iguanas", "starting_text": "alt_text"},
        "round-preview": {"project": "iguanas", "starting_text": "alt_text"},
        "webhooks": {"url": "https://example.org/other"},
        "webhook-detail": {"is_active": False},
        "lessons": {"lessons": []},
        "project-captioner": {"recipe": "small"},
        "basecheckpoint-list": {"name": "another", "folder": "another"},
        "person-detail": {"is_active": False},
        "members": {"username": "newcomer", "role": "annotator"},
        "project-detail": {"blur_faces": False},
        "guidelines": {"text": "Name what is seen.", "version": 1},
        "guidelines-seen": {"version": 1},
        "token-counts": {"text": "A marine iguana."},
        "member-detail": {"paused": True},
        "cohorts": {"name": "newcomers"},
        "round-claim": {"count": 2},
        "task-working-copy": {"text": "So far", "version": 0},
        "task-submit": {"submission_id": str(UUID(int=7)), "text": "A marine iguana."},
        "task-skip": {"reason": "Too dark."},
        "task-flag": {"reason": "Look."},
        "task-undo": {"caption": world.caption.pk},
        "task-review": {"caption": world.caption.pk, "verdict": "accepted"},
        "captionerrun-promote": {"reason": "For a trial."},
        "image-embed": {"project": "iguanas"},
        "image-withdraw": {"reason": "Its photographer asked."},
        "import-list": {"project": "iguanas", "file_name": "a.zip", "byte_count": 100},
        "archive-list": {"project": "iguanas"},
        "archiveimport-list": {"file_name": "a.tar", "byte_count": 100},
        "archiveimport-start": {"slug": "geckos"},
        "export-list": {"round": world.run.through_round_id, "format": "jsonl"},
    }
    return bodies.get(name, {})


def contents() -> str:
    """Everything that a call could have changed."""
    rows = " || ".join(
        f"(SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM {table} t)"
        for table in WRITTEN
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {rows}")
        return str(cursor.fetchone()[0])


def writes() -> int:
    """How many rows this transaction wrote so far, also those that were taken back: quicker to ask than what they hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def answers(name: str, verb: str, world: World, callers: list[str]) -> list[int]:
    """The status for each kind of caller, each asked in the same state of the world."""
    statuses = []
    body = {} if verb == "DELETE" else body_of(name, world)
    path = path_of(name, world)
    before = contents()
    for caller in callers:
        with undone():
            client = calling(world, caller)
            written = writes()
            response = ask(client, verb, path, name, json.dumps(body))
            read(response)
            if response.status_code >= 400 and verb != "GET" and writes() != written:
                assert contents() == before, (verb, path, caller)
        statuses.append(response.status_code)
    return statuses


def found(name: str, world: World) -> dict[tuple[str, str], list[int]]:
    """The rows of one address: one per verb that it offers."""
    if name == "job-retry":
        Job.objects.filter(pk=world.job.pk).update(state=JobState.FAILED)
    return {
        (name, verb): answers(name, verb, world, CALLERS)
        for verb in VERBS
        if answers(name, verb, world, ["admin"]) != [405]
    }


def ask(client: APIClient, verb: str, path: str, name: str, body: str) -> Any:
    """The answer, to a body of the kind that the address takes; a GET has none."""
    bound = bound_of(name=name, path=path)
    if bound is None or verb == "GET":
        return client.generic(verb, path)
    return client.generic(verb, path, body, bound.media_type)


def read(response: Any) -> bytes:
    """The whole answer; a file that is streamed is closed at its end."""
    return b"".join(response) if response.streaming else bytes(response.content)


def calling(world: World, caller: str) -> APIClient:
    """A browser of that person, or a program with that token."""
    if caller in world.tokens:
        return APIClient(
            raise_request_exception=False, headers={"authorization": f"Token {world.tokens[caller]}"}
        )
    return signed_in(world.callers[caller])


def signed_in(user: User | None) -> APIClient:
    client = APIClient(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def committed() -> dict[tuple[str, str], list[int]]:
    with TABLE.open(newline="") as file:
        return {
            (row["address"], row["verb"]): [int(row[caller]) for caller in CALLERS]
            for row in csv.DictReader(file)
        }


@pytest.fixture(scope="module")
def table() -> Iterator[dict[tuple[str, str], list[int]]]:
    """The committed table; written anew where that is asked for."""
    if os.environ.get("ACCESS_TABLE") != "write":
        yield committed()
        return
    seen: dict[tuple[str, str], list[int]] = {}
    yield seen
    with TABLE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["address", "verb", *CALLERS])
        writer.writerows([*key, *statuses] for key, statuses in sorted(seen.items()))


def in_parts(names: set[str]) -> list[list[str]]:
    """All of them, a few at a time: making a world takes longer than asking an address."""
    ordered = sorted(names)
    return [ordered[at : at + PART] for at in range(0, len(ordered), PART)]


@pytest.mark.parametrize("names", in_parts(set(addresses())), ids=lambda names: names[0])
def test_the_table_holds(names: list[str], world: World, table: dict[tuple[str, str], list[int]]) -> None:
    rows: dict[tuple[str, str], list[int]] = {}
    for name in names:
        with undone():
            of_this = found(name, world)
        assert of_this, name
        rows |= of_this
    if os.environ.get("ACCESS_TABLE") == "write":
        table.update(rows)
    assert rows == {key: statuses for key, statuses in table.items() if key[0] in names}


def test_the_table_has_no_row_of_an_address_that_is_gone() -> None:
    assert {name for name, _ in committed()} == set(addresses())


@pytest.mark.parametrize("names", in_parts(set(addresses()) - OF_NO_OBJECT), ids=lambda names: names[0])
def test_a_foreign_object_answers_like_a_missing_one(
    names: list[str], world: World, client_of: Callable[[User | None], APIClient]
) -> None:
    client = client_of(world.callers["other project's admin"])
    for name in names:
        path = path_of(name, world)
        missing = missing_path(path, world)
        assert missing != path
        body = json.dumps(body_of(name, world))
        with undone():
            for verb in VERBS:
                foreign = ask(client, verb, path, name, body)
                absent = ask(client, verb, missing, name, body)
                assert (foreign.status_code, read(foreign)) == (absent.status_code, read(absent)), (
                    verb,
                    path,
                )


def missing_path(path: str, world: World) -> str:
    """The address of an object that does not exist."""
    missing = path.replace("iguanas", "no-such-project")
    for pk in (
        world.round.pk,
        world.held.pk,
        world.caption.task_id,
        world.image.pk,
        world.caption.pk,
        world.run.pk,
    ):
        missing = missing.replace(f"/{pk}/", "/999999999/")
    missing = missing.replace(f"/{world.token.pk}/", "/999999999/")
    missing = missing.replace(str(world.job.pk), str(UUID(int=1)))
    for one in (
        world.base,
        world.export,
        world.import_,
        world.archive,
        world.archive_import,
        world.invitation,
    ):
        missing = missing.replace(f"/{one.pk}/", "/999999999/")
    return missing.replace("/people/ana/", "/people/nobody/")
