"""For a machine that has torch and transformers alone: settings without pydantic are taken as they are written, unchecked.

`bench.gpu` writes its own settings and reads none, so nothing is lost by it.
"""

import dataclasses
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@contextmanager
def settings_without_pydantic() -> Iterator[None]:
    """Where pydantic is not installed, the few names of it that the captioner's settings use are there within the block."""
    if find_spec("pydantic") is not None:
        yield
        return
    modules: dict[str, dict[str, Any]] = {
        "pydantic": {
            **dict.fromkeys(("ConfigDict", "Field", "TypeAdapter"), _ignored),
            "model_validator": lambda **_: lambda check: check,
            "ValidationError": ValueError,
        },
        "pydantic.dataclasses": {"dataclass": _dataclass},
        "pydantic_core": {"ErrorDetails": dict},
    }
    for name, contents in modules.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update({**contents, "__spec__": ModuleSpec(name, None)})
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


def _ignored(*_: Any, **__: Any) -> None:
    return None


def _dataclass(*, config: Any, **options: Any) -> Callable[[type], type]:
    return dataclasses.dataclass(**options)
