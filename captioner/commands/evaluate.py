"""Measure a captioner on held-out captions: with alt-text, without it, and the alt-text itself."""

import argparse
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_decoding, checkpoint_decoding
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("out", type=Path, help="the JSON file to write")
    add_decoding(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.evaluate import evaluate

    report = evaluate(
        checkpoint=options.checkpoint,
        manifest=options.manifest,
        output=options.out,
        cache=options.cache,
        decode=checkpoint_decoding(options),
        progress=progress,
    )
    return {"rows": report.rows, "sources": report.sources, "warnings": report.warnings}
