"""How a declaration of options (options/) stands in the OpenAPI document: as its own JSON schema, in the words of OpenAPI 3.0.

drf-spectacular's own extension for pydantic puts the schema of JSON Schema 2020-12 there as it is, with references that
its hook for enumerations does not follow; here enumerations are in their place, and null is `nullable`.
"""

from enum import Enum
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent, list_hash

from annotation_server import choices
from annotation_server.options.declared import Options

# Their types are not told.
Extension: Any = OpenApiSerializerExtension
Component: Any = ResolvedComponent
REQUEST = "Request"
# Of JSON Schema, and not of OpenAPI 3.0; a title says a field's name once more.
LEFT_OUT = {"title", "propertyNames"}


class OptionsExtension(Extension):  # type: ignore[misc]
    """Found by the library once this module is imported (schema_view.py)."""

    target_class = Options
    match_subclasses = True
    priority = 1  # before the library's own for pydantic

    def get_name(self) -> str:
        """The declaration's own."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Its schema. The sets of options within it are components of their own."""
        schema = self.target.model_json_schema(mode="validation")
        defined = schema.pop("$defs", {})
        for name, one in defined.items():
            if "properties" in one:
                component = Component(
                    name=f"{name}{REQUEST}",
                    type=Component.SCHEMA,
                    object=f"{name}{REQUEST}",
                    schema=_plain(one, defined),
                )
                auto_schema.registry.register_on_missing(component)
        return dict(_plain(schema, defined))


def _plain(schema: Any, defined: dict[str, Any]) -> Any:
    """In the words of OpenAPI 3.0."""
    if isinstance(schema, list):
        return [_plain(one, defined) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "properties" in schema:
        properties = {name: _plain(one, defined) for name, one in schema["properties"].items()}
        return {name: one for name, one in schema.items() if name not in LEFT_OUT} | {
            "properties": properties
        }
    rest = {
        name: one if name == "default" else _plain(one, defined)
        for name, one in schema.items()
        if name not in {"$ref", "anyOf", *LEFT_OUT}
    }
    if "$ref" in schema:
        return _referred(schema["$ref"].rsplit("/", 1)[1], rest, defined)
    if "anyOf" in schema:
        [kind] = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return {**_plain(kind, defined), **rest, "nullable": True}
    if "enum" in schema or "const" in schema:
        return {**rest, **_enumeration(schema)}
    return rest


def _referred(name: str, rest: dict[str, Any], defined: dict[str, Any]) -> dict[str, Any]:
    if "properties" in defined[name]:
        reference = {"$ref": f"#/components/schemas/{name}{REQUEST}"}
        return {"allOf": [reference], **rest} if rest else reference
    return {**_plain({"type": "string", "enum": defined[name]["enum"]}, defined), **rest}


def _enumeration(schema: dict[str, Any]) -> dict[str, Any]:
    """With the mark by which the library's hook tells one enumeration from another of the same words."""
    words = [word for word in schema["enum"] if word]
    return {"type": "string", "enum": schema["enum"], "x-spec-enum-id": list_hash(_labelled(words))}


def _labelled(words: list[str]) -> list[tuple[str, str]]:
    """The words with their labels, if they are those of choices.py."""
    for kind in vars(choices).values():
        if isinstance(kind, type) and issubclass(kind, Enum) and list(getattr(kind, "values", [])) == words:
            return list(kind.choices)  # type: ignore[attr-defined]
    return [(word, word) for word in words]
