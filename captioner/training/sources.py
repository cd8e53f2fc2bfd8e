"""Where a training's examples come from: what TrainingRun asks of them, and the annotated manifest as one such source."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from captioner.config import CaptionerConfig, TrainingConfig
from captioner.encoders.choice import load_encoder
from captioner.encoders.embeddings import EmbeddingStore, embed_rows, embedding_key, open_store, read_pixels
from captioner.encoders.encoder import Encoder
from captioner.errors import NothingToDo
from captioner.examples.batches import BatchPlan
from captioner.examples.tokenizer import TextCodec, load_codec, make_codec
from captioner.examples.views import TextCounts, View, make_examples
from captioner.progress import Progress
from captioner.samples.manifest import Row, joined_alt_text


class Source(Protocol):
    """Examples in an order that follows from the seed and a mark."""

    encoder: Encoder
    codec: TextCodec
    counts: TextCounts
    unreadable: dict[str, str]
    examples_per_epoch: int
    held_out: list[Row]

    def batch(self, step: int) -> list[View]:
        """The global batch of that step; steps are asked for in order."""

    def images(self, rows: Sequence[Row]) -> Tensor:
        """What the model is given of the rows' images: `embedding_NE`, or pixels where the encoder is trained too."""

    def mark(self) -> dict[str, int]:
        """What `seek` needs to go on from here after a restart."""

    def seek(self, mark: dict[str, int]) -> None: ...


def step_count(*, training: TrainingConfig, examples: int) -> int:
    per_epoch = -(-examples // training.batch_size)
    return max(1, min(training.max_steps, math.ceil(training.epochs * per_epoch)))


def make_encoder(
    *, config: CaptionerConfig, cache: Path, progress: Progress, device: torch.device
) -> Encoder:
    return load_encoder(config=config.encoder, cache=cache, progress=progress, device=device)


def start_codec(*, start_from: Path | None) -> TextCodec | None:
    """The tokenizer of the checkpoint that training starts from: its weights know no other."""
    return None if start_from is None else load_codec(start_from / "tokenizer")


class ManifestSource:
    """Every annotated row of a manifest, embedded first; which rows come at which step is a function of the seed."""

    def __init__(
        self,
        *,
        config: CaptionerConfig,
        rows: Sequence[Row],
        held_out: Sequence[Row],
        cache: Path,
        encoder: Encoder,
        codec: TextCodec | None,
        progress: Progress,
    ) -> None:
        self.encoder = encoder
        self._unfrozen = config.encoder.unfrozen
        self._store = open_store(cache=cache, encoder=encoder)
        every = [*rows, *held_out]
        # With an unfrozen encoder too: before training starts it is known which images can be read.
        self.unreadable = embed_rows(rows=every, encoder=encoder, store=self._store, progress=progress)
        self._places = _places(self._store, [row for row in every if row.row_id not in self.unreadable])
        readable = [row for row in rows if row.row_id not in self.unreadable]
        if not readable:
            raise NothingToDo("None of the manifest's images can be read, so there is nothing to learn from.")
        self.held_out = [row for row in held_out if row.row_id not in self.unreadable]
        self.codec = codec or make_codec(config=config.decoder, corpus=_corpus(rows), cache=cache)
        self.counts = TextCounts()
        examples = make_examples(rows=readable, codec=self.codec, config=config.text, counts=self.counts)
        self.examples_per_epoch = len(examples)
        self._plan = BatchPlan(
            examples=tuple(examples),
            batch_size=config.training.batch_size,
            bucket_batches=config.training.bucket_batches,
            text=config.text,
            seed=config.training.seed,
        )
        self._epoch: int | None = None
        self._batches: list[list[View]] = []

    def batch(self, step: int) -> list[View]:
        epoch, place = divmod(step, self._plan.batches_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._batches = epoch, self._plan.epoch(epoch)
        return self._batches[place]

    def images(self, rows: Sequence[Row]) -> Tensor:
        if self._unfrozen:
            return read_pixels(rows=rows, encoder=self.encoder)
        return self._store.read([self._places[embedding_key(row)] for row in rows])

    def mark(self) -> dict[str, int]:
        return {}

    def seek(self, mark: dict[str, int]) -> None:
        """The step alone decides."""


def _places(store: EmbeddingStore, rows: Sequence[Row]) -> dict[bytes, int]:
    keys = [embedding_key(row) for row in rows]
    return {key: place for key, place in zip(keys, store.find(keys), strict=True) if place is not None}


def _corpus(rows: Sequence[Row]) -> list[str]:
    return [text for row in rows for text in (row.caption or "", joined_alt_text(row)) if text]
