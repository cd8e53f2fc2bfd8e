"""Options that several commands share: the cache folder, the settings of a run, how captions are decoded."""

import argparse
import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from captioner.config import CaptionerConfig, DecodeSettings, from_json, get_preset, to_json
from captioner.config_faults import must_be
from captioner.errors import BadConfig, first_line
from captioner.recipe import read_recipe, shipped

FINITE: Final = ConfigDict(allow_inf_nan=False)


def add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path("var/captioner-cache"),
        help="embeddings and encoders shared by all runs",
    )


def add_start(parser: argparse.ArgumentParser) -> None:
    """Where a training begins, and what becomes of another one in its folder."""
    parser.add_argument("--start-from", type=Path, help="a checkpoint whose weights training starts from")
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="remove what OUT holds of other settings, data or another version",
    )


def add_config(parser: argparse.ArgumentParser) -> None:
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--preset", default="altogether", help="altogether, small or tiny")
    chosen.add_argument(
        "--recipe", help=f"instead of a preset: a TOML file of settings, or one of {', '.join(shipped())}"
    )
    chosen.add_argument("--config", type=Path, help="instead of a preset: a JSON file, as in a checkpoint")
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
    return changed(config, changes=options.set)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig(f"The settings in {file} cannot be read: {first_line(error)}.") from error


def changed(config: CaptionerConfig, *, changes: Sequence[str]) -> CaptionerConfig:
    """The config with dotted settings changed, checked like a file of settings once all are made."""
    fields = json.loads(to_json(config))
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise BadConfig(f"{change!r} is not NAME=VALUE.")
        *path, last = name.split(".")
        place: dict[str, Any] = fields
        for part in path:
            if not isinstance(place.get(part), dict):
                place[part] = {}
            place = place[part]
        try:
            place[last] = json.loads(value)
        except ValueError:
            place[last] = value
    return from_json(json.dumps(fields))


def add_decoding(parser: argparse.ArgumentParser) -> None:
    """An option for each field of DecodeSettings."""
    group = parser.add_argument_group("decoding", "What is not given is as the checkpoint's settings say.")
    declared = get_type_hints(DecodeSettings, include_extras=True)
    for name, schema in TypeAdapter(DecodeSettings).json_schema()["properties"].items():
        option, choices = f"--{name.replace('_', '-')}", schema.get("enum")
        help_text = schema.get("description", "").replace("%", "%%")
        if schema.get("type") == "boolean":
            group.add_argument(option, action=argparse.BooleanOptionalAction, default=None, help=help_text)
            continue
        group.add_argument(
            option,
            type=_checked_by(TypeAdapter(declared[name], config=FINITE)),
            choices=choices,
            metavar=None if choices else "N",
            help=help_text,
        )


def _checked_by(declared: TypeAdapter[Any]) -> Callable[[str], Any]:
    """Reads the text of an option as its setting is declared."""

    def read(text: str) -> Any:
        try:
            return declared.validate_strings(text)
        except ValidationError as error:
            raise argparse.ArgumentTypeError(must_be(error.errors()[0])) from error

    return read


def chosen_decoding(options: argparse.Namespace, *, default: DecodeSettings) -> DecodeSettings:
    """The checkpoint's decode settings with what the options change."""
    names = [field.name for field in dataclasses.fields(DecodeSettings)]
    given = {name: getattr(options, name) for name in names if getattr(options, name, None) is not None}
    return dataclasses.replace(default, **given)


def checkpoint_decoding(options: argparse.Namespace) -> DecodeSettings:
    """Decode settings for the checkpoint that the options name."""
    from captioner.model.checkpoint import find_checkpoint, read_config

    return chosen_decoding(options, default=read_config(find_checkpoint(options.checkpoint)).decode)
