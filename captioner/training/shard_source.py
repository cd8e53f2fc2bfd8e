"""Pre-training examples: streamed from shards, bucketed in pools, resumable in the middle of a shard.

The target of an image is its longest text, its input one of the others (none when there is only one). Shards are read in
a new random order each epoch; a pool of samples is bucketed by length. The mark is where the current pool began.
"""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from captioner.config import CaptionerConfig, TextConfig
from captioner.encoders.embeddings import embedding_key, open_store
from captioner.encoders.encoder import Encoder
from captioner.encoders.sample_embeddings import embed_samples, sample_row
from captioner.errors import NothingToDo
from captioner.examples.names import without_unseen_names
from captioner.examples.tokenizer import TextCodec, make_codec
from captioner.examples.views import TextCounts, View, cut_alt_text, cut_caption, is_whole, unit_draw
from captioner.samples.images import read_image
from captioner.samples.manifest import Row
from captioner.samples.shards import Sample, read_shard

# Samples whose texts train a local tokenizer.
CORPUS = 20_000


class ShardSource:
    """A Source over shards. `examples_per_epoch` is what the caller says: counting would mean reading everything."""

    def __init__(
        self,
        *,
        config: CaptionerConfig,
        shards: Sequence[str],
        examples_per_epoch: int,
        cache: Path,
        encoder: Encoder,
        codec: TextCodec | None,
        tick: Callable[[], None],
    ) -> None:
        self.encoder = encoder
        self.counts = TextCounts()
        self.unreadable: dict[str, str] = {}
        self.examples_per_epoch = examples_per_epoch
        self.held_out: list[Row] = []
        self._config = config
        self._shards = list(shards)
        self._store = open_store(cache=cache, encoder=encoder)
        self.codec = codec or make_codec(config=config.decoder, corpus=self._corpus(), cache=cache)
        self._mark = {"epoch": 0, "shard": 0, "sample": 0, "first_step": 0}
        self._stream: Iterator[tuple[dict[str, int], Sample]] | None = None
        self._pool: list[list[View]] = []
        # Kept in memory only where the encoder is trained too; `bucket_batches` decides how many.
        self._pool_images: dict[str, bytes] = {}
        self._tick = tick

    def batch(self, step: int) -> list[View]:
        while step - self._mark["first_step"] >= len(self._pool):
            self._fill(first_step=self._mark["first_step"] + len(self._pool))
        return self._pool[step - self._mark["first_step"]]

    def mark(self) -> dict[str, int]:
        return dict(self._mark)

    def seek(self, mark: dict[str, int]) -> None:
        self._mark = dict(mark)
        self._stream, self._pool = None, []

    def images(self, rows: Sequence[Row]) -> Tensor:
        if self._config.encoder.unfrozen:
            return torch.stack([self._pixels(self._pool_images[row.row_id]) for row in rows])
        keys = [embedding_key(row) for row in rows]
        return self._store.read([place for place in self._store.find(keys) if place is not None])

    def _fill(self, *, first_step: int) -> None:
        """The next pool: bucketed and shuffled batches of what comes next in the stream."""
        training = self._config.training
        if self._stream is None:
            self._stream = self._samples(self._mark)
            first_step = self._mark["first_step"]
        taken: list[tuple[dict[str, int], Sample]] = []
        while len(taken) < training.batch_size * training.bucket_batches:
            taken.append(next(self._stream))
            if taken[-1][0]["last"]:
                break
        place = taken[0][0]
        self._mark = {
            **{name: place[name] for name in ("epoch", "shard", "sample")},
            "first_step": first_step,
        }
        samples = self._embedded([sample for _, sample in taken])
        if self._config.encoder.unfrozen:
            self._pool_images = {sample.key: sample.image for sample in samples}
        views = sorted(self._views(samples, epoch=place["epoch"]), key=lambda view: view.length)
        size = training.batch_size
        self._pool = [views[start : start + size] for start in range(0, len(views), size)]
        random.Random(f"{training.seed}/{first_step}").shuffle(self._pool)

    def _samples(self, mark: dict[str, int]) -> Iterator[tuple[dict[str, int], Sample]]:
        """Endless: every epoch's shards in its own order, from the mark on, each with its place."""
        epoch, first_shard, first_sample = mark["epoch"], mark["shard"], mark["sample"]
        while True:
            order = list(range(len(self._shards)))
            random.Random(f"{self._config.training.seed}/{epoch}").shuffle(order)
            held: tuple[dict[str, int], Sample] | None = None
            for shard in range(first_shard, len(order)):
                for number, sample in enumerate(read_shard(self._shards[order[shard]])):
                    if shard == first_shard and number < first_sample:
                        continue
                    if held is not None:
                        yield held
                    held = ({"epoch": epoch, "shard": shard, "sample": number, "last": 0}, sample)
            if held is None and first_shard == first_sample == 0:
                raise NothingToDo("The shards hold no images.")
            if held is not None:
                yield ({**held[0], "last": 1}, held[1])
            epoch, first_shard, first_sample = epoch + 1, 0, 0

    def _embedded(self, samples: Sequence[Sample]) -> list[Sample]:
        """Those with a text and an image that can be read. Images that the store lacks are encoded now and kept."""
        with_text = [sample for sample in samples if sample.texts]
        self.counts.captions_missing += len(samples) - len(with_text)
        unreadable = embed_samples(
            samples=with_text, encoder=self.encoder, store=self._store, tick=self._tick
        )
        self.unreadable.update(unreadable)
        return [sample for sample in with_text if sample.key not in unreadable]

    def _pixels(self, content: bytes) -> Tensor:
        return self.encoder.pixels(read_image(io.BytesIO(content), path=Path("sample")))

    def _views(self, samples: Sequence[Sample], *, epoch: int) -> list[View]:
        text, seed = self._config.text, self._config.training.seed
        pairs = [_texts(sample, epoch=epoch, seed=seed, config=text) for sample in samples]
        self.counts.only_names += pairs.count(None)
        kept = [(sample, pair) for sample, pair in zip(samples, pairs, strict=True) if pair is not None]
        alt_ids = self.codec.encode([alt_text for _, (alt_text, _) in kept])
        caption_ids = self.codec.encode([target for _, (_, target) in kept])
        how: Any = {"codec": self.codec, "config": text, "counts": self.counts}
        return [
            View(
                row=sample_row(sample),
                alt_ids=cut_alt_text(alt, **how),
                caption_ids=cut_caption(caption, **how),
                ended=is_whole(caption, config=text),
            )
            for (sample, _), alt, caption in zip(kept, alt_ids, caption_ids, strict=True)
        ]

    def _corpus(self) -> Iterator[str]:
        count = 0
        for shard in self._shards:
            for sample in read_shard(shard):
                yield from sample.texts
                count += 1
                if count >= CORPUS:
                    return


def _texts(sample: Sample, *, epoch: int, seed: int, config: TextConfig) -> tuple[str, str] | None:
    """The alt-text that the model is given of this sample in this epoch, and its target.

    A sample that is given none is taught no names that only its texts could tell, where the settings say so. If hardly
    anything of the target is then left, it is given one of its other texts; without any it is left out: None.
    """
    target = max(sample.texts, key=len)
    given = _input(sample, target=target, draw=unit_draw(seed, epoch, sample.key))
    dropped = unit_draw("drop", seed, epoch, sample.key) < config.alt_text_dropped
    if given and not dropped:
        return given, target
    if config.unseen_names == "keep":
        return "", target
    seen = without_unseen_names(caption=target, alt_texts=sample.texts)
    if seen is not None:
        return "", seen
    return (given, target) if given else None


def _input(sample: Sample, *, target: str, draw: float) -> str:
    others = [text for text in sample.texts if text != target]
    return others[int(draw * len(others))] if others else ""
