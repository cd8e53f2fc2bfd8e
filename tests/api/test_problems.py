"""Bad input is answered with a problem document (RFC 9457), changes nothing, and is never a 500."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from annotation_server.models import Caption, Project, Round, Task, User
from annotation_server.steps.rounds.close_round import close_round
from tests.api.conftest import World

Clients = Callable[[User | None], APIClient]


@pytest.fixture
def ana_calls(world: World, client_of: Clients) -> Callable[..., Any]:
    """ana_calls("POST", path, body) asks as ana; the body is JSON text, bytes, or something to be written as JSON."""
    client = client_of(world.callers["annotator"])

    def ask(verb: str, path: str, body: Any = None, *, content_type: str = "application/json") -> Any:
        data: Any = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return client.generic(verb, path, data, content_type)

    return ask


def is_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, checked to be one."""
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code), body
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == f"urn:altogether:{code}"
    assert body["title"]
    assert body["detail"]
    return dict(body)


def submission(text: Any, **more: Any) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "text": text, **more}


def deep(levels: int) -> str:
    return '{"text": ' + "[" * levels + "]" * levels + "}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (submission(""), "invalid-text"),
        (submission(" \n\t "), "invalid-text"),
        (submission("nul \x00 byte"), "invalid-text"),
        (submission("half a pair \ud83d"), "invalid-text"),
        (submission("x" * 10_001), "invalid-text"),
        (submission("x" * 1_000_000), "invalid-text"),
        (submission(7), None),
        (submission(None), "invalid"),
        (submission(["A", "list"]), "invalid"),
        (submission({"an": "object"}), "invalid"),
        (submission(True), "invalid"),
        ({"text": "No id."}, "invalid"),
        ({"submission_id": "not a uuid", "text": "A."}, "invalid"),
        ({"submission_id": 2**200, "text": "A."}, "invalid-text"),
        (submission("A.", seconds=-1), "invalid"),
        (submission("A.", seconds=1e300), "invalid-text"),
        (submission("A.", seconds="NaN"), "invalid"),
        (submission("A.", concepts="none"), "invalid"),
        (submission("A.", concepts=[{"phrase": "x", "outcome": "vanished"}]), "invalid"),
        (submission("A.", concepts=[{"phrase": "nul \x00", "outcome": "kept"}]), "invalid-text"),
        (submission("A.", concepts=[{"phrase": "x" * 501, "outcome": "kept"}]), "invalid"),
        (
            submission("A.", concepts=[{"phrase": "x", "outcome": "kept", "reason": "wrong"}]),
            "invalid-settings",
        ),
        ([], "invalid"),
        ("", "invalid"),
        ("null", "invalid"),
        ("{", "parse-error"),
        ('{"text": NaN}', "parse-error"),
        ('{"text": Infinity}', "parse-error"),
        ('{"seconds": 1e999, "text": "A."}', "invalid-text"),
        ('{"seconds": ' + "9" * 5_000 + "}", "parse-error"),
        (deep(25), "parse-error"),
        (deep(100_000), "parse-error"),
        (b"\xff\xfe{}", "parse-error"),
        (b'{"text": "\xed\xa0\x80"}', "parse-error"),
    ],
)
def test_a_submission_that_makes_no_sense(
    body: Any, code: str | None, world: World, ana_calls: Callable[..., Any]
) -> None:
    before = Caption.objects.count()
    answer = ana_calls("POST", f"/api/v1/tasks/{world.held.pk}/submit/", body)
    if code is None:  # Sense can be made of it.
        assert answer.status_code == 201, answer.content
        return
    is_problem(answer, 400, code)
    assert Caption.objects.count() == before
    assert Task.objects.get(pk=world.held.pk).state == "claimed"


def test_fields_that_are_to_blame_are_named(world: World, ana_calls: Callable[..., Any]) -> None:
    body = submission("A.", concepts=[{"phrase": "x", "outcome": "kept"}, {"phrase": "y", "outcome": "gone"}])
    problem = is_problem(ana_calls("POST", f"/api/v1/tasks/{world.held.pk}/submit/", body), 400, "invalid")
    assert problem["errors"] == {"concepts.1.outcome": ['"gone" is not a valid choice.']}
    assert problem["detail"] == 'concepts.1.outcome: "gone" is not a valid choice.'


def test_a_body_that_is_too_large(world: World, ana_calls: Callable[..., Any]) -> None:
    answer = ana_calls("POST", f"/api/v1/tasks/{world.held.pk}/submit/", submission("x" * 3_000_000))
    is_problem(answer, 413, "request-too-large")


def test_a_body_that_is_not_json(world: World, ana_calls: Callable[..., Any]) -> None:
    path = f"/api/v1/tasks/{world.held.pk}/submit/"
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        answer = ana_calls("POST", path, "text=A", content_type=content_type)
        is_problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize("version", [-1, 1.5, "one", None, 2**31, 2**70])
def test_a_working_copy_version_that_makes_no_sense(
    version: Any, world: World, ana_calls: Callable[..., Any]
) -> None:
    answer = ana_calls(
        "PUT", f"/api/v1/tasks/{world.held.pk}/working-copy/", {"text": "A", "version": version}
    )
    assert answer.status_code in {400, 409}, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_working_copy_that_is_behind_gets_the_newer_text(
    world: World, ana_calls: Callable[..., Any]
) -> None:
    path = f"/api/v1/tasks/{world.held.pk}/working-copy/"
    assert ana_calls("PUT", path, {"text": "First tab", "version": 0}).status_code == 200
    problem = is_problem(
        ana_calls("PUT", path, {"text": "Second tab", "version": 0}), 409, "newer-text-saved"
    )
    assert (problem["text"], problem["version"]) == ("First tab", 1)


@pytest.mark.parametrize("count", [0, 21, -1, 1.5, "many", None, 2**70, [1], True])
def test_a_count_that_makes_no_sense(count: Any, world: World, ana_calls: Callable[..., Any]) -> None:
    answer = ana_calls("POST", f"/api/v1/rounds/{world.round.pk}/claim/", {"count": count})
    if count is not True:
        assert answer.status_code == 400, answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_closed_round(world: World, ana_calls: Callable[..., Any]) -> None:
    close_round(round=world.round, closed_by=None)
    is_problem(ana_calls("POST", f"/api/v1/rounds/{world.round.pk}/claim/", {}), 409, "round-closed")
    answer = ana_calls("POST", f"/api/v1/tasks/{world.held.pk}/submit/", submission("Too late."))
    is_problem(answer, 409, "round-closed")
    assert world.held.working_copies.get(annotator=world.callers["annotator"]).text == "Too late."


@pytest.mark.parametrize("path", ["rounds/999999999/claim/", "rounds/999999999999999999/claim/"])
def test_an_unknown_round(path: str, ana_calls: Callable[..., Any]) -> None:
    is_problem(ana_calls("POST", f"/api/v1/{path}", {}), 404, "not-found")


@pytest.mark.parametrize(
    "path",
    [
        "rounds/?project=%00",
        "rounds/?project=%ED%A0%80",
        "captions/?round=x",
        "captions/?round=99999999999999999999999999",
        "captions/?round=00000000000000000001" + "9" * 30,
        "captions/?round=-1",
        "captions/?round=%00",
        "captions/?image=1;DROP",
        "captions/?task=%D9%A1",
        "captions/?cursor=%00",
        "captions/?cursor=cD1hYmM=",
        "captions/?cursor=cD0lMDA=",
        "captions/?cursor=" + "A" * 5_000,
        "captions/?page_size=-1",
        "captions/?page_size=" + "9" * 30,
        "jobs/?cursor=cD1hYmM=",
        "jobs/?project=%00",
        "images/?cursor=cj0xJnA9OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "projects/no%00such/",
        "projects/" + "x" * 3_000 + "/",
        "tasks/99999999999999999999/",
        "jobs/------------------------------------/",
        "exports/1/files/../../manage.py",
        "exports/1/files/%00",
        "nothing/",
    ],
)
def test_queries_that_make_no_sense(path: str, ana_calls: Callable[..., Any]) -> None:
    answer = ana_calls("GET", f"/api/v1/{path}", "")
    assert answer.status_code in {200, 400, 404}, answer.content
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize(
    "path",
    [
        "people/%00/",
        "people/%F0%9F%A6%8E/sessions/",
        "people/" + "x" * 200 + "/sign-in-link/",
        "people/?cursor=cD0lMDA=",
        "people/?search=%00",
        "projects/iguanas/members/a%00b/",
        "projects/iguanas/webhooks/0/secret/",
        "events/?actor=%00",
        "exports/1/files/..%2f..%2fmanage.py",
    ],
)
def test_nor_does_an_owner_get_more_than_a_refusal(path: str, world: World, client_of: Clients) -> None:
    """Those who may do most get furthest into the code."""
    client = client_of(world.callers["owner"])
    for verb in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for body in ("{}", "[]", "null", '{"is_active": 1e999}'):
            answer = client.generic(verb, f"/api/v1/{path}", body, "application/json")
            assert answer.status_code in {400, 404, 405}, (verb, body, answer.content)
            assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"project": "no-such", "starting_text": "alt_text"}, 404, "not-found"),
        ({"project": "iguanas", "starting_text": "rumour"}, 400, "invalid"),
        ({"project": "iguanas"}, 400, "invalid"),
        ({"project": "iguanas", "starting_text": "alt_text", "number": 0}, 400, "invalid"),
        ({"project": "iguanas", "starting_text": "alt_text", "review_share": 2}, 400, "invalid"),
        ({"project": "iguanas", "starting_text": "alt_text", "review_share": "NaN"}, 400, "invalid"),
        ({"project": "iguanas", "starting_text": "alt_text"}, 409, "round-exists"),
        ({"project": "\x00", "starting_text": "alt_text"}, 400, "invalid-text"),
    ],
)
def test_a_launch_that_makes_no_sense(
    body: Any, status: int, code: str, world: World, client_of: Clients
) -> None:
    answer = client_of(world.callers["admin"]).post("/api/v1/rounds/", body, format="json")
    is_problem(answer, status, code)
    assert Round.objects.count() == 2


def test_nobody_signed_in(client_of: Clients, db: None) -> None:
    is_problem(client_of(None).get("/api/v1/projects/"), 401, "not-authenticated")


def test_a_host_that_is_not_ours(client_of: Clients, db: None) -> None:
    is_problem(client_of(None).get("/api/v1/session/", headers={"host": "evil.example"}), 400, "bad-request")


def test_a_method_that_is_not_offered(ana_calls: Callable[..., Any]) -> None:
    is_problem(ana_calls("DELETE", "/api/v1/projects/", ""), 405, "method-not-allowed")


def test_fields_that_are_not_the_callers_to_set_are_refused(
    world: World, ana_calls: Callable[..., Any]
) -> None:
    """See test_bodies.py for every call."""
    others = {"annotator": 1, "late": True, "round": 1, "state": "accepted", "is_superuser": True}
    answer = ana_calls("POST", f"/api/v1/tasks/{world.held.pk}/submit/", submission("A.", **others))
    assert set(is_problem(answer, 400, "invalid")["errors"]) == set(others)
    assert Task.objects.get(pk=world.held.pk).state == "claimed"


def test_a_crash_tells_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("annotation_server.api.rounds.claim_tasks", broken)
    client = APIClient(raise_request_exception=False)
    client.force_login(world.callers["annotator"])  # type: ignore[arg-type]
    answer = client.post(f"/api/v1/rounds/{world.round.pk}/claim/", {}, format="json")
    problem = is_problem(answer, 500, "server-error")
    assert "secret" not in str(problem)


def test_projects_with_odd_names(project: Project, client_of: Clients, django_user_model: Any) -> None:
    owner = django_user_model.objects.create(username="owner", is_superuser=True)
    client = client_of(owner)
    name = "<script>alert(1)</script> \u202eזה"
    answer = client.post("/api/v1/projects/", {"slug": "odd", "name": name}, format="json")
    assert (answer.status_code, answer.json()["name"]) == (201, name)
    for slug, status in [("Odd", 400), ("odd", 400), ("o d", 400), ("", 400), ("x" * 61, 400), ("o_d", 400)]:
        answer = client.post("/api/v1/projects/", {"slug": slug, "name": "N"}, format="json")
        assert answer.status_code == status, (slug, answer.content)
        assert answer.headers["Content-Type"] == "application/problem+json"
