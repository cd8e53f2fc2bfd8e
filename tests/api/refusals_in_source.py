"""Which refusals the code behind each operation can raise, read from the source: the functions that it calls, and those that
these call, as far as names tell. Too many rather than too few: what a function raises in one case only counts for all who call
it."""

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from django.db.models import Choices, Model
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import APIException

from annotation_server.errors import Refusal

OURS = "annotation_server."
# What the framework calls before, around and after a handler.
AROUND = (
    *(
        "initial",
        "get_queryset",
        "get_object",
        "filter_queryset",
        "paginate_queryset",
        "get_serializer_class",
    ),
    *("get_permissions", "get_authenticators", "perform_create", "perform_update", "perform_destroy"),
)
# The last two read a body.
AROUND_CLASSES = (
    "permission_classes",
    "pagination_class",
    "filter_backends",
    "parser_classes",
    "serializer_class",
)
Step = tuple[Callable[..., Any], type | None]


def refusals_of_operations() -> dict[str, list[str]]:
    """`POST /api/v1/tasks/{id}/submit/` → the codes, sorted."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    generator._initialise_endpoints()
    found = {}
    for path, _, method, view in generator._get_paths_and_endpoints():
        if view.schema is not None:
            found[f"{method} {path}"] = sorted(_codes(view, method))
    return found


def _codes(view: Any, method: str) -> set[str]:
    kind = type(view)
    handler = getattr(kind, getattr(view, "action", None) or method.lower())
    waiting: list[Step] = [(handler, kind)]
    waiting += [(getattr(kind, name), kind) for name in AROUND if hasattr(kind, name)]
    waiting += _steps_of(vars(kind).get("project_at") or getattr(view, "project_at", None), None)
    for name in AROUND_CLASSES if method != "GET" else AROUND_CLASSES[:-2]:
        named = getattr(kind, name, None)
        for one in named if isinstance(named, (list, tuple)) else [named]:
            waiting += _steps_of(one, None)
    seen: set[Any] = set()
    codes: set[str] = set()
    while waiting:
        function, owner = waiting.pop()
        function = inspect.unwrap(getattr(function, "__func__", function))
        if not isinstance(function, FunctionType) or (function, owner) in seen:
            continue
        seen.add((function, owner))
        if not function.__module__.startswith(OURS):
            continue
        raised, called = _read(function, owner)
        codes |= raised
        waiting += called
    return codes


@cache
def _read(function: FunctionType, owner: type | None) -> tuple[frozenset[str], tuple[Step, ...]]:
    """The codes that it raises itself, and what it calls."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, SyntaxError, TypeError):
        return frozenset(), ()
    names = {**vars(builtins), **function.__globals__, **inspect.getclosurevars(function).nonlocals}
    codes, called = set(), []
    for value in _named(tree, names, owner):
        if isinstance(value, type) and issubclass(value, (Refusal, APIException)):
            codes.add(code_of(value))
        called += _steps_of(value, owner)
    return frozenset(codes), tuple(called)


def code_of(kind: type[Refusal] | type[APIException]) -> str:
    """As it stands in the problem document."""
    if issubclass(kind, Refusal):
        return kind("").code
    return "invalid" if kind.__name__ == "ValidationError" else kind.default_code.replace("_", "-")


def _named(tree: ast.AST, names: dict[str, Any], owner: type | None) -> Iterator[Any]:
    """Whatever the code names, but for what it only catches, compares with or is typed by."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.ImportFrom) and child.module and child.module.startswith(OURS):
            module = import_module(child.module)
            names |= {one.asname or one.name: getattr(module, one.name, None) for one in child.names}
        elif isinstance(child, ast.ExceptHandler):
            for inside in child.body:
                yield from _named(ast.Module(body=[inside], type_ignores=[]), names, owner)
        elif isinstance(child, ast.Call) and getattr(child.func, "id", "") in {"isinstance", "issubclass"}:
            continue
        elif isinstance(child, (ast.arg, ast.AnnAssign)):
            value = getattr(child, "value", None)
            yield from (
                _named(ast.Module(body=[ast.Expr(value)], type_ignores=[]), names, owner) if value else ()
            )
        elif isinstance(child, ast.FunctionDef):
            parts: list[Any] = [*child.body, *child.args.defaults]
            for part in parts:
                yield from _named(ast.Module(body=[part], type_ignores=[]), names, owner)
        elif isinstance(child, ast.Attribute) and (value := _resolved(child, names, owner)) is not None:
            yield value
        elif isinstance(child, ast.Name):
            yield names.get(child.id)
        else:
            yield from _named(child, names, owner)


def _resolved(node: ast.AST, names: dict[str, Any], owner: type | None) -> Any:
    """What `self.name`, `module.name` or `Class.name` stands for; None where that cannot be told."""
    if isinstance(node, ast.Name):
        return owner if node.id in {"self", "cls"} else names.get(node.id)
    if isinstance(node, ast.Attribute):
        base = _resolved(node.value, names, owner)
        if isinstance(base, (ModuleType, type)):
            return inspect.getattr_static(base, node.attr, None)
    return None


def _steps_of(value: Any, owner: type | None) -> list[Step]:
    """A function, or the methods of a class of ours."""
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if isinstance(value, property):
        return [(value.fget, owner)] if value.fget else []
    if isinstance(value, type):
        if issubclass(value, (Model, Choices, Exception)) or not value.__module__.startswith(OURS):
            return []
        ours = [base for base in value.__mro__ if base.__module__.startswith(OURS)]
        members = [member for base in ours for member in vars(base).values()]
        return [
            step for member in members if not isinstance(member, type) for step in _steps_of(member, value)
        ]
    return [(value, owner)] if callable(value) and hasattr(value, "__module__") else []
