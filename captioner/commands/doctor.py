"""Say before a training starts whether it can: GPUs, weights, disk, memory, and hours. Ends with 1 where it cannot."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_config, chosen_config
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    rows = parser.add_mutually_exclusive_group()
    rows.add_argument("--train", type=Path, metavar="MANIFEST", help="what would be trained on")
    rows.add_argument("--samples", type=int, help="or how many images an epoch has, for pretrain")
    parser.add_argument("--out", type=Path, default=Path(), help="where the training would write")
    parser.add_argument("--processes", type=int, help="how many would train; default: one a GPU, or one")
    add_config(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.training.doctor import examine

    findings = examine(
        config=chosen_config(options),
        train=options.train,
        samples=options.samples,
        output=options.out,
        cache=options.cache,
        processes=options.processes,
    )
    return {
        "ok": all(finding.is_fine for finding in findings),
        "findings": [asdict(finding) for finding in findings],
    }


def readable(result: dict[str, Any]) -> str:
    """A line for each finding."""
    return "\n".join(
        f"{'ok ' if one['is_fine'] else 'NO '} {one['subject']}: {one['says']}" for one in result["findings"]
    )
