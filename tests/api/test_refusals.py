"""The OpenAPI document tells every refusal: which codes an operation's code can raise is read from the source. With
REFUSALS=write in the environment the table is written again."""

import json
import os
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from annotation_server.api.refusals import OF_OPERATIONS, STATUSES, codes_of_operations, statuses
from annotation_server.errors import Refusal
from tests.api.refusals_in_source import refusals_of_operations


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    return dict(generator().get_schema(request=None, public=True))


def test_the_table_says_what_the_code_can_raise() -> None:
    found = refusals_of_operations()
    if os.environ.get("REFUSALS") == "write":
        OF_OPERATIONS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
        codes_of_operations.cache_clear()
    assert codes_of_operations() == found


def codes(document: dict[str, Any], method: str, path: str) -> dict[str, set[str]]:
    """Status → the codes that the operation's problem documents may have."""
    told = {}
    for status, answer in document["paths"][path][method]["responses"].items():
        if "$ref" in answer:
            answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[-1]]
            schema = answer["content"]["application/problem+json"]["schema"]
            references = schema.get("oneOf", [schema])
            schemas = [
                document["components"]["schemas"][one["$ref"].rsplit("/", 1)[-1]] for one in references
            ]
            told[status] = {code for one in schemas for code in one["properties"]["code"]["enum"]}
    return told


def test_an_operation_tells_its_refusals(document: dict[str, Any]) -> None:
    told = codes(document, "post", "/api/v1/tasks/{id}/submit/")
    assert told["409"] == {"round-closed", "submission-reused", "task-not-yours"}
    assert told["403"] == {"not-allowed", "paused", "permission-denied"}
    assert {"invalid", "invalid-text", "parse-error"} <= told["400"]
    assert codes(document, "put", "/api/v1/tasks/{id}/working-copy/")["409"] == {
        "newer-text-saved",
        "task-not-yours",
    }
    newer = document["components"]["schemas"]["NewerTextSavedProblem"]
    assert {"text", "version", "code"} <= set(newer["required"])


def test_every_operation_tells_some(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            missing = {"400", "411", "414", "415", "500"} - set(operation["responses"])
            assert not missing, (method, path)


def test_a_code_has_one_status() -> None:
    ours = {kind("").code: kind.status for kind in Refusal.__subclasses__()}
    assert not set(ours) & set(STATUSES)
    assert ours.items() <= statuses().items()
