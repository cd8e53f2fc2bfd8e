"""Captioning whole collections: a stream of blocks in, one Parquet file a block out, resumable by block.

A source is shards, Parquet files (an image column of bytes, paths or URLs, and texts), or a folder of images. A block
whose file is there is done. Images that cannot be read are rows with an empty text and a reason, so that counts are
exact. With Ray the same blocks are spread over actors of a cluster (bulk_ray.py).
"""

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import fsspec  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq

from captioner.checkpoint import LoadedCaptioner, find_checkpoint, load_checkpoint
from captioner.config import DecodeSettings
from captioner.data import TextCounts
from captioner.embeddings import open_store
from captioner.errors import BadManifest, ConfigMismatch, NothingToDo
from captioner.generate import caption_rows
from captioner.progress import Progress, silent
from captioner.sample_embeddings import embed_samples, sample_row
from captioner.shards import Sample, expand, read_shard
from captioner.storage import published_file, refusing_full_disk

FOLDER_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a collection that is captioned as a whole: `number` names its file."""

    number: int
    kind: str
    addresses: tuple[str, ...]

    def samples(self) -> Iterator[Sample]:
        if self.kind == "shards":
            return (sample for address in self.addresses for sample in read_shard(address))
        if self.kind == "parquet":
            return (sample for address in self.addresses for sample in _read_parquet(address))
        return (_read_file(address) for address in self.addresses)


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """Exact counts over all blocks, those of earlier calls too."""

    blocks: int
    blocks_done_before: int
    rows: int
    captioned: int
    unreadable: int
    output: str


def plan_blocks(*, source: Sequence[str], block_size: int) -> list[Block]:
    """A block per shard or Parquet file; of a folder, `block_size` images each, in the order of their names."""
    folders = [Path(one) for one in source if Path(one).is_dir()]
    if folders:
        files = sorted(
            str(file)
            for folder in folders
            for file in folder.rglob("*")
            if file.suffix.lower() in FOLDER_SUFFIXES
        )
        if not files:
            raise NothingToDo(f"There are no images in {', '.join(source)}.")
        chunks = [tuple(files[start : start + block_size]) for start in range(0, len(files), block_size)]
        return [Block(number=number, kind="folder", addresses=chunk) for number, chunk in enumerate(chunks)]
    addresses = expand(source)
    kinds = {"parquet" if address.endswith(".parquet") else "shards" for address in addresses}
    if len(kinds) > 1:
        raise BadManifest("Shards and Parquet files cannot be mixed in one collection.")
    return [
        Block(number=number, kind=kinds.copy().pop(), addresses=(one,))
        for number, one in enumerate(addresses)
    ]


def caption_collection(
    *,
    checkpoint: Path,
    source: Sequence[str],
    output: Path,
    cache: Path,
    with_alt_text: bool,
    decode: DecodeSettings,
    progress: Progress,
    block_size: int = 512,
    ray_actors: int = 0,
    ray_address: str | None = None,
) -> BulkReport:
    """Captions what is not captioned yet; over Ray when `ray_actors` is given."""
    blocks = plan_blocks(source=source, block_size=block_size)
    with refusing_full_disk(output):
        output.mkdir(parents=True, exist_ok=True)
        _hold_to_one_job(
            output, checkpoint=checkpoint, blocks=blocks, with_alt_text=with_alt_text, decode=decode
        )
        left = [block for block in blocks if not block_file(output, block).exists()]
        work = BlockWork(
            checkpoint=checkpoint, output=output, cache=cache, with_alt_text=with_alt_text, decode=decode
        )
        if ray_actors:
            from captioner.bulk_ray import run_over_ray

            run_over_ray(work=work, blocks=left, actors=ray_actors, address=ray_address, progress=progress)
        elif left:
            captioner = BlockCaptioner(work)
            for done, block in enumerate(left):
                captioner.run(block, progress=progress)
                progress(done=done + 1, total=len(left), message="blocks")
    rows = captioned = 0
    for block in blocks:
        counts = json.loads(pq.read_schema(block_file(output, block)).metadata[b"counts"])
        rows, captioned = rows + counts["rows"], captioned + counts["captioned"]
    return BulkReport(
        blocks=len(blocks),
        blocks_done_before=len(blocks) - len(left),
        rows=rows,
        captioned=captioned,
        unreadable=rows - captioned,
        output=str(output),
    )


@dataclass(frozen=True, kw_only=True)
class BlockWork:
    """What a worker needs to know; travels to other machines."""

    checkpoint: Path
    output: Path
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
        rows: list[dict[str, Any]] = []
        samples = block.samples()
        while part := list(islice(samples, 1024)):
            rows += self._caption(part, progress=progress)
        counts = {"rows": len(rows), "captioned": sum(row["error"] is None for row in rows)}
        schema = SCHEMA.with_metadata({"counts": json.dumps(counts)})
        unfinished = block_file(self._work.output, block).with_suffix(".unfinished")
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), unfinished)
        unfinished.replace(block_file(self._work.output, block))
        return len(rows)

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


SCHEMA: Final = pa.schema(
    [
        ("key", pa.string()),
        ("sha256", pa.string()),
        ("alt_texts", pa.list_(pa.string())),
        ("text", pa.string()),
        ("mean_logprob", pa.float64()),
        ("clip_score", pa.float64()),
        ("error", pa.string()),
    ]
)


def block_file(output: Path, block: Block) -> Path:
    return output / f"captions-{block.number:06d}.parquet"


def _hold_to_one_job(
    output: Path, *, checkpoint: Path, blocks: Sequence[Block], with_alt_text: bool, decode: DecodeSettings
) -> None:
    """A folder holds one job's captions: of one collection, one checkpoint, one way of decoding."""
    weights = find_checkpoint(checkpoint) / "model.safetensors"
    job = {
        "checkpoint_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "blocks": [block.addresses for block in blocks],
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


def _read_file(address: str) -> Sample:
    """An image file, with the text beside it (same name, .txt) if there is one."""
    file = Path(address)
    text = file.with_suffix(".txt")
    texts = (text.read_text(encoding="utf-8").strip(),) if text.exists() else ()
    return Sample(key=address, image=file.read_bytes(), texts=tuple(one for one in texts if one))


def _read_parquet(address: str) -> Iterator[Sample]:
    """Rows of `image` (bytes) or `url` (a path or URL), `key` or the row's number, and `alt_texts`, `text` or `alt`."""
    with fsspec.open(address, "rb") as stream:
        table = pq.ParquetFile(io.BytesIO(stream.read()))
        number = 0
        for batch in table.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                texts = row.get("alt_texts") or [
                    row.get("text") or row.get("alt") or row.get("caption") or ""
                ]
                image = row.get("image")
                yield Sample(
                    key=str(row.get("key") or f"{Path(address).stem}-{number:08d}"),
                    image=image if isinstance(image, bytes) else _fetch(str(row.get("url") or image)),
                    texts=tuple(text for text in texts if text),
                )
                number += 1


def _fetch(address: str) -> bytes:
    """The bytes at a path or URL; nothing when it cannot be had, which is then told as an unreadable image."""
    try:
        with fsspec.open(address, "rb") as stream:
            content: bytes = stream.read()
            return content
    except (OSError, ValueError):
        return b""
