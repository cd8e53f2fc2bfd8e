"""The blocks of a collection: shards, Parquet files, manifests or parts of folders that are captioned as a whole."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from captioner.errors import BadManifest, NothingToDo
from captioner.samples.manifest import read_manifest
from captioner.samples.remote import open_stream
from captioner.samples.shards import LARGEST_IMAGE, Sample, expand, read_shard

KINDS: Final = {".parquet": "parquet", ".jsonl": "manifests"}
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
        if self.kind == "manifests":
            return (sample for address in self.addresses for sample in _read_manifest(address))
        return (_read_file(address) for address in self.addresses)


def plan_blocks(*, source: Sequence[str], block_size: int) -> list[Block]:
    """A block per shard, Parquet file or manifest; of a folder, `block_size` images each, in the order of their names."""
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
    kinds = {KINDS.get(Path(address).suffix, "shards") for address in addresses}
    if len(kinds) > 1:
        raise BadManifest("Shards, Parquet files and manifests cannot be mixed in one collection.")
    (kind,) = kinds
    return [Block(number=number, kind=kind, addresses=(one,)) for number, one in enumerate(addresses)]


def _read_file(address: str) -> Sample:
    """An image file, with the text beside it (same name, .txt) if there is one."""
    file = Path(address)
    text = file.with_suffix(".txt")
    texts = (text.read_text(encoding="utf-8", errors="replace").strip(),) if text.exists() else ()
    return Sample(key=address, image=_fetch(address), texts=tuple(one for one in texts if one))


def _read_manifest(address: str) -> Iterator[Sample]:
    """Its rows, known by their row_id and the hash that the manifest gives, so that embeddings are shared with training."""
    for row in read_manifest(Path(address)):
        yield Sample(key=row.row_id, image=_fetch(str(row.image)), texts=row.alt_texts, row=row)


def _read_parquet(address: str) -> Iterator[Sample]:
    """Rows of `image` (bytes) or `url` (a path or URL), `key` or the row's number, and `alt_texts`, `text` or `alt`."""
    with open_stream(address) as stream:
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
        with open_stream(address) as stream:
            return stream.read(LARGEST_IMAGE)
    except (OSError, ValueError):
        return b""
