"""Pre-training examples: streamed from shards, bucketed in pools, resumable in the middle of a shard.

The target of an image is its longest text, its input one of the others (none when there is only one). Shards are read in
a new random order each epoch; a pool of samples is bucketed by length. The mark is where the current pool began. Vectors
come from the files beside the shards, by place; missing ones are made first, by all processes together.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from captioner.config import CaptionerConfig, TextConfig
from captioner.encoders.encoder import Encoder
from captioner.encoders.sample_embeddings import decoded, sample_row
from captioner.encoders.shared_work import embed_shards, shard_embeddings
from captioner.errors import NothingToDo, ShardCut, UnreadableImage
from captioner.examples.names import without_unseen_names
from captioner.examples.tokenizer import TextCodec, make_codec
from captioner.examples.views import TextCounts, View, cut_alt_text, cut_caption, is_whole, unit_draw
from captioner.samples.collection import read_samples
from captioner.samples.manifest import Row
from captioner.samples.shards import Sample

# Samples whose texts train a local tokenizer.
CORPUS = 20_000


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A sample and its place in the stream; its vector, or why its image cannot be read."""

    place: dict[str, int]
    sample: Sample
    row: Row
    embedding_E: Tensor | None = None
    reason: str = ""


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
        self._cache = cache
        self._tick = tick
        if not config.encoder.unfrozen:
            self._embed()
        self.codec = codec or make_codec(config=config.decoder, corpus=self._corpus(), cache=cache)
        self._mark = {"epoch": 0, "shard": 0, "sample": 0, "first_step": 0}
        self._stream: Iterator[Taken] | None = None
        self._pool: list[list[View]] = []
        # By row_id: images only where the encoder is trained too, else vectors; `bucket_batches` decides how many.
        self._pool_images: dict[str, Sample] = {}
        self._pool_vectors: dict[str, Tensor] = {}

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
        return torch.stack([self._pool_vectors[row.row_id] for row in rows])

    def _fill(self, *, first_step: int) -> None:
        """The next pool: bucketed and shuffled batches of what comes next in the stream."""
        training = self._config.training
        if self._stream is None:
            self._stream = self._samples(self._mark)
            first_step = self._mark["first_step"]
        taken: list[Taken] = []
        while len(taken) < training.batch_size * training.bucket_batches:
            taken.append(next(self._stream))
            if taken[-1].place["last"]:
                break
        place = taken[0].place
        self._mark = {
            **{name: place[name] for name in ("epoch", "shard", "sample")},
            "first_step": first_step,
        }
        usable = self._usable(taken)
        views = sorted(self._views(usable, epoch=place["epoch"]), key=lambda view: view.length)
        size = training.batch_size
        self._pool = [views[start : start + size] for start in range(0, len(views), size)]
        random.Random(f"{training.seed}/{first_step}").shuffle(self._pool)

    def _samples(self, mark: dict[str, int]) -> Iterator[Taken]:
        """Endless: every epoch's shards in its own order, from the mark on, each with its place."""
        epoch, first_shard, first_sample = mark["epoch"], mark["shard"], mark["sample"]
        while True:
            order = list(range(len(self._shards)))
            random.Random(f"{self._config.training.seed}/{epoch}").shuffle(order)
            held: Taken | None = None
            for shard in range(first_shard, len(order)):
                for number, one in enumerate(self._shard(order[shard])):
                    if shard == first_shard and number < first_sample:
                        continue
                    if held is not None:
                        yield held
                    held = replace(one, place={"epoch": epoch, "shard": shard, "sample": number, "last": 0})
            if held is None and first_shard == first_sample == 0:
                raise NothingToDo("The shards hold no images.")
            if held is not None:
                yield replace(held, place={**held.place, "last": 1})
            epoch, first_shard, first_sample = epoch + 1, 0, 0

    def _shard(self, shard: int) -> Iterator[Taken]:
        """The samples of a shard: the nth with the nth vector, or with images where the encoder is trained too."""
        address = self._shards[shard]
        if self._config.encoder.unfrozen:
            try:
                for number, sample in enumerate(read_samples(address)):
                    yield Taken(
                        place={},
                        sample=sample,
                        row=sample_row(sample, row_id=f"{shard}/{number}/{sample.key}"),
                    )
            except ShardCut as error:
                self.unreadable[address] = str(error)
            return
        known = shard_embeddings(address=address, encoder=self.encoder, cache=self._cache, tick=self._tick)
        for number, sample in enumerate(islice(read_samples(address, with_images=False), known.count)):
            bad = known.unreadable.get(number)
            yield Taken(
                place={},
                sample=sample,
                row=sample_row(sample, row_id=f"{shard}/{number}/{sample.key}", sha256=known.hashes[number]),
                embedding_E=None if bad else known.embedding_NE[number].float(),
                reason=bad.reason if bad else "",
            )

    def _embed(self) -> None:
        """What has no vectors yet gets them, before training starts: then all processes share the work."""

        def progress(*, done: int, total: int, message: str) -> None:
            self._tick()

        report = embed_shards(
            patterns=self._shards, encoder=self.encoder, cache=self._cache, progress=progress
        )
        self.unreadable.update(report.cut_shards)

    def _usable(self, taken: Sequence[Taken]) -> list[Taken]:
        """Those with a text and an image that can be read."""
        with_text = [one for one in taken if one.sample.texts]
        self.counts.captions_missing += len(taken) - len(with_text)
        if self._config.encoder.unfrozen:
            with_text = [replace(one, reason=self._reason(one.sample)) for one in with_text]
        self.unreadable.update((one.sample.key, one.reason) for one in with_text if one.reason)
        usable = [one for one in with_text if not one.reason]
        self._pool_images = {one.row.row_id: one.sample for one in usable if one.sample.image}
        self._pool_vectors = {
            one.row.row_id: one.embedding_E for one in usable if one.embedding_E is not None
        }
        return usable

    def _reason(self, sample: Sample) -> str:
        image = decoded(sample)
        return str(image) if isinstance(image, UnreadableImage) else ""

    def _pixels(self, sample: Sample) -> Tensor:
        image = decoded(sample)
        if isinstance(image, UnreadableImage):
            raise image
        return self.encoder.pixels(image)

    def _views(self, usable: Sequence[Taken], *, epoch: int) -> list[View]:
        text, seed = self._config.text, self._config.training.seed
        pairs = [_texts(one.sample, epoch=epoch, seed=seed, config=text) for one in usable]
        self.counts.only_names += pairs.count(None)
        kept = [(one, pair) for one, pair in zip(usable, pairs, strict=True) if pair is not None]
        alt_ids = self.codec.encode([alt_text for _, (alt_text, _) in kept])
        caption_ids = self.codec.encode([target for _, (_, target) in kept])
        how: Any = {"codec": self.codec, "config": text, "counts": self.counts}
        return [
            View(
                row=one.row,
                alt_ids=cut_alt_text(alt, **how),
                caption_ids=cut_caption(caption, **how),
                ended=is_whole(caption, config=text),
            )
            for (one, _), alt, caption in zip(kept, alt_ids, caption_ids, strict=True)
        ]

    def _corpus(self) -> Iterator[str]:
        count = 0
        for shard in self._shards:
            try:
                for sample in read_samples(shard, with_images=False):
                    yield from sample.texts
                    count += 1
                    if count >= CORPUS:
                        return
            except ShardCut:
                continue  # It is told where its vectors are made.


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
