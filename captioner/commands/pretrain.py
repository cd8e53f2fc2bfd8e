"""Train on shards of images with alt-texts, before fine-tuning. Killed, the same command goes on in mid-shard."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_config, add_start, chosen_config
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shards", nargs="+", help="paths or URLs of tar files; name-{000..127}.tar and * are expanded"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--samples", type=int, required=True, help="images an epoch: the length of the schedule"
    )
    add_start(parser)
    add_config(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.training.pretrain import pretrain
    from captioner.training.stopping import listening

    with listening() as stop:
        report = pretrain(
            config=chosen_config(options),
            shards=options.shards,
            samples=options.samples,
            output=options.out,
            cache=options.cache,
            progress=stop.heard_by(progress),
            start_from=options.start_from,
            overwrite=options.overwrite,
            stop=stop,
        )
    return asdict(report)
