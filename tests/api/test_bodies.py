"""Every operation refuses, by its name, each field that it does not take: an unknown one, and one that only the server writes.

The operations, their fields and what they answer with are those of the OpenAPI document, so a new one is asked as well.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.urls import Resolver404, resolve
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from annotation_server.api.bodies import MOST_NAMED
from annotation_server.choices import JobState
from annotation_server.models import Job
from tests.api.conftest import World
from tests.api.test_access import body_of, contents, path_of, read

ALWAYS_SENT = {"id", "role", "owner", "is_superuser", "state", "created_at", "hostile"}
# What a person does with their own task is asked as that person, everything else as the site's owner.
OF_ANA = {"task", "api"}
A_PLACE = ["7", "7f0c7d0a-0000-4000-8000-000000000000", "a" * 64, "thumbnail", "x"]

NOTHING = {"type": "object", "properties": {}}

Path = tuple[str | int, ...]


@cache
def document() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    return dict(json.loads(json.dumps(generator().get_schema(request=None, public=True))))


def operations() -> list[tuple[str, str]]:
    """Our own that write; those of the accounts are allauth's."""
    return [
        (verb, path)
        for path, verbs in document()["paths"].items()
        for verb in verbs
        if verb in {"post", "put", "patch", "delete"} and path.startswith("/api/")
    ]


def name_of(path: str) -> str:
    """The name of the address, found with whatever fits its places."""
    for filling in A_PLACE:
        for project in ("iguanas", filling):
            filled = re.sub(r"\{slug\}", project, path)
            filled = re.sub(r"\{webhook\}", "7", filled)
            filled = re.sub(r"\{\w+\}", filling, filled)
            try:
                name = resolve(filled).url_name
            except Resolver404:
                continue
            if name and name != "no-such-address":
                return name
    raise AssertionError(path)


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without references."""
    while "$ref" in schema or "allOf" in schema:
        if "$ref" in schema:
            schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        else:
            [schema] = schema["allOf"]
    return schema


def sample(schema: dict[str, Any]) -> Any:
    """A value of that shape; objects within it have all of their fields."""
    schema = plain(schema)
    if "oneOf" in schema:
        return sample(schema["oneOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object" and "properties" in schema:
        return {name: sample(one) for name, one in schema["properties"].items()}
    if schema.get("type") == "array":
        return [sample(schema["items"])] * max(1, schema.get("minItems", 1))
    texts = {"uuid": "7f0c7d0a-0000-4000-8000-000000000000", "uri": "https://example.org/"}
    values = {"boolean": True, "integer": 1, "number": 0.5, "object": {}}
    return values.get(schema.get("type", ""), texts.get(schema.get("format", ""), "iguanas"))


def objects(schema: dict[str, Any], at: Path = ()) -> Iterator[tuple[Path, set[str]]]:
    """Every object in a body of that shape: where it is, and its fields."""
    schema = plain(schema)
    if schema.get("type") == "object" and "properties" in schema:
        yield at, set(schema["properties"])
        for name, one in schema["properties"].items():
            yield from objects(one, (*at, name))
    elif schema.get("type") == "array":
        yield from objects(schema["items"], (*at, 0))


def answered(operation: dict[str, Any]) -> set[str]:
    """The fields of what a success tells."""
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            for media in response.get("content", {}).values():
                return {name for _, names in objects(media["schema"]) for name in names}
    return set()


def with_extras(body: Any, at: Path, extras: list[str]) -> dict[str, Any]:
    """The body with these fields more, in the object at that place."""
    copy = json.loads(json.dumps(body))
    inner = copy
    for step in at:
        inner = inner[step]
    inner.update(dict.fromkeys(extras, "hostile"))
    return dict(copy)


def asker(name: str, world: World) -> APIClient:
    client = APIClient(raise_request_exception=False)
    own = name.partition("-")[0] in OF_ANA and name not in {"task-review", "api-tokens"}
    caller = "invited, not accepted" if name.startswith("invitation-") else "annotator" if own else "owner"
    if name != "session":
        client.force_login(world.callers[caller])  # type: ignore[arg-type]
    return client


@pytest.fixture
def ready(world: World) -> World:
    """As in the table of access: a job that failed may be tried again."""
    Job.objects.filter(pk=world.job.pk).update(state=JobState.FAILED)
    return world


def test_a_field_that_is_not_taken_is_refused_by_its_name(ready: World) -> None:
    bodies = {operation: body_of(name_of(operation[1]), ready) for operation in operations()}
    before = contents()
    asked = {operation: list(answers(*operation, own, ready)) for operation, own in bodies.items()}
    assert len(asked) > 55
    assert [operation for operation, answered in asked.items() if not answered] == []
    wrong = [one for answered in asked.values() for one in answered if one[-1] != "refused by its name"]
    assert wrong == []
    assert contents() == before


def answers(verb: str, path: str, own: dict[str, Any], world: World) -> Iterator[tuple[str, str, str, str]]:
    """What the operation says to each field that it does not take, in each object of its body."""
    operation = document()["paths"][path][verb]
    content = operation.get("requestBody", {}).get("content", {"application/json": {"schema": NOTHING}})
    if "application/json" not in content:
        yield verb, path, "", "refused by its name"  # The body is a file.
        return
    schema, name = content["application/json"]["schema"], name_of(path)
    own = own if "requestBody" in operation else {}
    client = asker(name, world)
    for at, names in objects(schema):
        extras = sorted((ALWAYS_SENT | answered(operation)) - names)
        for some in range(0, len(extras), MOST_NAMED):
            asked = extras[some : some + MOST_NAMED]
            body = with_extras({**own, **sample(schema)} if at else own, at, asked)
            answer = client.generic(verb.upper(), path_of(name, world), json.dumps(body), "application/json")
            told = json.loads(read(answer)).get("errors", {}) if answer.status_code == 400 else {}
            for extra in asked:
                where = ".".join(map(str, (*at, extra)))
                yield verb, path, where, "refused by its name" if where in told else str(answer.status_code)


def test_many_unknown_fields_and_long_names_get_a_short_answer(ready: World) -> None:
    client = asker("people", ready)
    body = {f"{number}{'x' * 500}": 1 for number in range(100)}
    answer = client.patch("/api/v1/people/ana/", body, format="json")
    assert answer.status_code == 400
    assert len(answer.content) < 10_000
