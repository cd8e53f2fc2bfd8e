"""Options that several commands share: the cache folder, the settings of a run, how captions are decoded."""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any, get_args

from captioner.config import (
    CaptionerConfig,
    DecodeSettings,
    Sampling,
    checked,
    from_json,
    get_preset,
    to_json,
)
from captioner.errors import BadConfig, first_line
from captioner.recipe import read_recipe, shipped


def add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path("var/captioner-cache"),
        help="embeddings and encoders shared by all runs",
    )


def add_config(parser: argparse.ArgumentParser) -> None:
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--preset", default="altogether", help="altogether, small or tiny")
    chosen.add_argument(
        "--recipe", help=f"in place of a preset: a TOML file of settings, or one of {', '.join(shipped())}"
    )
    chosen.add_argument("--config", type=Path, help="in place of a preset: a JSON file, as in a checkpoint")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change one setting, such as training.batch_size=64; may be repeated",
    )


def chosen_config(options: argparse.Namespace) -> CaptionerConfig:
    """The settings that the options name."""
    if options.recipe:
        config = read_recipe(options.recipe)
    elif options.config:
        config = from_json(_text(options.config))
    else:
        config = get_preset(options.preset)
    for change in options.set:
        config = changed(config, change=change)
    return checked(config)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig(f"The settings in {file} cannot be read: {first_line(error)}.") from error


def changed(config: CaptionerConfig, *, change: str) -> CaptionerConfig:
    """The config with one dotted setting changed, checked like a file of settings."""
    name, equals, value = change.partition("=")
    if not equals:
        raise BadConfig(f"{change!r} is not NAME=VALUE.")
    fields = json.loads(to_json(config))
    *path, last = name.split(".")
    place: Any = fields
    for part in path:
        place = place.get(part) if isinstance(place, dict) else None
    if not isinstance(place, dict) or last not in place:
        raise BadConfig(f"There is no setting {name!r}.")
    try:
        place[last] = json.loads(value)
    except ValueError:
        place[last] = value
    return from_json(json.dumps(fields))


def add_decoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--method", choices=get_args(Sampling), help="default: what the checkpoint's settings say"
    )
    parser.add_argument("--top-p", type=float)
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--beams", type=int)
    parser.add_argument("--max-tokens", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--stop-loops",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="end captions that go round in circles",
    )
    parser.add_argument("--slots", type=int, help="rows that are decoded together")


def chosen_decoding(options: argparse.Namespace, *, default: DecodeSettings) -> DecodeSettings:
    """The checkpoint's decode settings with what the options change."""
    names = [field.name for field in dataclasses.fields(DecodeSettings)]
    given = {name: getattr(options, name) for name in names if getattr(options, name, None) is not None}
    return dataclasses.replace(default, **given)


def checkpoint_decoding(options: argparse.Namespace) -> DecodeSettings:
    """Decode settings for the checkpoint that the options name."""
    from captioner.model.checkpoint import find_checkpoint, read_config

    return chosen_decoding(options, default=read_config(find_checkpoint(options.checkpoint)).decode)
