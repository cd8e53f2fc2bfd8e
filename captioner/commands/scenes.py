"""Render scenes: OUT/images/*.png and OUT/manifest.jsonl with alt-text, true caption, claims and split of each; train.jsonl
and eval.jsonl for `train` and `evaluate`."""

import argparse
from pathlib import Path
from typing import Any

from captioner.progress import Progress
from captioner.scenes import write_scenes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split-eval", type=float, default=0.2, help="the share that is held out")
    parser.add_argument("--size", type=int, default=320, help="pixels a side")


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    manifest = write_scenes(
        output=options.out,
        count=options.count,
        seed=options.seed,
        split_eval=options.split_eval,
        size=options.size,
        progress=progress,
    )
    return {"manifest": str(manifest), "scenes": options.count}
