"""Embedding shards over any number of processes: each shard is taken by one of them, and a death loses only that shard.

Nobody hands out shards. Each process goes through all of them and takes what is neither done nor taken: a lock on a file
beside the embeddings, which ends with its process. At the end it waits for what others have taken. So one process, ranks of
torchrun and `--processes` are the same.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from captioner.encoders.encoder import Encoder
from captioner.encoders.shard_embeddings import (
    ShardEmbeddings,
    embeddings_file,
    load_embeddings,
    make_embeddings,
)
from captioner.errors import BadManifest
from captioner.progress import Progress
from captioner.samples.shards import expand
from captioner.storage import claimed

LOOK_AGAIN_SECONDS: Final = 0.5
# Of embedding a shard that is another one each time.
TRIES: Final = 3


@dataclass(kw_only=True)
class EmbedReport:
    """`images` are of all shards, `shards_embedded` and `images_encoded` what this process did for it."""

    shards: int
    images: int = 0
    shards_embedded: int = 0
    images_encoded: int = 0
    unreadable_images: dict[str, str] = field(default_factory=dict)
    cut_shards: dict[str, str] = field(default_factory=dict)

    def count(self, address: str, found: ShardEmbeddings) -> None:
        self.images += found.count
        self.unreadable_images.update((one.key, one.reason) for one in found.unreadable.values())
        if found.cut:
            self.cut_shards[address] = found.cut


def embed_shards(
    *, patterns: Sequence[str], encoder: Encoder, cache: Path, progress: Progress
) -> EmbedReport:
    """Returns when every shard has its embeddings, made here or by another process."""
    addresses = expand(patterns)
    report = EmbedReport(shards=len(addresses))
    left = list(addresses)
    while left:
        others: list[str] = []
        for address in left:

            def tick(done: int = report.shards - len(left), message: str = "shards embedded") -> None:
                progress(done=done, total=len(addresses), message=message)

            tick()
            found = _done_or_taken(address, encoder=encoder, cache=cache, report=report, tick=tick)
            if found is None:
                others.append(address)
            else:
                report.count(address, found)
        if len(others) == len(left):
            progress(done=len(addresses) - len(others), total=len(addresses), message="others embed the rest")
            time.sleep(LOOK_AGAIN_SECONDS)
        left = others
    progress(done=len(addresses), total=len(addresses), message="shards embedded")
    return report


def shard_embeddings(
    *, address: str, encoder: Encoder, cache: Path, tick: Callable[[], None]
) -> ShardEmbeddings:
    """The embeddings of one shard; made if there are none that fit."""

    def progress(*, done: int, total: int, message: str) -> None:
        tick()

    for _ in range(TRIES):
        if (found := load_embeddings(address=address, encoder=encoder, cache=cache)) is not None:
            return found
        embed_shards(patterns=[address], encoder=encoder, cache=cache, progress=progress)
    raise BadManifest(f"The shard {address} changes while it is read; try again when it is whole.")


def _done_or_taken(
    address: str, *, encoder: Encoder, cache: Path, report: EmbedReport, tick: Callable[[], None]
) -> ShardEmbeddings | None:
    """The shard's embeddings, made here if nobody has; None while another process makes them."""
    if (found := load_embeddings(address=address, encoder=encoder, cache=cache)) is not None:
        return found
    file = embeddings_file(address=address, encoder=encoder, cache=cache)
    with claimed(file.with_name(f".{file.name}.lock")) as ours:
        if not ours:
            return None
        # Another may have ended between our look and our lock.
        if (found := load_embeddings(address=address, encoder=encoder, cache=cache)) is not None:
            return found
        made = make_embeddings(address=address, encoder=encoder, cache=cache, tick=tick)
        report.shards_embedded += 1
        report.images_encoded += made.count - len(made.unreadable)
        return made
