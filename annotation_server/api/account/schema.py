"""The addresses of accounts in our OpenAPI document: as allauth describes them, for the browser, and only what we serve."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml
from django.urls import Resolver404, resolve

from annotation_server.api.account.strict import LONGEST_TEXT, MOST_MEMBERS

PREFIX = "Account"  # before each of allauth's component names, so that they are nobody else's
UNUSED_PARAMETERS = {"#/components/parameters/Client", "#/components/parameters/SessionToken"}


def add_accounts(result: dict[str, Any], **given: Any) -> dict[str, Any]:
    """drf-spectacular's post-processing hook."""
    document = yaml.safe_load(files("allauth.headless").joinpath("spec/doc/openapi.yaml").read_text())
    _tell_of_the_picture(document)
    described = {path.replace("{client}", "browser"): each for path, each in document["paths"].items()}
    paths = {
        path: {verb: _for_the_browser(f"{name}-{verb}", operation) for verb, operation in operations.items()}
        for path, operations in described.items()
        if (name := _name_of(path)).startswith("account-")
    }
    _tell_of_limits(paths, document["components"])
    result["paths"].update(_renamed(paths))
    for kind, name in sorted(_needed(paths, document["components"])):
        components = result["components"].setdefault(kind, {})
        components[PREFIX + name] = _renamed(document["components"][kind][name])
    return result


def _tell_of_the_picture(document: dict[str, Any]) -> None:
    """AuthenticatorAppView adds one member."""
    answer = document["components"]["responses"]["TOTPAuthenticatorNotFound"]
    meta = answer["content"]["application/json"]["schema"]["properties"]["meta"]
    meta["properties"]["totp_svg"] = {"type": "string", "description": "The URL as a picture to scan (SVG)."}
    meta["required"].append("totp_svg")


def _tell_of_limits(paths: dict[str, Any], components: dict[str, Any]) -> None:
    """What `strict` lets through of a body."""
    bodies = [each["requestBody"] for one in paths.values() for each in one.values() if "requestBody" in each]
    for schema in _schemas([bodies, *(components[kind][name] for kind, name in _needed(bodies, components))]):
        if schema.get("type") == "string" and not schema.keys() & {"enum", "format", "maxLength"}:
            schema["maxLength"] = LONGEST_TEXT
        elif schema.get("type") == "array":
            schema.setdefault("maxItems", MOST_MEMBERS)
        elif schema.get("type") == "object" and "properties" not in schema:
            schema["maxProperties"] = MOST_MEMBERS


def _schemas(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that says of which type something is."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for child in value.values():
            yield from _schemas(child)
    elif isinstance(value, list):
        for child in value:
            yield from _schemas(child)


def _name_of(path: str) -> str:
    """Our name for the address; empty where we do not serve it."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _for_the_browser(name: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Without the parameters of other clients; signed in by session, as our own operations are."""
    kept = [each for each in operation.pop("parameters", []) if each.get("$ref") not in UNUSED_PARAMETERS]
    # allauth leaves it out where a second factor is shown by passkey, among others.
    operation["responses"].setdefault("401", {"$ref": "#/components/responses/Authentication"})
    return {
        **operation,
        **({"parameters": kept} if kept else {}),
        "operationId": name.replace("-", "_"),
        "tags": ["accounts"],
        "security": [{"cookieAuth": []}, {}],
    }


def _needed(start: Any, components: dict[str, Any]) -> set[tuple[str, str]]:
    """(kind, name) of every component that is reached from there."""
    found: set[tuple[str, str]] = set()
    waiting = [start]
    while waiting:
        for reference in _references(waiting.pop()):
            kind, name = reference.split("/")[2:]
            if (kind, name) not in found:
                found.add((kind, name))
                waiting.append(components[kind][name])
    return found


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [reference for child in value.values() for reference in _references(child)]
    if isinstance(value, list):
        return [reference for child in value for reference in _references(child)]
    return []


def _renamed(value: Any) -> Any:
    """The same with every reference pointing at the prefixed name."""
    if isinstance(value, dict):
        return {
            key: _prefixed(child) if key == "$ref" and isinstance(child, str) else _renamed(child)
            for key, child in value.items()
        }
    return [_renamed(child) for child in value] if isinstance(value, list) else value


def _prefixed(reference: str) -> str:
    start, _, name = reference.rpartition("/")
    return f"{start}/{PREFIX}{name}"
