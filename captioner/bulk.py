"""Captioning whole collections: a stream of blocks in, one file a block out, resumable by block.

A source is shards, Parquet files (an image column of bytes, paths or URLs, and texts), manifests, or a folder of images
(blocks.py); what comes out is Parquet or WebDataset (block_files.py). A block whose file is there is done. Images that
cannot be read are rows with an empty text and a reason, so that counts are exact. With Ray the same blocks are spread over
actors of a cluster (bulk_ray.py).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from captioner.block_files import OutputKind, block_file, read_counts, remove_unfinished, writing_block
from captioner.blocks import Block, plan_blocks
from captioner.checkpoint import LoadedCaptioner, find_checkpoint, load_checkpoint
from captioner.config import DecodeSettings
from captioner.data import TextCounts
from captioner.embeddings import open_store
from captioner.errors import ConfigMismatch
from captioner.generate import caption_rows
from captioner.progress import Progress, silent
from captioner.sample_embeddings import embed_samples, sample_row
from captioner.shards import Sample
from captioner.storage import published_file, refusing_full_disk


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """Exact counts over all blocks, those of earlier calls too."""

    blocks: int
    blocks_done_before: int
    rows: int
    captioned: int
    unreadable: int
    output: str


def caption_collection(
    *,
    checkpoint: Path,
    source: Sequence[str],
    output: Path,
    cache: Path,
    with_alt_text: bool,
    decode: DecodeSettings,
    progress: Progress,
    kind: OutputKind = "parquet",
    block_size: int = 512,
    ray_actors: int = 0,
    ray_address: str | None = None,
) -> BulkReport:
    """Captions what is not captioned yet; over Ray when `ray_actors` is given."""
    blocks = plan_blocks(source=source, block_size=block_size)
    with refusing_full_disk(output):
        output.mkdir(parents=True, exist_ok=True)
        _hold_to_one_job(
            output,
            checkpoint=checkpoint,
            blocks=blocks,
            kind=kind,
            with_alt_text=with_alt_text,
            decode=decode,
        )
        remove_unfinished(output)
        files = {block.number: block_file(output, number=block.number, kind=kind) for block in blocks}
        left = [block for block in blocks if not files[block.number].exists()]
        work = BlockWork(
            checkpoint=checkpoint,
            output=output,
            kind=kind,
            cache=cache,
            with_alt_text=with_alt_text,
            decode=decode,
        )
        if ray_actors:
            from captioner.bulk_ray import run_over_ray

            run_over_ray(work=work, blocks=left, actors=ray_actors, address=ray_address, progress=progress)
        elif left:
            captioner = BlockCaptioner(work)
            for number, block in enumerate(left):
                captioner.run(block, progress=_of_all(progress, number=number, blocks=len(left)))
    counts = [read_counts(file) for file in files.values()]
    rows, captioned = sum(one.rows for one in counts), sum(one.captioned for one in counts)
    return BulkReport(
        blocks=len(blocks),
        blocks_done_before=len(blocks) - len(left),
        rows=rows,
        captioned=captioned,
        unreadable=rows - captioned,
        output=str(output),
    )


def _of_all(progress: Progress, *, number: int, blocks: int) -> Progress:
    """How far all is, from how far block `number` is: as if all blocks were as large as this one."""

    def tell(*, done: int, total: int, message: str) -> None:
        progress(done=number * total + done, total=blocks * total, message=message)

    return tell


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
                "mean_logprob": made[sample.key].mean_logprob if sample.key in made else None,
                "clip_score": made[sample.key].clip_score if sample.key in made else None,
                "error": unreadable.get(sample.key),
            }
            for sample in samples
        ]


def _hold_to_one_job(
    output: Path,
    *,
    checkpoint: Path,
    blocks: Sequence[Block],
    kind: OutputKind,
    with_alt_text: bool,
    decode: DecodeSettings,
) -> None:
    """A folder holds one job's captions: of one collection, one checkpoint, one way of decoding."""
    weights = find_checkpoint(checkpoint) / "model.safetensors"
    job = {
        "checkpoint_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "blocks": [block.addresses for block in blocks],
        "kind": kind,
        "with_alt_text": with_alt_text,
        "decode": asdict(decode),
    }
    name = hashlib.sha256(json.dumps(job, sort_keys=True).encode()).hexdigest()
    file = output / "job.json"
    if file.exists() and json.loads(file.read_text(encoding="utf-8"))["sha256"] != name:
        raise ConfigMismatch(
            f"{output} holds captions of another collection, checkpoint or settings; name another."
        )
    with published_file(file) as stream:
        json.dump(
            {"sha256": name, "checkpoint": str(checkpoint), "with_alt_text": with_alt_text}, stream, indent=2
        )
