"""Caption a collection: shards, Parquet files, manifests or folders. Resumable by block; over Ray with --ray-actors."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_decoding, checkpoint_decoding
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument(
        "source", nargs="+", help="tar shards or Parquet files (paths or URLs), manifests, or folders"
    )
    parser.add_argument("--out", type=Path, required=True, help="a folder: one file a block")
    parser.add_argument(
        "--format",
        choices=["parquet", "webdataset"],
        default="parquet",
        help="texts alone, or shards of images with their captions",
    )
    parser.add_argument("--without-alt-text", action="store_true")
    parser.add_argument("--block-size", type=int, default=512, help="images a block, of a folder")
    parser.add_argument(
        "--ray-actors", type=int, default=0, help="actors that hold the model; 0: in this process"
    )
    parser.add_argument(
        "--ray-address", help="a cluster's address, such as auto; default: Ray on this machine"
    )
    add_decoding(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.bulk.bulk import caption_collection

    report = caption_collection(
        checkpoint=options.checkpoint,
        source=options.source,
        output=options.out,
        cache=options.cache,
        with_alt_text=not options.without_alt_text,
        decode=checkpoint_decoding(options),
        kind=options.format,
        block_size=options.block_size,
        ray_actors=options.ray_actors,
        ray_address=options.ray_address,
        progress=progress,
    )
    return asdict(report)
