"""Captioning whole collections: a stream of blocks in, one file a block out, resumable by block.

A source is shards, Parquet files (an image column of bytes, paths or URLs, and texts), manifests, or a folder of images
(blocks.py); what comes out is Parquet or WebDataset (block_files.py). A block whose file is there is done. Images that
cannot be read are rows with an empty text and a reason, so that counts are exact; a shard that is cut is captioned up to the
cut and named. Vectors come from the files beside shards (`embed --shards`), else pictures are encoded on the way. With Ray the
same blocks are spread over actors of a cluster (bulk_ray.py).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from captioner.bulk.block_files import OutputKind, block_file, read_counts, remove_unfinished
from captioner.bulk.block_work import BlockCaptioner, BlockWork
from captioner.bulk.blocks import Block, plan_blocks
from captioner.bulk.bulk_ray import run_over_ray
from captioner.config import DecodeSettings
from captioner.errors import ConfigMismatch
from captioner.model.checkpoint import require_checkpoint
from captioner.progress import Progress
from captioner.storage import published_file, refusing_full_disk


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """Exact counts over all blocks, those of earlier calls too."""

    blocks: int
    blocks_done_before: int
    rows: int
    captioned: int
    unreadable: int
    unfinished: int
    looped: int
    output: str
    # Of sources that end too early, by block file: what was used. Once they are whole, remove the file and run again.
    cut: dict[str, str]


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
    identity = require_checkpoint(checkpoint=checkpoint, cache=cache)
    blocks = plan_blocks(source=source, block_size=block_size)
    with refusing_full_disk(output):
        output.mkdir(parents=True, exist_ok=True)
        _hold_to_one_job(
            output,
            checkpoint=checkpoint,
            identity=identity,
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
            run_over_ray(work=work, blocks=left, actors=ray_actors, address=ray_address, progress=progress)
        elif left:
            captioner = BlockCaptioner(work)
            for number, block in enumerate(left):
                captioner.run(block, progress=_of_all(progress, number=number, blocks=len(left)))
    counts = {file.name: read_counts(file) for file in files.values()}
    rows = sum(one.rows for one in counts.values())
    captioned = sum(one.captioned for one in counts.values())
    return BulkReport(
        blocks=len(blocks),
        blocks_done_before=len(blocks) - len(left),
        rows=rows,
        captioned=captioned,
        unreadable=rows - captioned,
        unfinished=sum(one.unfinished for one in counts.values()),
        looped=sum(one.looped for one in counts.values()),
        output=str(output),
        cut={name: one.cut for name, one in counts.items() if one.cut},
    )


def _of_all(progress: Progress, *, number: int, blocks: int) -> Progress:
    """How far all is, from how far block `number` is: as if all blocks were as large as this one."""

    def of_all(*, done: int, total: int, message: str) -> None:
        progress(done=number * total + done, total=blocks * total, message=message)

    return of_all


def _hold_to_one_job(
    output: Path,
    *,
    checkpoint: Path,
    identity: str,
    blocks: Sequence[Block],
    kind: OutputKind,
    with_alt_text: bool,
    decode: DecodeSettings,
) -> None:
    """A folder holds one job's captions: of one collection, one checkpoint, one way of decoding."""
    job = {
        "checkpoint_sha256": identity,
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
