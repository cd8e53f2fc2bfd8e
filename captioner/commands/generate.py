"""Write a caption for every row of a manifest, as JSON Lines in the manifest's order."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_decoding, checkpoint_decoding
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-alt-text", action="store_true", help="caption from the images alone")
    add_decoding(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.generation.generate import generate

    report = generate(
        checkpoint=options.checkpoint,
        manifest=options.manifest,
        output=options.out,
        cache=options.cache,
        with_alt_text=not options.without_alt_text,
        decode=checkpoint_decoding(options),
        progress=progress,
    )
    return asdict(report)
