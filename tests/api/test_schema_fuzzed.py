"""Every operation of the OpenAPI document, called by each role with made-up input, right and wrong: never a server error.

Bounded: a few examples an operation, from a fixed seed, so that a run takes the same time and tells the same. What
schemathesis finds beyond a 5xx (an undocumented status, say) is not asked about here.
"""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Unsatisfiable
from rest_framework.test import APIClient
from schemathesis.core.errors import SchemathesisError
from schemathesis.generation import GenerationMode

from tests.api.conftest import World

ROLES = ["anonymous", "annotator", "reviewer", "admin"]
EXAMPLES = 2

pytestmark = [pytest.mark.serial, pytest.mark.timeout(300)]


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


@pytest.mark.parametrize("role", ROLES)
def test_no_input_makes_a_server_error(operations: list[Any], world: World, role: str) -> None:
    told = [
        (operation.label, case, status)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for case, status in answers(operation, mode, world, role)
    ]
    uncalled = {operation.label for operation in operations} - {label for label, _, _ in told}
    assert uncalled == set()
    # 503: the absence of something is told in words.
    assert [(case, status) for _, case, status in told if status >= 500 and status != 503] == []


def answers(operation: Any, mode: GenerationMode, world: World, role: str) -> Iterator[tuple[str, int]]:
    """What a few made-up calls of the operation are answered, each in the same state of the world."""
    seen: list[tuple[str, int]] = []

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
        seen.append(
            (
                f"{role}: {operation.method.upper()} {operation.path} {case.body!r:.300}",
                sent(case, world, role),
            )
        )

    # Where an operation takes no input there is no wrong input to draw.
    with contextlib.suppress(Unsatisfiable, SchemathesisError):
        call()
    yield from seen


def sent(case: Any, world: World, role: str) -> int:
    """The answer's status."""
    client = APIClient(raise_request_exception=False)
    if (user := world.callers[role]) is not None:
        client.force_login(user)
    path = case.formatted_path
    query = {str(name): value for name, value in (case.query or {}).items()}
    body = None if case.body is schemathesis.core.NOT_SET else json.dumps(case.body, default=str)
    with transaction.atomic():
        answer = client.generic(
            case.method.upper(),
            quote(path, safe="/%"),
            body or "",
            "application/json",
            QUERY_STRING=query_string(query),
        )
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    return int(answer.status_code)


def query_string(query: dict[str, Any]) -> str:
    """As a browser writes it, whatever was drawn."""
    return "&".join(f"{quote(name)}={quote(str(value))}" for name, value in query.items())
