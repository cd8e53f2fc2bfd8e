"""For every declaration: the request's schema, the command's arguments and what the browser's forms start with say the same,
and a wrong value is told in the same sentence on each way."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, CommandParser, load_command_class
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from annotation_server.api.bodies import declared
from annotation_server.api.captioner_runs import NewCaptions
from annotation_server.api.exports import NewExport
from annotation_server.api.imports import StartImport
from annotation_server.api.launching import NewRound
from annotation_server.api.parsers import StrictJSONParser
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.options.declared import Options
from annotation_server.options.export_round import ExportAsked
from annotation_server.options.import_images import ImportChoices
from annotation_server.options.launch_round import LaunchChoices

FORMS = Path("frontend/src/api/request_options.ts")
# What is said, what its request is, which command says it, and that command's other arguments.
DECLARED: list[tuple[type[Options], type[Options], str, list[str]]] = [
    (ExportAsked, NewExport, "export_round", ["p", "1", "--output", "x"]),
    (LaunchChoices, NewRound, "launch_round", ["p", "--starting-text", "alt_text"]),
    (ImportChoices, StartImport, "import_images", ["x", "--project", "p"]),
    (CaptioningChoices, NewCaptions, "caption_images", ["p", "1"]),
]
BOUNDS = ("minimum", "maximum", "maxLength", "maxItems", "maxProperties", "enum")


@cache
def document() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    schemas = generator().get_schema(request=None, public=True)["components"]["schemas"]
    return dict(json.loads(json.dumps(schemas)))


def of_command(name: str) -> CommandParser:
    return load_command_class("annotation_server", name).create_parser("manage.py", name)


def plain(schema: dict[str, Any], defined: dict[str, Any]) -> dict[str, Any]:
    """A field's bounds and default, without references and ways to say null."""
    default = {"default": schema["default"]} if "default" in schema else {}
    kinds = schema.get("anyOf", schema.get("allOf", schema.get("oneOf", [schema])))
    words: list[str] = []
    found: dict[str, Any] = {}
    for kind in kinds:
        kind = defined[kind["$ref"].rsplit("/", 1)[1]] if "$ref" in kind else kind
        words += [word for word in kind.get("enum", []) if word]
        found |= {name: kind[name] for name in BOUNDS if name in kind}
        if "items" in kind:
            found["items"] = plain(kind["items"], defined)
    return found | default | ({"enum": words} if words else {})


def fields(declaration: type[Options]) -> dict[str, dict[str, Any]]:
    schema = declaration.model_json_schema()
    return {name: plain(one, schema.get("$defs", {})) for name, one in schema["properties"].items()}


def leaves(declaration: type[Options]) -> Iterator[str]:
    """The names of fields, those of a set within the set too."""
    for name, field in declaration.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Options):
            yield from leaves(kind)
        else:
            yield name


def wrong_values(declaration: type[Options]) -> Iterator[tuple[str, Any]]:
    """A value beyond each bound of each field that is said in one word."""
    for name, field in fields(declaration).items():
        if "maximum" in field:
            yield name, field["maximum"] + 1
            yield name, field["minimum"] - 1
        if "enum" in field:
            yield name, "no such word"
        if "maxLength" in field:
            yield name, "x" * (field["maxLength"] + 1)


WRONG = [
    (declaration, request, command, others, name, value)
    for declaration, request, command, others in DECLARED
    for name, value in wrong_values(declaration)
]


@pytest.mark.parametrize(("declaration", "request_kind", "command", "others"), DECLARED)
def test_a_request_is_described_as_it_is_declared(
    declaration: type[Options], request_kind: type[Options], command: str, others: list[str]
) -> None:
    told = document()[f"{request_kind.__name__}Request"]
    assert {name: plain(one, document()) for name, one in told["properties"].items()} == fields(request_kind)
    assert fields(declaration).items() <= fields(request_kind).items()


@pytest.mark.parametrize(("declaration", "request_kind", "command", "others"), DECLARED)
def test_a_command_takes_what_is_declared_and_leaves_the_rest_to_it(
    declaration: type[Options], request_kind: type[Options], command: str, others: list[str]
) -> None:
    parser = of_command(command)
    names = set(leaves(declaration))
    assert names <= {action.dest for action in parser._actions}
    left_out = vars(parser.parse_args(others)).keys() & names
    assert left_out <= {name for name, field in declaration.model_fields.items() if field.is_required()}


@pytest.mark.parametrize(("declaration", "request_kind", "command", "others"), DECLARED)
def test_forms_start_with_the_declared_defaults(
    declaration: type[Options], request_kind: type[Options], command: str, others: list[str]
) -> None:
    [written] = re.findall(r"^\} = (\{.*?^\});", FORMS.read_text(), re.DOTALL | re.MULTILINE)
    as_json = re.sub(r",(\s*\})", r"\1", re.sub(r"(\w+):", r'"\1":', written))
    told = json.loads(as_json)[f"{request_kind.__name__}Request"]
    assert told == {
        name: field["default"] for name, field in fields(request_kind).items() if "default" in field
    }


@pytest.mark.parametrize(("declaration", "request_kind", "command", "others", "name", "value"), WRONG)
def test_a_wrong_value_is_told_in_the_same_sentence(
    declaration: type[Options],
    request_kind: type[Options],
    command: str,
    others: list[str],
    name: str,
    value: Any,
) -> None:
    body = APIRequestFactory().post("/", {name: value}, format="json")
    with pytest.raises(ValidationError) as refused:
        declared(Request(body, parsers=[StrictJSONParser()]), request_kind)
    [sentence] = refused.value.detail[name]  # type: ignore[call-overload]
    parser = of_command(command)
    [option] = [action.option_strings[0] for action in parser._actions if action.dest == name]
    with pytest.raises(CommandError) as complaint:
        parser.parse_args([*others, f"{option}={value}"])
    assert str(complaint.value).endswith(f": {sentence}")
