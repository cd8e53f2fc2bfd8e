"""Parts of a collection that hold many samples: tar shards and Parquet files, read alike."""

from collections.abc import Iterator
from pathlib import Path

from captioner.samples.parquet import read_parquet
from captioner.samples.shards import Sample, read_shard


def read_samples(address: str, *, with_images: bool = True) -> Iterator[Sample]:
    """The samples at `address` in order. Raises ShardCut after the last one before a cut."""
    if Path(address).suffix == ".parquet":
        return read_parquet(address, with_images=with_images)
    return read_shard(address, with_images=with_images)
