"""The blocks of a collection: shards, Parquet files, manifests or parts of folders that are captioned as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from captioner.errors import BadManifest, NothingToDo
from captioner.samples.collection import read_samples
from captioner.samples.manifest import read_manifest
from captioner.samples.parquet import fetch
from captioner.samples.shards import Sample, expand

KINDS: Final = {".parquet": "parquet", ".jsonl": "manifests"}
FOLDER_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a collection that is captioned as a whole: `number` names its file."""

    number: int
    kind: str
    addresses: tuple[str, ...]

    @property
    def holds_samples(self) -> bool:
        """Whether it is one file of many images, which may have a file of embeddings beside it."""
        return self.kind in ("shards", "parquet")

    def samples(self, *, with_images: bool = True) -> Iterator[Sample]:
        """Raises ShardCut after the last sample before a cut."""
        if self.holds_samples:
            return read_samples(self.addresses[0], with_images=with_images)
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
    return Sample(key=address, image=fetch(address), texts=tuple(one for one in texts if one))


def _read_manifest(address: str) -> Iterator[Sample]:
    """Its rows, known by their row_id and the hash that the manifest gives, so that embeddings are shared with training."""
    for row in read_manifest(Path(address)):
        yield Sample(key=row.row_id, image=fetch(str(row.image)), texts=row.alt_texts, row=row)
