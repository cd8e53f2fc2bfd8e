"""Tokens for programs: made and revoked by people, limited to a scope, a project and a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from annotation_server.choices import TokenScope
from annotation_server.models import ApiToken, Event, Project, User
from annotation_server.reach.secret import secret_digest
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.projects.create_project import create_project
from tests.api.conftest import World
from tests.api.test_access import addresses, ask, path_of, read

TOKENS = "/api/v1/api-tokens/"
ClientOf = Callable[[User | None], APIClient]


def with_token(secret: str) -> APIClient:
    return APIClient(headers={"authorization": f"Token {secret}"}, raise_request_exception=False)


def test_a_token_is_shown_once_listed_and_revoked(client_of: ClientOf, project: Project, ana: User) -> None:
    browser = client_of(ana)
    body = {"name": "nightly", "scope": "read", "project": "iguanas", "days": 30}
    made = browser.post(TOKENS, body, format="json")
    assert made.status_code == 201
    secret, token = made.json()["secret"], made.json()["token"]
    assert {name: token[name] for name in ("name", "scope", "project", "last_used_at", "revoked_at")} == {
        "name": "nightly",
        "scope": "read",
        "project": "iguanas",
        "last_used_at": None,
        "revoked_at": None,
    }
    assert secret not in browser.get(TOKENS).content.decode()
    assert ApiToken.objects.get().secret_sha256 == secret_digest(secret)
    assert with_token(secret).get("/api/v1/rounds/?project=iguanas").status_code == 200
    assert browser.get(TOKENS).json()[0]["last_used_at"] is not None
    for _ in range(2):
        assert browser.delete(f"{TOKENS}{token['id']}/").status_code == 204
    assert with_token(secret).get("/api/v1/rounds/?project=iguanas").status_code == 401
    assert list(
        Event.objects.filter(object_type="api_token").order_by("id").values_list("verb", "actor__username")
    ) == [("api_token.made", "ana"), ("api_token.revoked", "ana")]


def test_a_token_runs_out(project: Project, ana: User) -> None:
    secret = make_api_token(user=ana, name="short", days=1)
    assert with_token(secret).get("/api/v1/projects/").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = with_token(secret).get("/api/v1/projects/")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication-failed")


def test_last_use_is_written_once_a_minute(
    project: Project, ana: User, django_assert_num_queries: Any
) -> None:
    client = with_token(make_api_token(user=ana, name="busy"))
    client.get("/api/v1/session/")
    with django_assert_num_queries(2):  # the token with its person, and their memberships
        client.get("/api/v1/session/")


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_token_makes_no_tokens(project: Project, ana: User, verb: str) -> None:
    client = with_token(make_api_token(user=ana, name="admin"))
    answer = getattr(client, verb)(TOKENS, {"name": "more", "scope": "admin"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert ApiToken.objects.count() == 1


def test_nobody_sees_or_revokes_anothers_token(client_of: ClientOf, ana: User, ada: User) -> None:
    make_api_token(user=ana, name="ana's")
    token = ApiToken.objects.get()
    assert client_of(ada).get(TOKENS).json() == []
    assert client_of(ada).delete(f"{TOKENS}{token.pk}/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_no_token_for_a_project_that_is_not_the_callers(client_of: ClientOf, ana: User) -> None:
    create_project(slug="lizards", name="Lizards", created_by=None)
    body = {"name": "x", "scope": "read", "project": "lizards"}
    assert client_of(ana).post(TOKENS, body, format="json").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "", "scope": "read"},
        {"name": "x", "scope": "owner"},
        {"name": "x", "scope": "read", "days": 0},
        {"name": "x", "scope": "read", "days": 10**12},
        {"name": "x", "scope": "read", "project": {"slug": "iguanas"}},
    ],
)
def test_what_is_no_token_is_refused_in_words(client_of: ClientOf, ana: User, body: dict[str, Any]) -> None:
    answer = client_of(ana).post(TOKENS, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


# What an admin of the project may do with a token of each scope: every write that their session is not refused.
OPENED_BY = {
    "round-claim": "annotate",
    "task-working-copy": "annotate",
    "task-submit": "annotate",
    "task-skip": "annotate",
    "task-flag": "annotate",
    "task-release": "annotate",
    "task-undo": "annotate",
    "guidelines-seen": "annotate",
    "practised": "annotate",
    "task-review": "review",
    "round-adjudication": "review",
}
OURS = sorted(
    name
    for name in set(addresses())
    if not name.startswith(("account-", "openid", "front-end", "health", "no-such", "session", "schema"))
)


@pytest.mark.parametrize("scope", TokenScope.values)
def test_a_scope_opens_what_it_says_and_nothing_else(world: World, scope: str) -> None:
    """Every route and verb, asked with an admin's token: refused for its scope or not, as the table above says."""
    admin = world.callers["admin"]
    assert admin is not None
    client = with_token(make_api_token(user=admin, name=scope, scope=TokenScope(scope)))
    rank = TokenScope.values.index(scope)
    wrong = []
    for name in OURS:
        for verb in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            answer = ask(client, verb, path_of(name, world), name, "[]")
            told = read(answer)
            if answer.status_code == 405 or b"are for people" in told:
                continue
            needed = "read" if verb == "GET" else OPENED_BY.get(name, "admin")
            refused = b"This token's scope" in told
            if refused != (rank < TokenScope.values.index(needed)):
                wrong.append((name, verb, answer.status_code))
    assert wrong == []


def test_a_token_allows_no_more_than_its_person(world: World) -> None:
    annotator = world.callers["annotator"]
    assert annotator is not None
    client = with_token(make_api_token(user=annotator, name="admin", scope=TokenScope.ADMIN))
    body = {"username": "newcomer", "role": "annotator"}
    assert client.post("/api/v1/projects/iguanas/members/", body, format="json").status_code == 403
