"""Embedding the images of samples, decoded by several threads: as they are, or those that the store lacks."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from captioner.encoders.embeddings import EmbeddingStore, embedding_key
from captioner.encoders.encoder import Encoder
from captioner.encoders.read_ahead import read_ahead
from captioner.errors import UnreadableImage
from captioner.samples.images import read_image
from captioner.samples.manifest import Row
from captioner.samples.shards import Sample


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """A sample's vector `embedding_E` on the CPU, or the reason why there is none."""

    sample: Sample
    embedding_E: Tensor | None
    reason: str = ""


def sample_row(sample: Sample, *, row_id: str = "", sha256: str = "") -> Row:
    """The sample as a manifest row: unless more is known of it, its key names it and its bytes are its hash."""
    return sample.row or Row(
        row_id=row_id or sample.key,
        image=Path(sample.key),
        sha256=sha256 or sample.sha256,
        alt_texts=sample.texts,
    )


def encode_samples(
    *, samples: Iterable[Sample], encoder: Encoder, tick: Callable[[], None]
) -> Iterator[Embedded]:
    """Each sample in its order, encoded once. What `samples` raises comes after all that it gave."""
    for chunk in read_ahead(samples, read=decoded):
        good = [image for _, image in chunk if isinstance(image, Image.Image)]
        # As precise as what is kept: a caption does not depend on whether its vector was made before.
        vectors = iter(encoder.embed_images(good).half().float() if good else ())
        for sample, image in chunk:
            if isinstance(image, UnreadableImage):
                yield Embedded(sample=sample, embedding_E=None, reason=str(image))
            else:
                yield Embedded(sample=sample, embedding_E=next(vectors))
        tick()


def embed_samples(
    *, samples: Sequence[Sample], encoder: Encoder, store: EmbeddingStore, tick: Callable[[], None]
) -> list[Embedded]:
    """Each sample in its order; what the store lacks is encoded and added."""
    keys = [embedding_key(sample_row(sample)) for sample in samples]
    places = store.find(keys)
    known = [place for place in places if place is not None]
    kept = iter(store.read(known) if known else ())
    missing = [number for number, place in enumerate(places) if place is None]
    made = dict(
        zip(
            missing,
            encode_samples(samples=(samples[number] for number in missing), encoder=encoder, tick=tick),
            strict=True,
        )
    )
    good = [(number, one.embedding_E) for number, one in made.items() if one.embedding_E is not None]
    if good:
        store.add([keys[number] for number, _ in good], torch.stack([vector for _, vector in good]))
    return [
        made[number] if place is None else Embedded(sample=sample, embedding_E=next(kept))
        for number, (sample, place) in enumerate(zip(samples, places, strict=True))
    ]


def decoded(sample: Sample) -> Image.Image | UnreadableImage:
    """The sample's picture with its faces blurred, or why it cannot be seen."""
    row = sample_row(sample)
    if not sample.image:
        return UnreadableImage(path=row.image, reason="nothing is there")
    try:
        return read_image(io.BytesIO(sample.image), path=row.image, face_boxes=row.face_boxes)
    except UnreadableImage as error:
        return error
