"""Shards that a real HTTP server and a real S3 server give out; the HTTP one can be told to cut its connections."""

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from captioner.samples.shards import Sample, write_shard


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
