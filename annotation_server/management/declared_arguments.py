"""The arguments of a command that a declaration of options (options/) says: their spellings, what they take, what they mean.

A field `lease_minutes` is `--lease-minutes`; a list `splits` is `--split`, once for each; a switch that is on by itself has an
option that turns it off. What is not said is left to the declaration.
"""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator, Mapping
from types import NoneType
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from annotation_server.options.declared import Options, type_of
from annotation_server.options.sentences import sentence, settings_from

Declared = TypeVar("Declared", bound=Options)


class Spelled(NamedTuple):
    """How a command calls a field, where that is not the field's own name, and what that means."""

    names: tuple[str, ...]
    help: str = ""
    metavar: str = ""


def add_options(
    parser: ArgumentParser, *, declaration: type[Options], spelled: Mapping[str, Spelled] | None = None
) -> None:
    """An argument for each field, those of a set within the set too."""
    for name, field in declaration.model_fields.items():
        kind = _bare(field.annotation)
        if _is_options(kind):
            add_options(parser, declaration=kind, spelled=spelled)
            continue
        said = (spelled or {}).get(name, Spelled(names=()))
        parser.add_argument(
            *(said.names or (spelling(name, field),)),
            dest=name,
            default=SUPPRESS,
            required=field.is_required(),
            help=(said.help or _meaning(field)).replace("%", "%%"),
            **_action(name, field, said.metavar),
        )


def given_options(*, declaration: type[Declared], given: Mapping[str, Any]) -> Declared:
    """What the command was given. Raises InvalidSettings with every fault."""
    return settings_from(declaration=declaration, given=_values(declaration, given))


def spelling(name: str, field: FieldInfo) -> str:
    """Of a field without one of its own."""
    one = name.removesuffix("s") if _origin(field) in {list, dict} else name
    return f"--{'no-' if field.default is True else ''}{one.replace('_', '-')}"


def words_of(field: FieldInfo) -> list[str]:
    """The words that a field, or each of its list, may be; none where it is no matter of choice."""
    adapter: TypeAdapter[Any] = TypeAdapter(type_of(field))
    schema = adapter.json_schema()
    schema = schema.get("items", schema)
    defined = next(iter(schema.get("$defs", {}).values()), schema)
    return [word for word in schema.get("enum", defined.get("enum", [])) if word]


def _values(declaration: type[Options], given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in declaration.model_fields.items():
        kind = _bare(field.annotation)
        if _is_options(kind):
            found[name] = _values(kind, given)
        elif name in given:
            found[name] = dict(given[name]) if _origin(field) is dict else given[name]
    return found


def _action(name: str, field: FieldInfo, metavar: str) -> dict[str, Any]:
    kind = _bare(field.annotation)
    if kind is bool:
        return {"action": "store_false" if field.default is True else "store_true"}
    if words := words_of(field):
        metavar = "{" + ",".join(words) + "}"
    one = name.removesuffix("s") if _origin(field) in {list, dict} else name
    usual = {int: "N", float: "X"}.get(kind, one.upper().replace("_", "-"))
    if _origin(field) is dict:
        key, value = get_args(kind)
        metavar = metavar or "NAME=VALUE"
        return {"action": "append", "type": _pair(key, value, tuple, metavar), "metavar": metavar}
    if _origin(field) is list:
        [item] = get_args(kind)
        if _is_options(item):
            names = list(item.model_fields)
            metavar = metavar or "=".join(names).upper()
            key, value = (type_of(one) for one in item.model_fields.values())
            taken = _pair(key, value, lambda pair: dict(zip(names, pair, strict=True)), metavar)
            return {"action": "append", "type": taken, "metavar": metavar}
        return {"action": "append", "type": _taken(item), "metavar": metavar or usual}
    return {
        "type": _taken(type_of(field)),
        "metavar": metavar or usual,
    }


def _taken(kind: Any) -> Callable[[str], Any]:
    """Reads one value, and says what is wrong with it as a request would be told."""
    adapter: TypeAdapter[Any] = TypeAdapter(
        kind, config=ConfigDict(allow_inf_nan=False, str_strip_whitespace=True)
    )

    def take(text: str) -> Any:
        try:
            return adapter.validate_strings(text)
        except ValidationError as error:
            raise ArgumentTypeError(sentence(error.errors(include_url=False)[0])) from error

    return take


def _pair(key: Any, value: Any, made: Callable[[Iterator[Any]], Any], metavar: str) -> Callable[[str], Any]:
    """Reads NAME=VALUE; a name may have a = itself."""
    takers = (_taken(key), _taken(value))

    def take(text: str) -> Any:
        name, equals, said = text.rpartition("=")
        if not (name and equals and said):
            raise ArgumentTypeError(f"Write {metavar}, not {text}.")
        return made(taker(part) for taker, part in zip(takers, (name, said), strict=True))

    return take


def _meaning(field: FieldInfo) -> str:
    again = " (again for more)" if _origin(field) in {list, dict} else ""
    plain = field.default and isinstance(field.default, (str, int, float)) and field.default is not True
    default = f" (default: {field.default})" if plain else ""
    return f"{field.description or ''}{again}{default}".strip()


def _bare(kind: Any) -> Any:
    """A type without its bounds, and without the None that stands for what was not said."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if NoneType in get_args(kind):
        [kind] = [one for one in get_args(kind) if one is not NoneType]
        return _bare(kind)
    return kind


def _origin(field: FieldInfo) -> Any:
    return get_origin(_bare(field.annotation))


def _is_options(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
