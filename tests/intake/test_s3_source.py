"""Sources in S3 come within the limits: a listing is counted first, bytes as they come, and cancelling ends it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from annotation_server.errors import InvalidSettings, JobCancelled, ServiceUnavailable, UnreadableSource
from annotation_server.files import allowance as counting
from annotation_server.files.allowance import Allowance
from annotation_server.intake.s3_source import download_source
from annotation_server.reach.s3 import bucket_and_prefix

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Ten files of 1,000 bytes below s3://sources/in."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "us-east-1"}
    bucket = boto3.resource("s3", endpoint_url=address, **keys).create_bucket(Bucket="sources")
    for number in range(10):
        bucket.put_object(Key=f"in/{number}.txt", Body=b"x" * 1_000)
    yield address
    server.stop()


@pytest.fixture
def into(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


def fetched(into: Path, **limits: Any) -> set[str]:
    allowed = Allowance(**{"folder": into, "byte_limit": 10_000, "file_limit": 10, **limits})
    download_source("s3://sources/in", into=into, allowance=allowed)
    assert allowed.byte_count == 10_000
    return {path.name for path in into.iterdir()}


def test_all_that_is_allowed_comes(into: Path) -> None:
    assert fetched(into) == {f"{number}.txt" for number in range(10)}


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({"byte_limit": 9_999}, "more than 9,999 bytes"), ({"file_limit": 9}, "more than 9 files")],
)
def test_a_listing_beyond_the_limit_is_refused_before_the_first_byte(
    into: Path, limits: dict[str, int], reason: str
) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        fetched(into, **limits)
    assert list(into.iterdir()) == []


def test_bytes_are_counted_as_they_come(into: Path) -> None:
    with pytest.raises(UnreadableSource, match="more than 10,000 bytes"):
        fetched(into, byte_count=5_000)


def test_a_full_disk_is_refused(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SPARE_BYTES", 1 << 60)
    with pytest.raises(ServiceUnavailable, match="too few for 10,000 more"):
        fetched(into)
    assert list(into.iterdir()) == []


def test_cancelling_ends_it(into: Path) -> None:
    def progress(*, done: int, total: int, message: str) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        fetched(into, progress=progress)


@pytest.mark.parametrize(
    "address", ["s3://", "s3:///x", "s3://[::1", "s3://[::1]/x", "s3://../x", "s3://a b/x", "s3://a\\b/x"]
)
def test_what_names_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(InvalidSettings, match="names no bucket"):
        bucket_and_prefix(address)


def test_a_prefix_may_hold_any_sign() -> None:
    assert bucket_and_prefix("s3://sources/a#b?c=d/") == ("sources", "a#b?c=d")
    assert bucket_and_prefix("s3://sources") == ("sources", "")
