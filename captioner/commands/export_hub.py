"""Write a checkpoint in the hub's layout, with a model card: licences, data, rounds, metrics. Or its decoder alone."""

import argparse
from pathlib import Path
from typing import Any

from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--evaluation", type=Path, help="the JSON that `evaluate` wrote, for the card's table"
    )
    parser.add_argument(
        "--decoder-only",
        action="store_true",
        help="the merged decoder as a plain folder for other programs, and the mapping network beside it",
    )
    parser.add_argument("--rounds", default="", help="such as 'rounds 1 to 3'")


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.model.hub import export_decoder, export_hub

    if options.decoder_only:
        return export_decoder(checkpoint=options.checkpoint, output=options.out)
    return export_hub(
        checkpoint=options.checkpoint,
        output=options.out,
        evaluation=options.evaluation,
        rounds=options.rounds,
    )
