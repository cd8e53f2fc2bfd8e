"""Every operation of the OpenAPI document, called by each role with made-up input, right and wrong: never a server error,
and no answer but those that the document tells of, down to the code of a refusal.

Bounded: a few examples an operation, from a fixed seed, so that a run takes the same time and tells the same.
"""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Unsatisfiable
from rest_framework.test import APIClient
from schemathesis.core.errors import SchemathesisError
from schemathesis.generation import GenerationMode

from annotation_server.api.problems import CONTENT_TYPE
from annotation_server.api.refusals import codes_of
from tests.api.conftest import World
from tests.undone import undone

ROLES = ["anonymous", "annotator", "reviewer", "admin"]
EXAMPLES = 2

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def operations() -> list[Any]:
    """All of them, as schemathesis reads the document."""
    generator: Any = SchemaGenerator
    document = generator().get_schema(request=None, public=True)
    read = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    results: Any = read.get_all_operations()
    return [found.ok() for found in results]


def test_the_document_is_read_whole(operations: list[Any]) -> None:
    assert len(operations) > 100
    assert {operation.path.split("/")[1] for operation in operations} == {"api", "_allauth"}


def test_no_input_is_answered_in_a_way_that_the_document_does_not_tell(
    operations: list[Any], world: World
) -> None:
    told = [
        (operation, case, status, code)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for case, status, code in answers(operation, mode, world)
    ]
    uncalled = {operation.label for operation in operations} - {operation.label for operation, *_ in told}
    assert uncalled == set()
    # 503: the absence of something is told in words.
    assert [(case, status) for _, case, status, _ in told if status >= 500 and status != 503] == []
    untold = [
        (case, status, code)
        for operation, case, status, code in told
        if str(status) not in operation.definition.raw["responses"]
        or (
            code
            and code
            not in codes_of(method=operation.method, path=operation.path, operation=operation.definition.raw)
        )
    ]
    assert untold == []


def answers(operation: Any, mode: GenerationMode, world: World) -> Iterator[tuple[str, int, str]]:
    """What a few made-up calls of the operation are answered, each by every role in the same state of the world: status, and a
    problem's code."""
    seen: list[tuple[str, int, str]] = []

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        for role in ROLES:
            told = f"{role}: {operation.method.upper()} {operation.path} {case.body!r:.300}"
            seen.append((told, *sent(case, world, role)))

    # Where an operation takes no input there is no wrong input to draw.
    with contextlib.suppress(Unsatisfiable, SchemathesisError):
        call()
    yield from seen


def sent(case: Any, world: World, role: str) -> tuple[int, str]:
    """The answer's status, and its code where it is a problem."""
    client = APIClient(raise_request_exception=False)
    if (user := world.callers[role]) is not None:
        client.force_login(user)
    path = case.formatted_path
    query = {str(name): value for name, value in (case.query or {}).items()}
    body = None if case.body is schemathesis.core.NOT_SET else json.dumps(case.body, default=str)
    with undone():
        answer = client.generic(
            case.method.upper(),
            quote(path, safe="/%"),
            body or "",
            "application/json",
            QUERY_STRING=query_string(query),
        )
        if answer.streaming:
            b"".join(answer)
    is_problem = answer.headers.get("Content-Type") == CONTENT_TYPE
    return int(answer.status_code), answer.json()["code"] if is_problem else ""


def query_string(query: dict[str, Any]) -> str:
    """As a browser writes it, whatever was drawn."""
    return "&".join(f"{quote(name)}={quote(str(value))}" for name, value in query.items())
