"""Embeddings as files beside shards: an array of vectors a shard, in the order of its samples, whole or absent.

A file is safetensors: `vectors` (fp16, zeros where an image cannot be read), `sha256` (of each image), and a header with the
encoder's key, the width and count, the state of the shard that it was made of, and what could not be read. Of a shard that
lies elsewhere, or in a folder that cannot be written, it is below the cache. Shapes: N samples, E embedding.
"""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from captioner.encoders.encoder import Encoder
from captioner.encoders.sample_embeddings import encode_samples
from captioner.errors import BadManifest, ShardCut
from captioner.samples.collection import read_samples
from captioner.samples.remote import source_state
from captioner.samples.shards import EMBEDDINGS
from captioner.storage import published_path

FORMAT: Final = "1"


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """An image of a shard that has no vector."""

    place: int
    key: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ShardEmbeddings:
    """What was made of one shard. `cut` says where it ends too early, if it does."""

    embedding_NE: Tensor
    hashes: tuple[str, ...]
    unreadable: dict[int, Unreadable]
    cut: str

    @property
    def count(self) -> int:
        return len(self.hashes)

    def read(self, places: Sequence[int]) -> Tensor:
        """`embedding_NE` in float32."""
        return self.embedding_NE[list(places)].float()


def embeddings_file(*, address: str, encoder: Encoder, cache: Path) -> Path:
    """Where the embeddings of the shard at `address` lie or will lie."""
    named = hashlib.sha256(encoder.key.encode()).hexdigest()[:12]
    shard = Path(address)
    beside = shard.with_name(f"{shard.name}.{named}{EMBEDDINGS}")
    if "://" not in address and (beside.exists() or os.access(shard.parent, os.W_OK)):
        return beside
    where = hashlib.sha256(address.encode()).hexdigest()[:16]
    return cache / "shard-embeddings" / named / f"{where}-{shard.name[-80:]}{EMBEDDINGS}"


def load_embeddings(*, address: str, encoder: Encoder, cache: Path) -> ShardEmbeddings | None:
    """None if there are none, or if they are of another encoder or of what the shard was before it was changed."""
    file = embeddings_file(address=address, encoder=encoder, cache=cache)
    try:
        with safe_open(file, framework="pt") as opened:
            told = opened.metadata()
            if told != {**told, **_header(address=address, encoder=encoder)}:
                return None
            vectors, hashes = opened.get_tensor("vectors"), opened.get_tensor("sha256")
    except (OSError, SafetensorError):
        return None
    return ShardEmbeddings(
        embedding_NE=vectors,
        hashes=tuple(bytes(row).hex() for row in hashes.numpy()),
        unreadable={place: Unreadable(place=place, key=key, reason=reason)
                    for place, key, reason in json.loads(told["unreadable"])},
        cut=told["cut"],
    )  # fmt: skip


def make_embeddings(
    *, address: str, encoder: Encoder, cache: Path, tick: Callable[[], None]
) -> ShardEmbeddings:
    """Reads, hashes and encodes each image of the shard once, and publishes the file."""
    header = _header(address=address, encoder=encoder)
    vectors: list[Tensor] = []
    hashes: list[str] = []
    unreadable: dict[int, Unreadable] = {}
    cut = ""
    try:
        for one in encode_samples(samples=read_samples(address), encoder=encoder, tick=tick):
            place = len(hashes)
            hashes.append(one.sample.sha256)
            if one.embedding_E is None:
                unreadable[place] = Unreadable(place=place, key=one.sample.key, reason=one.reason)
                vectors.append(torch.zeros(encoder.width, dtype=torch.float16))
            else:
                vectors.append(one.embedding_E.to(torch.float16))
    except ShardCut as error:
        cut = str(error)
    made = ShardEmbeddings(
        embedding_NE=torch.stack(vectors) if vectors else torch.zeros(0, encoder.width, dtype=torch.float16),
        hashes=tuple(hashes),
        unreadable=unreadable,
        cut=cut,
    )
    _publish(made, embeddings_file(address=address, encoder=encoder, cache=cache), header=header)
    return made


def _publish(made: ShardEmbeddings, file: Path, *, header: dict[str, str]) -> None:
    tensors = {
        "vectors": made.embedding_NE,
        "sha256": torch.frombuffer(bytearray().join(bytes.fromhex(one) for one in made.hashes), dtype=torch.uint8)
        .reshape(-1, 32)
        if made.hashes
        else torch.zeros(0, 32, dtype=torch.uint8),
    }  # fmt: skip
    told = {
        **header,
        "count": str(made.count),
        "unreadable": json.dumps([[one.place, one.key, one.reason] for one in made.unreadable.values()]),
        "cut": made.cut,
    }
    with published_path(file) as unfinished:
        save_file(tensors, unfinished, metadata=told)


def _header(*, address: str, encoder: Encoder) -> dict[str, str]:
    try:
        state = source_state(address)
    except OSError as error:
        raise BadManifest(f"The shard {address} cannot be read: {error}.") from error
    return {"format": FORMAT, "encoder": encoder.key, "width": str(encoder.width), "source": state}
