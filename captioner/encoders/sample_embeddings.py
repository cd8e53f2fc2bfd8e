"""Embedding the images of shard samples, decoded by several workers, into the store."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from PIL import Image

from captioner.encoders.embeddings import CHUNK, EmbeddingStore, embedding_key
from captioner.encoders.encoder import Encoder
from captioner.errors import UnreadableImage
from captioner.progress import Progress
from captioner.samples.images import read_image
from captioner.samples.manifest import Row
from captioner.samples.shards import Sample, expand, read_shard

WORKERS = 8


def sample_row(sample: Sample) -> Row:
    """The sample as a manifest row: unless a manifest tells more of it, its key names it and its bytes are its hash."""
    return sample.row or Row(
        row_id=sample.key, image=Path(sample.key), sha256=sample.sha256, alt_texts=sample.texts
    )


def embed_samples(
    *, samples: Sequence[Sample], encoder: Encoder, store: EmbeddingStore, tick: Callable[[], None]
) -> dict[str, str]:
    """Adds what the store lacks; returns the reason by key of each image that cannot be read."""
    keys = [embedding_key(sample_row(sample)) for sample in samples]
    missing = [number for number, place in enumerate(store.find(keys)) if place is None] if samples else []
    unreadable: dict[str, str] = {}
    with ThreadPoolExecutor(WORKERS) as workers:
        for start in range(0, len(missing), CHUNK):
            part = missing[start : start + CHUNK]
            decoded = list(workers.map(lambda number: _decode(samples[number]), part))
            good = [
                (number, image)
                for number, image in zip(part, decoded, strict=True)
                if isinstance(image, Image.Image)
            ]
            unreadable.update(
                (samples[number].key, str(image))
                for number, image in zip(part, decoded, strict=True)
                if isinstance(image, UnreadableImage)
            )
            if good:
                store.add(
                    [keys[number] for number, _ in good], encoder.embed_images([image for _, image in good])
                )
            tick()
    return unreadable


def _decode(sample: Sample) -> Image.Image | UnreadableImage:
    row = sample_row(sample)
    if not sample.image:
        return UnreadableImage(path=row.image, reason="nothing is there")
    try:
        return read_image(io.BytesIO(sample.image), path=row.image, face_boxes=row.face_boxes)
    except UnreadableImage as error:
        return error


def embed_shards(
    *, patterns: Sequence[str], encoder: Encoder, store: EmbeddingStore, progress: Progress
) -> dict[str, str]:
    """Embeds every image of the shards; returns the reason by key of each that cannot be read."""
    addresses = expand(patterns)
    unreadable: dict[str, str] = {}
    for number, address in enumerate(addresses):

        def tick(done: int = number) -> None:
            progress(done=done, total=len(addresses), message="shards embedded")

        samples = read_shard(address)
        while part := list(islice(samples, 16 * CHUNK)):
            unreadable.update(embed_samples(samples=part, encoder=encoder, store=store, tick=tick))
        tick(number + 1)
    return unreadable
