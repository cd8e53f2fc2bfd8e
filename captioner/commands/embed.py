"""Compute image embeddings once: of a manifest's images into the store, or of shards into files beside them.

Shards may be embedded by any number of processes at once, of this command or of torchrun: each shard is taken by one.
"""

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_config, chosen_config
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("manifest", nargs="?", type=Path, help="a manifest (.jsonl)")
    source.add_argument(
        "--shards",
        nargs="+",
        help="paths or URLs of tar shards or Parquet files; name-{000..127}.tar and * are expanded",
    )
    parser.add_argument(
        "--processes", type=int, default=1, help="processes that embed shards on this machine"
    )
    add_config(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.encoders.processes import device_of, embed_over_processes
    from captioner.encoders.shared_work import embed_shards
    from captioner.training.sources import make_encoder

    config, cache = chosen_config(options), options.cache
    if options.shards and options.processes > 1:
        report = embed_over_processes(
            patterns=options.shards,
            config=config,
            cache=cache,
            processes=options.processes,
            progress=progress,
        )
        return asdict(report)
    device = device_of(int(os.environ.get("LOCAL_RANK", "0")))
    encoder = make_encoder(config=config, cache=cache, progress=progress, device=device)
    if options.shards:
        return asdict(embed_shards(patterns=options.shards, encoder=encoder, cache=cache, progress=progress))
    return _embed_manifest(options.manifest, encoder=encoder, cache=cache, progress=progress)


def _embed_manifest(manifest: Path, *, encoder: Any, cache: Path, progress: Progress) -> dict[str, Any]:
    from captioner.encoders.embeddings import embed_rows, open_store
    from captioner.errors import BadManifest
    from captioner.samples.manifest import read_manifest

    if manifest.suffix in (".tar", ".parquet"):
        raise BadManifest(f"{manifest} is a shard, not a manifest; write embed --shards {manifest}.")
    rows = read_manifest(manifest)
    store = open_store(cache=cache, encoder=encoder)
    unreadable = embed_rows(rows=rows, encoder=encoder, store=store, progress=progress)
    return {"embeddings": len(store), "unreadable_images": unreadable}
