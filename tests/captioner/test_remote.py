"""Shards behind HTTP and in S3, from real servers: read whole, gone on with where a connection was cut, listed."""

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from moto.server import ThreadedMotoServer

from captioner.blocks import plan_blocks
from captioner.bulk import caption_collection
from captioner.config import CaptionerConfig
from captioner.embeddings import open_store
from captioner.errors import BadManifest
from captioner.progress import silent
from captioner.remote import open_stream
from captioner.sample_embeddings import embed_shards
from captioner.shards import Sample, expand, read_shard, write_shard
from captioner.sources import make_encoder


@pytest.fixture
def samples(scenes: Path) -> list[Sample]:
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()][:6]
    return [
        Sample(key=f"s{number}", image=(scenes / row["image"]).read_bytes(), texts=(row["alt_text"],))
        for number, row in enumerate(rows)
    ]


@pytest.fixture
def shards(samples: list[Sample], tmp_path: Path) -> Path:
    folder = tmp_path / "served"
    folder.mkdir()
    for number in range(2):
        write_shard(folder / f"part-{number:03d}.tar", samples[number * 3 : number * 3 + 3])
    return folder


class CuttingHandler(SimpleHTTPRequestHandler):
    """Serves a folder; closes every connection after so many bytes of a body, and knows ranges when told so."""

    cut_after = 0
    ranges = True

    def do_GET(self) -> None:
        content = (Path(self.directory) / self.path.lstrip("/")).read_bytes()
        wanted = self.headers.get("Range")
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(len(content) - first))
        self.end_headers()
        end = first + self.cut_after if self.cut_after else len(content)
        self.wfile.write(content[first:end])

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def http(shards: Path) -> Iterator[str]:
    CuttingHandler.cut_after, CuttingHandler.ranges = 0, True
    handler = functools.partial(CuttingHandler, directory=str(shards))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def s3(shards: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
    ):
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3").create_bucket(Bucket="shards")
    for file in shards.iterdir():
        bucket.upload_file(str(file), f"set/{file.name}")
    yield "s3://shards/set"
    bucket.objects.all().delete()
    server.stop()


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
    store = open_store(cache=tmp_path, encoder=encoder)
    assert embed_shards(patterns=[f"{s3}/*.tar"], encoder=encoder, store=store, progress=silent) == {}
    assert len(store) == 6


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
