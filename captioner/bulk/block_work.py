"""Captioning one block: what a worker has to know, and the worker."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import torch

from captioner.bulk.block_files import OutputKind, writing_block
from captioner.bulk.blocks import Block
from captioner.config import DecodeSettings
from captioner.encoders.embeddings import EmbeddingStore, open_store
from captioner.encoders.sample_embeddings import Embedded, embed_samples, encode_samples, sample_row
from captioner.encoders.shard_embeddings import ShardEmbeddings, load_embeddings
from captioner.errors import ShardCut
from captioner.examples.views import TextCounts
from captioner.generation.generate import Caption, caption_embedded
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint
from captioner.progress import Progress, silent

# Rows that are decoded together.
PART: Final = 1024


@dataclass(frozen=True, kw_only=True)
class BlockWork:
    """What a worker needs to know; travels to other machines."""

    checkpoint: Path
    output: Path
    kind: OutputKind
    cache: Path
    with_alt_text: bool
    decode: DecodeSettings


class BlockCaptioner:
    """Holds the model and captions blocks."""

    def __init__(self, work: BlockWork) -> None:
        self._work = work
        self._loaded: LoadedCaptioner = load_checkpoint(folder=work.checkpoint, cache=work.cache)
        self._store: EmbeddingStore | None = None
        self._cut = ""

    def run(self, block: Block, *, progress: Progress = silent) -> int:
        """Writes the block's file; returns the number of rows."""
        embedded = self._embedded(block, progress=progress)
        with writing_block(output=self._work.output, number=block.number, kind=self._work.kind) as writer:
            while part := self._part(embedded):
                writer.add([one.sample for one in part], self._caption(part, progress=progress))
            writer.counts.cut = self._cut
        return writer.counts.rows

    def _part(self, embedded: Iterator[Embedded]) -> list[Embedded]:
        """The next samples; what came before a cut is a part like others."""
        part: list[Embedded] = []
        try:
            for one in islice(embedded, PART):
                part.append(one)  # noqa: PERF402 — those before the cut count
        except ShardCut as error:
            self._cut = str(error)
        return part

    def _embedded(self, block: Block, *, progress: Progress) -> Iterator[Embedded]:
        """The block's samples with their vectors: from the file beside a shard, else from the store, else made now."""
        self._cut = ""
        if block.holds_samples:
            known = load_embeddings(
                address=block.addresses[0], encoder=self._loaded.encoder, cache=self._work.cache
            )
            if known is not None:
                self._cut = known.cut
                return self._beside(block, known)

        def tick() -> None:
            progress(done=0, total=PART, message="embedding images")

        if block.holds_samples:
            return encode_samples(samples=block.samples(), encoder=self._loaded.encoder, tick=tick)
        if self._store is None:
            self._store = open_store(cache=self._work.cache, encoder=self._loaded.encoder)
        return self._stored(block, self._store, tick=tick)

    def _beside(self, block: Block, known: ShardEmbeddings) -> Iterator[Embedded]:
        """The nth sample has the nth vector; pictures are read only where they are written out again."""
        samples = block.samples(with_images=self._work.kind == "webdataset")
        for place, sample in enumerate(islice(samples, known.count)):
            named = replace(sample, row=sample_row(sample, sha256=known.hashes[place]))
            bad = known.unreadable.get(place)
            yield Embedded(
                sample=named,
                embedding_E=None if bad else known.embedding_NE[place].float(),
                reason=bad.reason if bad else "",
            )

    def _stored(self, block: Block, store: EmbeddingStore, *, tick: Callable[[], None]) -> Iterator[Embedded]:
        samples = block.samples()
        while part := list(islice(samples, PART)):
            yield from embed_samples(samples=part, encoder=self._loaded.encoder, store=store, tick=tick)

    def _caption(self, part: Sequence[Embedded], *, progress: Progress) -> list[dict[str, Any]]:
        """A row a sample, in their order: two samples of one key have each their own."""
        good = [one for one in part if one.embedding_E is not None]
        captions = iter(
            caption_embedded(
                rows=[sample_row(one.sample) for one in good],
                embedding_NE=torch.stack([one.embedding_E for one in good if one.embedding_E is not None])
                if good
                else torch.zeros(0, self._loaded.encoder.width),
                loaded=self._loaded,
                with_alt_text=self._work.with_alt_text,
                decode=self._work.decode,
                counts=TextCounts(),
                progress=progress,
            )
        )
        return [_row(one, next(captions) if one.embedding_E is not None else None) for one in part]


def _row(one: Embedded, caption: Caption | None) -> dict[str, Any]:
    return {
        "key": one.sample.key,
        "sha256": one.sample.sha256,
        "alt_texts": list(one.sample.texts),
        "text": caption.text if caption else "",
        "finished": caption.finished if caption else None,
        "looped": caption.looped if caption else None,
        "mean_logprob": caption.mean_logprob if caption else None,
        "clip_score": caption.clip_score if caption else None,
        "error": None if caption else one.reason,
    }
