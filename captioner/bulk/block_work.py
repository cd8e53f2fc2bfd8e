"""Captioning one block: what a worker has to know, and the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from captioner.bulk.block_files import OutputKind, writing_block
from captioner.bulk.blocks import Block
from captioner.config import DecodeSettings
from captioner.encoders.embeddings import open_store
from captioner.encoders.sample_embeddings import embed_samples, sample_row
from captioner.examples.views import TextCounts
from captioner.generation.generate import caption_rows
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint
from captioner.progress import Progress, silent
from captioner.samples.shards import Sample


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
        self._store = open_store(cache=work.cache, encoder=self._loaded.encoder)

    def run(self, block: Block, *, progress: Progress = silent) -> int:
        """Writes the block's file; returns the number of rows."""
        samples = block.samples()
        with writing_block(output=self._work.output, number=block.number, kind=self._work.kind) as writer:
            while part := list(islice(samples, 1024)):
                writer.add(part, self._caption(part, progress=progress))
        return writer.counts.rows

    def _caption(self, samples: Sequence[Sample], *, progress: Progress) -> list[dict[str, Any]]:
        unreadable = embed_samples(
            samples=samples,
            encoder=self._loaded.encoder,
            store=self._store,
            tick=lambda: progress(done=0, total=len(samples), message="embedding images"),
        )
        captions = caption_rows(
            rows=[sample_row(sample) for sample in samples if sample.key not in unreadable],
            loaded=self._loaded,
            store=self._store,
            with_alt_text=self._work.with_alt_text,
            decode=self._work.decode,
            counts=TextCounts(),
            progress=progress,
        )
        made = {caption.row_id: caption for caption in captions}
        return [
            {
                "key": sample.key,
                "sha256": sample.sha256,
                "alt_texts": list(sample.texts),
                "text": made[sample.key].text if sample.key in made else "",
                "finished": made[sample.key].finished if sample.key in made else None,
                "looped": made[sample.key].looped if sample.key in made else None,
                "mean_logprob": made[sample.key].mean_logprob if sample.key in made else None,
                "clip_score": made[sample.key].clip_score if sample.key in made else None,
                "error": unreadable.get(sample.key),
            }
            for sample in samples
        ]
