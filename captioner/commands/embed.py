"""Compute image embeddings once: of a manifest's images, or of shards before pre-training."""

import argparse
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache, add_config, chosen_config
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="+", help="one manifest (.jsonl) or shards (.tar; patterns are expanded)"
    )
    add_config(parser)
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.encoders.embeddings import embed_rows, open_store
    from captioner.encoders.sample_embeddings import embed_shards
    from captioner.model.checkpoint import best_device
    from captioner.samples.manifest import read_manifest
    from captioner.training.sources import make_encoder

    config = chosen_config(options)
    encoder = make_encoder(config=config, cache=options.cache, progress=progress, device=best_device())
    store = open_store(cache=options.cache, encoder=encoder)
    if options.source[0].endswith(".jsonl"):
        rows = read_manifest(Path(options.source[0]))
        unreadable = embed_rows(rows=rows, encoder=encoder, store=store, progress=progress)
    else:
        unreadable = embed_shards(patterns=options.source, encoder=encoder, store=store, progress=progress)
    return {"embeddings": len(store), "unreadable_images": unreadable}
