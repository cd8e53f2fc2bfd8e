"""Shards behind HTTP and in S3, from real servers: read whole, gone on with where a connection was cut, listed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch

from captioner.bulk.blocks import plan_blocks
from captioner.bulk.bulk import caption_collection
from captioner.config import CaptionerConfig
from captioner.encoders.shared_work import embed_shards
from captioner.errors import BadManifest
from captioner.progress import silent
from captioner.samples.remote import open_stream
from captioner.samples.shards import Sample, expand, read_shard
from captioner.training.sources import make_encoder
from tests.captioner.served import CuttingHandler, http, s3, samples, shards

__all__ = ["http", "s3", "samples", "shards"]


def _read(patterns: list[str]) -> list[Sample]:
    return [sample for address in expand(patterns) for sample in read_shard(address)]


def test_shards_behind_http_are_read_like_those_on_a_disk(http: str, samples: list[Sample]) -> None:
    assert _read([f"{http}/part-{{000..001}}.tar"]) == samples


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_connection_is_gone_on_with(http: str, shards: Path, ranges: bool) -> None:
    whole = (shards / "part-000.tar").read_bytes()
    CuttingHandler.cut_after, CuttingHandler.ranges = (len(whole) // 3, True) if ranges else (0, False)
    with open_stream(f"{http}/part-000.tar") as stream:
        assert stream.read() == whole


def test_a_server_that_never_gives_the_rest_is_given_up_on(http: str, shards: Path) -> None:
    """Without ranges a server that cuts at the same place each time makes no headway."""
    CuttingHandler.cut_after, CuttingHandler.ranges = 1_000, False
    with pytest.raises(BadManifest, match="reading stopped after 1,000 bytes"):
        list(read_shard(f"{http}/part-000.tar"))


def test_what_is_not_there_says_so(http: str, s3: str) -> None:
    with pytest.raises(BadManifest, match="cannot be read"):
        list(read_shard(f"{s3}/nothing.tar"))
    with pytest.raises(BadManifest, match="HTTP lists no folders"):
        expand([f"{http}/*.tar"])


def test_shards_in_s3_are_listed_and_embedded(
    s3: str, samples: list[Sample], quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    assert expand([f"{s3}/*.tar"]) == [f"{s3}/part-000.tar", f"{s3}/part-001.tar"]
    assert _read([f"{s3}/*.tar"]) == samples
    encoder = make_encoder(config=quick, cache=cache, progress=silent, device=torch.device("cpu"))
    for encoded in (6, 0):
        report = embed_shards(patterns=[f"{s3}/*.tar"], encoder=encoder, cache=tmp_path, progress=silent)
        assert (report.images, report.images_encoded, report.unreadable_images) == (6, encoded, {})


def test_a_table_of_addresses_is_captioned_and_a_missing_one_is_a_row(
    trained: Path, http: str, scenes: Path, shards: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    (shards / "a.png").write_bytes(next((scenes / "images").iterdir()).read_bytes())
    table = pa.table({"url": [f"{http}/a.png", "http://127.0.0.1:9/none.png"], "alt": ["one", "two"]})
    pq.write_table(table, tmp_path / "set.parquet")
    report = caption_collection(
        checkpoint=trained,
        source=[str(tmp_path / "set.parquet")],
        output=tmp_path / "out",
        cache=cache,
        with_alt_text=True,
        decode=quick.decode,
        progress=silent,
    )
    assert (report.rows, report.captioned, report.unreadable) == (2, 1, 1)
    assert len(plan_blocks(source=[str(tmp_path / "set.parquet")], block_size=4)) == 1
