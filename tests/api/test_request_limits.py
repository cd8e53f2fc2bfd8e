"""No request body can hold more than somebody thought of: every list, free object and text of every body has a limit.

The limits are read from the OpenAPI document, so a new field without one fails here.
"""

import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from annotation_server.api.parsers import MOST_VALUES
from annotation_server.models import User
from tests.api.conftest import World
from tests.api.test_access import body_of, path_of

Clients = Callable[[User | None], APIClient]

# What is as long as its format says, or is bounded by its route alone (api/request_bounds.py): the bytes of a file.
BOUNDED_BY_FORMAT = {"uuid", "date-time", "date", "binary"}


def document() -> dict[str, Any]:
    """The whole OpenAPI document."""
    generator: Any = SchemaGenerator
    return dict(generator().get_schema(request=None, public=True))


def bodies(described: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schema of every request body, and of every query parameter, by the name of its operation."""
    for path, operations in described["paths"].items():
        for verb, operation in operations.items():
            body = resolved(operation.get("requestBody", {}), described)
            for kind, content in body.get("content", {}).items():
                yield f"{verb.upper()} {path} {kind}", content["schema"]
            for parameter in operation.get("parameters", []):
                parameter = resolved(parameter, described)
                if parameter["schema"].get("type") == "array":
                    yield f"{verb.upper()} {path} ?{parameter['name']}", parameter["schema"]


def resolved(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """What a reference stands for."""
    while "$ref" in schema:
        found: Any = described
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def unlimited(
    schema: Any, described: dict[str, Any], at: str, seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Where something of any size fits in."""
    if "$ref" in schema:
        if schema["$ref"] in seen:
            return
        seen |= {schema["$ref"]}
    schema = resolved(schema, described)
    for one in [part for word in ("allOf", "oneOf", "anyOf") for part in schema.get(word, [])]:
        yield from unlimited(one, described, at, seen)
    kinds = schema.get("type", "object" if "properties" in schema else None)
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "array" in kinds:
        if "maxItems" not in schema:
            yield f"{at}: maxItems"
        yield from unlimited(schema["items"], described, f"{at}[]", seen)
    if "object" in kinds:
        if "maxProperties" not in schema and (
            "properties" not in schema or schema.get("additionalProperties")
        ):
            yield f"{at}: maxProperties"
        for name, child in schema.get("properties", {}).items():
            yield from unlimited(child, described, f"{at}.{name}", seen)
        if isinstance(free := schema.get("additionalProperties"), dict) and free:
            yield from unlimited(free, described, f"{at}.*", seen)
    if "string" in kinds and not is_bounded(schema):
        yield f"{at}: maxLength"
    if kinds == [None] and not any(word in schema for word in ("allOf", "oneOf", "anyOf", "enum", "const")):
        yield f"{at}: anything"


def is_bounded(schema: dict[str, Any]) -> bool:
    return "maxLength" in schema or "enum" in schema or schema.get("format") in BOUNDED_BY_FORMAT


def test_every_list_object_and_text_of_a_request_has_a_limit() -> None:
    described = document()
    found = [place for name, schema in bodies(described) for place in unlimited(schema, described, name)]
    assert sorted(found) == []


def lists(
    schema: Any, described: dict[str, Any], at: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Where a body has a list or a free object, and how many it may hold."""
    schema = resolved(schema, described)
    for one in schema.get("allOf", []):
        yield from lists(one, described, at)
    if limit := schema.get("maxItems", schema.get("maxProperties")):
        yield at, limit
    elif "properties" in schema:
        for name, child in schema["properties"].items():
            yield from lists(child, described, (*at, name))


def filled(body: dict[str, Any], at: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The body with the value there."""
    [first, *rest] = at
    return {**body, first: filled({}, tuple(rest), value) if rest else value}


def test_a_list_that_is_too_long_is_refused_before_anything_in_it_is_looked_at(
    world: World, client_of: Clients
) -> None:
    """Each element is wrong, too: were one of them looked at, its error would be the answer."""
    described, client, asked = document(), client_of(world.callers["owner"]), set()
    for label, schema in bodies(described):
        verb, template, *_ = label.split()
        path = re.sub("{[a-z_]+}", "1", template)
        for at, limit in lists(schema, described) if path.startswith("/api/") else ():
            name = resolve(path).view_name
            tries: list[Any] = [[{}] * (limit + 1), {str(n): {} for n in range(limit + 1)}]
            for many in tries:
                body = filled(body_of(name, world), at, many)
                answer = client.generic(verb, path_of(name, world), json.dumps(body), "application/json")
                if answer.status_code == 400 and "send at most" in answer.content.decode():
                    asked.add(".".join(at))
                    assert answer.json()["errors"][".".join(at)] == [
                        f"{limit + 1:,} {'elements' if isinstance(many, list) else 'members'}: send at most {limit:,} at once."
                    ]
    assert asked >= {
        "concepts",
        "cohorts",
        "splits",
        "sources",
        "columns",
        "verbs",
        "lessons",
        "seen",
        "people",
    }


def test_a_body_of_more_values_than_any_call_needs_is_refused_whole(world: World, client_of: Clients) -> None:
    client = client_of(world.callers["annotator"])
    many: list[Any] = [[{}] * 200_000, {str(n): 0 for n in range(100_000)}, [[[0] * 100] * 100] * 10]
    for value in many:
        body = json.dumps({"text": "A.", "concepts": value})
        answer = client.generic("POST", f"/api/v1/tasks/{world.held.pk}/submit/", body, "application/json")
        assert (answer.status_code, answer.json()["detail"]) == (
            400,
            f"The body has more than {MOST_VALUES:,} values. Send less at once.",
        )


def test_a_refusal_is_short_however_much_is_wrong(world: World, client_of: Clients) -> None:
    client = client_of(world.callers["annotator"])
    wrong = {"phrase": "x" * 400_000, "outcome": "y" * 400_000}
    body = json.dumps({"text": "A.", "concepts": [wrong] * 2 + [{}] * 900})
    answer = client.generic("POST", f"/api/v1/tasks/{world.held.pk}/submit/", body, "application/json")
    errors = answer.json()["errors"]
    assert (answer.status_code, len(errors)) == (400, 20)
    assert errors["concepts.2.phrase"] == ["This field is required."]
    assert answer.json()["detail"].endswith(" And 1,785 more.")
    assert len(answer.content) < 20_000


def test_a_query_parameter_is_short(world: World, client_of: Clients) -> None:
    answer = client_of(world.callers["admin"]).get("/api/v1/images/", {"text": "x" * 501})
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        {"text": ["At most 500 characters. Use a shorter text."]},
    )


@pytest.mark.parametrize(
    "told", ["0" * 17 + "67108864", "+67108864", " 67108864", "6_7", "x", "9" * 30, "-1"]
)
@pytest.mark.parametrize("path", ["/_allauth/browser/v1/auth/login", "/api/v1/session/", "/sign-in/x"])
def test_a_length_that_python_would_understand_otherwise_is_refused(told: str, path: str, db: None) -> None:
    """Django takes whatever int() takes; nothing of such a body is read."""
    read: list[int] = []
    environ = RequestFactory().post(path, b"", content_type="multipart/form-data; boundary=x").environ
    environ |= {"CONTENT_LENGTH": told, "wsgi.input": SimpleNamespace(read=read.append, readline=read.append)}
    answer = Client().request(**environ)
    assert (answer.status_code, read) == (400, [])


def test_long_numbers_in_an_address_are_no_error_of_the_server(world: World, client_of: Clients) -> None:
    client = client_of(world.callers["admin"])
    for value in ("0" * 5_000, "9" * 25, "٣", "1e3", "-1"):
        for path in (f"captions/?round={value}", f"images/?project=iguanas&cluster={value}"):
            assert client.get(f"/api/v1/{path}").status_code in {400, 414}, (path, value[:10])
    dashes = "-" * 36
    path = f"/api/v1/projects/iguanas/webhooks/1/deliveries/{dashes}/"
    assert client.post(path, {}, format="json").status_code == 404
