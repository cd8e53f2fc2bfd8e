"""Train a captioner on an annotated manifest. Killed, the same command goes on where it stood."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_config, add_start, chosen_config
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("manifest", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval-manifest", type=Path, help="held-out rows, scored while training")
    add_start(parser)
    add_config(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.training.stopping import listening
    from captioner.training.train import train

    with listening() as stop:
        report = train(
            config=chosen_config(options),
            manifest=options.manifest,
            eval_manifest=options.eval_manifest,
            output=options.out,
            cache=options.cache,
            progress=stop.heard_by(progress),
            start_from=options.start_from,
            overwrite=options.overwrite,
            stop=stop,
        )
    return asdict(report)
