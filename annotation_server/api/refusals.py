"""Every refusal in the OpenAPI document: which codes each operation may answer with, as problem documents that differ by
`code`.

What an operation's own code can raise is in refusals.json, which tests/api/test_refusals.py reads from the source. What any
request may meet before and around that is here.
"""

import json
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from annotation_server import errors
from annotation_server.api.problems import CONTENT_TYPE, ProblemSerializer
from annotation_server.errors import Refusal

OF_OPERATIONS = Path(__file__).with_name("refusals.json")
# Codes that no Refusal stands for: of the framework, of what looks at a request before its view, and of what comes after it.
STATUSES = {
    "bad-request": 400,
    "body-not-wanted": 400,
    "invalid": 400,
    "length-malformed": 400,
    "parse-error": 400,
    "not-authenticated": 401,
    "authentication-failed": 401,
    "permission-denied": 403,
    "not-acceptable": 406,
    "length-required": 411,
    "request-too-large": 413,
    "address-too-long": 414,
    "unsupported-media-type": 415,
    "server-error": 500,
    "database-away": 503,
    "disk-full": 503,
}
OF_ANY = {
    *("bad-request", "length-malformed", "length-required", "address-too-long", "unsupported-media-type"),
    "server-error",
}
OF_THE_API = {
    "authentication-failed",
    "not-allowed",
    "not-found",
    "not-acceptable",
    "database-away",
    "disk-full",
}
OF_A_BODY = {"invalid", "parse-error", "request-too-large"}
# The members of a document beside those of every problem.
MEMBERS: dict[str, dict[str, Any]] = {
    "newer-text-saved": {"text": {"type": "string"}, "version": {"type": "integer"}},
    "upload-out-of-step": {"received": {"type": "integer"}},
    "several-sources": {
        "candidates": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"file": {"type": "string"}, "format": {"type": "string"}},
                "required": ["file", "format"],
            },
        }
    },
    "paused": {"version": {"type": "integer", "description": "Of the text that was kept all the same."}},
}
# Those that are not always there.
MAY_LACK = {"paused", "several-sources"}
READS = {"get", "head"}


@cache
def statuses() -> dict[str, int]:
    """Every code and its HTTP status."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
    return {kind("").code: kind.status for kind in kinds if kind is not Refusal} | STATUSES


@cache
def codes_of_operations() -> dict[str, list[str]]:
    """`POST /api/v1/tasks/{id}/submit/` → the codes of its own."""
    found: dict[str, list[str]] = json.loads(OF_OPERATIONS.read_text(encoding="utf-8"))
    return found


def codes_of(*, method: str, path: str, operation: dict[str, Any]) -> set[str]:
    """Every code that the operation may answer with."""
    codes = set(OF_ANY)
    codes |= {"body-not-wanted"} if method in READS else {"request-too-large"}
    if not path.startswith("/api/"):
        return codes
    codes |= OF_THE_API | set(codes_of_operations().get(f"{method.upper()} {path}", []))
    if {} not in operation.get("security", []):
        codes.add("not-authenticated")
    if method not in READS:
        codes |= OF_A_BODY | {"permission-denied"}
    elif any(parameter["in"] == "query" for parameter in operation.get("parameters", [])):
        codes.add("invalid")
    return codes


def add_refusals(result: dict[str, Any], **given: Any) -> dict[str, Any]:
    """drf-spectacular's post-processing hook; after the one that adds the accounts."""
    schemas = result["components"]["schemas"]
    answers = result["components"].setdefault("responses", {})
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            by_status: dict[int, set[str]] = {}
            for code in codes_of(method=method, path=path, operation=operation):
                schemas.setdefault(_name(code), _document(code))
                by_status.setdefault(statuses()[code], set()).add(code)
            for status, codes in sorted(by_status.items()):
                name = "Or".join(_words(code) for code in sorted(codes))
                answers.setdefault(name, _answer(status, sorted(codes)))
                operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{name}"})
    return result


def _words(code: str) -> str:
    return re.sub(r"(?:^|-)(.)", lambda letter: letter[1].upper(), code)


def _name(code: str) -> str:
    return f"{_words(code)}Problem"


def _document(code: str) -> dict[str, Any]:
    members = MEMBERS.get(code, {})
    usual = {name: {"type": "string"} for name in ("type", "title", "detail")}
    has_errors = code == "invalid"
    return {
        "type": "object",
        "description": _meaning(code),
        "properties": {
            **usual,
            "status": {"type": "integer", "enum": [statuses()[code]]},
            "code": {"type": "string", "enum": [code]},
            **(
                {
                    "errors": {
                        "type": "object",
                        "additionalProperties": {"type": "array", "items": {"type": "string"}},
                        "description": ProblemSerializer.__doc__,
                    }
                }
                if has_errors
                else {}
            ),
            **members,
        },
        "required": [
            *("type", "title", "status", "detail", "code"),
            *(["errors"] if has_errors else []),
            *([] if code in MAY_LACK else members),
        ],
    }


def _meaning(code: str) -> str:
    """What its class says of itself, or the status."""
    kind = getattr(errors, _words(code), None)
    return (kind.__doc__ or "").strip() if kind else HTTPStatus(statuses()[code]).phrase


def _answer(status: int, codes: list[str]) -> dict[str, Any]:
    places = {code: f"#/components/schemas/{_name(code)}" for code in codes}
    references = [{"$ref": place} for place in places.values()]
    several = {"oneOf": references, "discriminator": {"propertyName": "code", "mapping": places}}
    schema = references[0] if len(references) == 1 else several
    return {"description": HTTPStatus(status).phrase, "content": {CONTENT_TYPE: {"schema": schema}}}
