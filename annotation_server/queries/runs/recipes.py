"""The captioner's recipes by which a project's captioner can be trained, read as files: the web side does not import the
captioner."""

import tomllib
from dataclasses import dataclass
from functools import cache

from annotation_server.errors import InvalidSettings
from annotation_server.places import recipes_folder


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """`about`: what it is for, in a sentence."""

    name: str
    about: str


@cache
def recipes() -> tuple[Recipe, ...]:
    """Those for annotated captions, by name; pre-training has recipes of its own."""
    found = []
    for path in sorted(recipes_folder().glob("*.toml")):
        fields = tomllib.loads(path.read_text("utf-8"))
        if "stage" not in fields:
            found.append(Recipe(name=path.stem, about=fields["about"]))
    return tuple(found)


def known_recipe(name: str) -> Recipe:
    """Raises InvalidSettings."""
    for recipe in recipes():
        if recipe.name == name:
            return recipe
    raise InvalidSettings(
        f"There is no recipe '{name}'. Recipes: {', '.join(one.name for one in recipes())}."
    )
