"""The command line: one file a command. Exit codes: 0 done, 1 failed for a reason that was told, 2 wrong usage;
a training that a signal stopped ends with 128 and the signal's number, 143 or 130."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

from safetensors import SafetensorError

from captioner.errors import CaptionerError, first_line
from captioner.progress import LineProgress

# name: (module, what it does); modules are loaded only when their command runs, so that --help is quick.
COMMANDS: Final = {
    "scenes": ("scenes", "render scenes with alt-texts and true captions"),
    "fetch": ("fetch", "fetch the encoder and decoder of a preset, recipe or repository"),
    "embed": ("embed", "compute the image embeddings of a manifest or of shards"),
    "pretrain": ("pretrain", "train on image-text shards"),
    "train": ("train", "train on an annotated manifest"),
    "doctor": ("doctor", "say whether a training can run here, and how long it takes"),
    "generate": ("generate", "write a caption for every row of a manifest"),
    "caption": ("caption", "caption a collection: shards, Parquet or a folder"),
    "evaluate": ("evaluate", "measure a captioner on held-out captions"),
    "export-hub": ("export_hub", "write a checkpoint in the hub's layout"),
}


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m captioner", description="Re-align alt-texts with their images."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, summary) in COMMANDS.items():
        commands.add_parser(name, help=summary, add_help=False)
    # torch's C++ side tells of every lost connection with its own stack, beside the line that we print.
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    chosen, rest = parser.parse_known_args(arguments[:1]), list(arguments[1:])
    name = chosen[0].command
    module: Any = importlib.import_module(f"captioner.commands.{COMMANDS[name][0]}")
    command = argparse.ArgumentParser(prog=f"python -m captioner {name}", description=module.__doc__)
    command.add_argument("--json", action="store_true", help="progress and result as JSON lines")
    module.add_arguments(command)
    options = command.parse_args(rest)
    progress = LineProgress(as_json=options.json)
    try:
        result: dict[str, Any] = module.run(options, progress)
    except (CaptionerError, OSError, json.JSONDecodeError, UnicodeDecodeError, SafetensorError) as error:
        told = str(error) if isinstance(error, CaptionerError) else _reason(error)
        progress.close()
        if not getattr(error, "told_elsewhere", False):
            print(json.dumps({"error": told}) if options.json else f"{name}: {told}", file=sys.stderr)
        return getattr(error, "exit_code", 1)
    except KeyboardInterrupt:
        progress.close()
        print(f"{name}: stopped; the same command goes on from here.", file=sys.stderr)
        return 1
    progress.close()
    readable = getattr(module, "readable", _readable)
    print(json.dumps(result) if options.json else readable(result))
    return 0 if result.get("ok", True) else 1


def _reason(error: Exception) -> str:
    """One line for what nobody refused in better words: a file that is not there, not readable, or not what it should be."""
    if not isinstance(error, OSError):
        return f"A file is damaged or not what it should be: {first_line(error)}."
    return f"{first_line(error)}." if error.filename is None else f"{error.filename}: {error.strerror}."


def _readable(result: dict[str, Any]) -> str:
    return "\n".join(
        f"{name.replace('_', ' ')}: {_value(value)}" for name, value in result.items() if value != {}
    )


def _value(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
