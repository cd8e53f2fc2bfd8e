"""Parquet files of images with texts, as samples in the order of their rows."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from captioner.errors import BadManifest, ShardCut
from captioner.samples.remote import open_stream
from captioner.samples.shards import LARGEST_IMAGE, Sample


def read_parquet(address: str, *, with_images: bool = True) -> Iterator[Sample]:
    """Rows of `image` (bytes) or `url` (a path or URL), `key` or the row's number, and `alt_texts`, `text` or `alt`.

    Without images neither their column nor what addresses lead to is read. Raises ShardCut after the last row before damage.
    """
    try:
        stream = open_stream(address)
    except OSError as error:
        raise BadManifest(f"The Parquet file {address} cannot be read: {error}.") from error
    number = 0
    with stream:
        file = stream if stream.seekable() else _in_memory(stream, address=address)
        try:
            table = pq.ParquetFile(file)
            names = [name for name in table.schema_arrow.names if with_images or name != "image"]
            for batch in table.iter_batches(batch_size=256, columns=names):
                for row in batch.to_pylist():
                    yield _sample(row, number=number, address=address, with_images=with_images)
                    number += 1
        except (pa.ArrowException, OSError) as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise ShardCut(address=address, used=number, reason=reason) from error


def fetch(address: str) -> bytes:
    """The bytes at a path or URL; nothing when it cannot be had, which is then told as an unreadable image."""
    try:
        with open_stream(address) as stream:
            return stream.read(LARGEST_IMAGE)
    except (OSError, ValueError):
        return b""


def _sample(row: dict[str, Any], *, number: int, address: str, with_images: bool) -> Sample:
    texts = row.get("alt_texts") or [row.get("text") or row.get("alt") or row.get("caption") or ""]
    image = row.get("image")
    content = b""
    if with_images:
        content = image if isinstance(image, bytes) else fetch(str(row.get("url") or image))
    return Sample(
        key=str(row.get("key") or f"{Path(address).stem}-{number:08d}"),
        image=content,
        texts=tuple(text for text in texts if text),
    )


def _in_memory(stream: BinaryIO, *, address: str) -> BinaryIO:
    """A Parquet file is read from its end."""
    try:
        return io.BytesIO(stream.read())
    except OSError as error:
        raise BadManifest(f"The Parquet file {address} cannot be read: {error}.") from error
