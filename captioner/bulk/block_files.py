"""What a captioned block is written to: a Parquet file of texts, or a WebDataset shard of images with their captions.

The file appears when it is whole; that it is there means that the block is done.
"""

import io
import json
import shutil
import tarfile
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from captioner.errors import NotACheckpoint
from captioner.samples.shards import Sample, image_suffix

OutputKind = Literal["parquet", "webdataset"]
SUFFIXES: Final[dict[OutputKind, str]] = {"parquet": "parquet", "webdataset": "tar"}
UNFINISHED: Final = ".unfinished"
# The last member of a shard; it has no image, so readers of shards pass over it.
COUNTS: Final = "counts.json"
SCHEMA: Final = pa.schema(
    [
        ("key", pa.string()),
        ("sha256", pa.string()),
        ("alt_texts", pa.list_(pa.string())),
        ("text", pa.string()),
        ("finished", pa.bool_()),
        ("looped", pa.bool_()),
        ("mean_logprob", pa.float64()),
        ("clip_score", pa.float64()),
        ("error", pa.string()),
    ]
)


@dataclass(kw_only=True)
class BlockCounts:
    """Rows of a block, those among them that have a caption, and captions that were cut off or go round in circles. `cut` says
    where its source ends too early, if it does."""

    rows: int = 0
    captioned: int = 0
    unfinished: int = 0
    looped: int = 0
    cut: str = ""


class ParquetBlock:
    """One row an image, without the image."""

    def __init__(self, path: Path) -> None:
        self.counts = BlockCounts()
        self._writer = pq.ParquetWriter(path, SCHEMA)

    def add(self, samples: Sequence[Sample], rows: Sequence[dict[str, Any]]) -> None:
        self._writer.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA))
        _count(self.counts, rows)

    def close(self) -> None:
        self._writer.add_key_value_metadata({"counts": json.dumps(asdict(self.counts))})
        self._writer.close()


class ShardBlock:
    """Per image the image itself, its caption as `txt`, and all that is known as `json`, under the key of the source."""

    def __init__(self, path: Path) -> None:
        self.counts = BlockCounts()
        self._names = {Path(COUNTS).stem}
        self._archive = tarfile.open(path, "w")  # noqa: SIM115 — closed by close()

    def add(self, samples: Sequence[Sample], rows: Sequence[dict[str, Any]]) -> None:
        for sample, row in zip(samples, rows, strict=True):
            key = self._name(sample.key)
            if row["error"] is None:
                self._member(f"{key}.{image_suffix(sample.image)}", sample.image)
                self._member(f"{key}.txt", row["text"].encode())
            self._member(f"{key}.json", json.dumps(row, ensure_ascii=False).encode())
        _count(self.counts, rows)

    def _name(self, key: str) -> str:
        """The key as members are called: a dot, which would end the key, is spelt as in URLs; a repeated key is numbered."""
        parts = [part for part in PurePosixPath(key).parts if part not in ("/", "..")] or ["_"]
        last = parts[-1].replace(".", "%2E").replace("\0", "%00")
        wanted = "/".join([*parts[:-1], last])
        name, number = wanted, 1
        while name in self._names:
            number += 1
            name = f"{wanted}~{number}"
        self._names.add(name)
        return name

    def close(self) -> None:
        self._member(COUNTS, json.dumps(asdict(self.counts)).encode())
        self._archive.close()

    def _member(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        self._archive.addfile(member, io.BytesIO(content))


def block_file(output: Path, *, number: int, kind: OutputKind) -> Path:
    return output / f"captions-{number:06d}.{SUFFIXES[kind]}"


def remove_unfinished(output: Path) -> None:
    """Removes what a killed process left; a process that still writes such a file cannot finish it."""
    for file in output.glob(f"*{UNFINISHED}"):
        file.unlink(missing_ok=True)


@contextmanager
def writing_block(*, output: Path, number: int, kind: OutputKind) -> Iterator[ParquetBlock | ShardBlock]:
    """A writer whose file appears when the block ends well. Somebody who is thought dead may be writing the same one."""
    file = block_file(output, number=number, kind=kind)
    unfinished = file.with_suffix(f".{uuid.uuid4().hex}{UNFINISHED}")
    writer = ParquetBlock(unfinished) if kind == "parquet" else ShardBlock(unfinished)
    try:
        yield writer
        writer.close()
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def read_counts(file: Path) -> BlockCounts:
    """The counts that were written into the block's file."""
    if file.suffix == ".parquet":
        return BlockCounts(**json.loads(pq.read_metadata(file).metadata[b"counts"]))
    with tarfile.open(file) as archive:
        member = archive.extractfile(COUNTS)
        if member is None:
            raise NotACheckpoint(f"{file} is no shard of captions.")
        return BlockCounts(**json.load(member))


def copy_block(file: Path, target: Path, *, without: Collection[str]) -> BlockCounts:
    """Copies a Parquet block, leaving out the rows of these keys; returns the copy's counts."""
    table = pq.read_table(file)
    kept = [row for row in table.to_pylist() if row["key"] not in without]
    if len(kept) == table.num_rows:
        shutil.copyfile(file, target)
        return read_counts(file)
    writer = ParquetBlock(target)
    writer.add([], kept)
    writer.close()
    return writer.counts


def _count(counts: BlockCounts, rows: Sequence[dict[str, Any]]) -> None:
    counts.rows += len(rows)
    counts.captioned += sum(row["error"] is None for row in rows)
    counts.unfinished += sum(row["finished"] is False for row in rows)
    counts.looped += sum(row["looped"] is True for row in rows)
