"""Recipes: TOML files that name the settings of a run and tell, in their first lines, its command, cost and result.

A recipe says what it is `based_on` (a preset) and what it changes; or it names everything itself. Those that come with
the program lie in `recipes/`, go by their name, and say in a sentence what they are `about`.
"""

import json
import tomllib
from pathlib import Path
from typing import Any, Final

from captioner.config import CaptionerConfig, from_json, get_preset, to_json
from captioner.errors import BadConfig

SHIPPED: Final = Path(__file__).parent / "recipes"
# What it is for, in a sentence, and the stage of training it is for where that is not fine-tuning.
ABOUT: Final = ("about", "stage")


def read_recipe(recipe: str) -> CaptionerConfig:
    """The settings of a recipe by its path, or by the name of one that comes with the program."""
    path = Path(recipe) if recipe.endswith(".toml") else SHIPPED / f"{recipe}.toml"
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadConfig(
            f"There is no recipe {recipe!r}; give the path of a .toml file, or one of {', '.join(shipped())}."
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig(f"The recipe {path} cannot be read: {error}.") from error
    for told_to_people in ABOUT:
        fields.pop(told_to_people, None)
    base = fields.pop("based_on", None)
    settings = {} if base is None else json.loads(to_json(get_preset(str(base))))
    return from_json(json.dumps(_merged(settings, fields), default=str))


def shipped() -> list[str]:
    """The names of the recipes that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def _merged(settings: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged, everything else is replaced."""
    merged = dict(settings)
    for name, value in changes.items():
        old = merged.get(name)
        merged[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
