"""Opening what lies on a disk, behind HTTP or in S3: as a stream, which goes on where it was cut.

A shard is read for minutes; connections do not always last that long. S3 is asked through boto3, which takes keys, region and
endpoint from the environment (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, ...).
"""

import fnmatch
import glob
import io
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import SplitResult, urlsplit

from captioner.errors import BadManifest, MissingExtra

ATTEMPTS: Final = 5
TIMEOUT_SECONDS: Final = 60
# A part of what is asked for: opened at an offset, it gives the rest, or nothing past the end.
OpenAt = Callable[[int], Any]


def open_stream(address: str) -> BinaryIO:
    """Reading from the start; raises OSError when it cannot be had."""
    if address.startswith(("http://", "https://")):
        return _resuming(lambda offset: _open_http(address, offset=offset))
    if address.startswith("s3://"):
        return _resuming(lambda offset: _open_s3(address, offset=offset))
    return open(address, "rb")


def source_state(address: str) -> str:
    """What changes when the file at `address` does: its size and its time or tag. Raises OSError when it is not there."""
    if address.startswith(("http://", "https://")):
        return _http_state(address)
    if address.startswith("s3://"):
        place = _place(address)
        try:
            head = _s3().head_object(Bucket=place.netloc, Key=place.path.lstrip("/"))
        except _s3_errors() as error:
            raise OSError(str(error)) from error
        return f"{head['ContentLength']} {head['ETag']}"
    state = Path(address).stat()
    return f"{state.st_size} {state.st_mtime_ns}"


def expand_star(pattern: str) -> list[str]:
    """The addresses that match a pattern with `*`, in order."""
    if pattern.startswith(("http://", "https://")):
        raise BadManifest(
            f"HTTP lists no folders, so {pattern} cannot be expanded; write name-{{000..127}}.tar."
        )
    if pattern.startswith("s3://"):
        return _list_s3(pattern)
    return sorted(glob.glob(pattern))  # noqa: PTH207 — the pattern may be absolute


class ResumingStream(io.RawIOBase):
    """When reading fails, it is opened again where it had stopped, a few times."""

    def __init__(self, open_at: OpenAt) -> None:
        self._open_at = open_at
        self._place = 0
        self._part: Any = open_at(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        for attempt in range(ATTEMPTS):
            try:
                if self._part is None:
                    self._part = self._open_at(self._place)
                content = self._part.read(len(buffer))
            except _cut() as error:
                self._part = None
                if attempt == ATTEMPTS - 1:
                    raise OSError(f"reading stopped after {self._place:,} bytes ({error})") from error
            else:
                buffer[: len(content)] = content
                self._place += len(content)
                return len(content)
        return 0

    def close(self) -> None:
        if not self.closed and self._part is not None:
            self._part.close()
        super().close()


def _resuming(open_at: OpenAt) -> BinaryIO:
    return io.BufferedReader(ResumingStream(open_at), buffer_size=2**20)


def _open_http(address: str, *, offset: int) -> Any:
    request = urllib.request.Request(address, headers={"Range": f"bytes={offset}-"} if offset else {})  # noqa: S310 — http(s) only
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == 416:
            return io.BytesIO()
        raise OSError(f"the server answers {error.code} {error.reason}") from error
    if offset and answer.status != 206:
        # This server knows no ranges: what was read already is read again.
        _skip(answer, offset)
    return _Complete(answer, expected=answer.length)


def _http_state(address: str) -> str:
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 — http(s) only
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            told = [answer.headers.get(name, "") for name in ("Content-Length", "ETag", "Last-Modified")]
            return " ".join(told)
    except urllib.error.HTTPError as error:
        if error.code in (405, 501):
            return ""  # A server that tells nothing but the content.
        raise OSError(f"the server answers {error.code} {error.reason}") from error


class _Complete:
    """A body of a length that was told: ending before it is an error, not the end."""

    def __init__(self, body: Any, *, expected: int | None) -> None:
        self._body = body
        self._left = expected

    def read(self, size: int) -> bytes:
        content: bytes = self._body.read(size)
        if self._left is not None:
            self._left -= len(content)
            if not content and size and self._left > 0:
                raise HTTPException(f"{self._left:,} bytes are missing")
        return content

    def close(self) -> None:
        self._body.close()


def _skip(body: Any, count: int) -> None:
    while count and (content := body.read(min(count, 2**20))):
        count -= len(content)


def _open_s3(address: str, *, offset: int) -> Any:
    place = _place(address)
    wanted = {"Bucket": place.netloc, "Key": place.path.lstrip("/")}
    try:
        head = _s3().head_object(**wanted)
        if offset >= head["ContentLength"]:
            return io.BytesIO()
        answer = _s3().get_object(**wanted, **({"Range": f"bytes={offset}-"} if offset else {}))
    except _s3_errors() as error:
        raise OSError(str(error)) from error
    return _Complete(answer["Body"], expected=answer["ContentLength"])


def _place(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise BadManifest(f"{address!r} is no address: {error}; write s3://BUCKET/KEY.") from error


def _list_s3(pattern: str) -> list[str]:
    place = _place(pattern)
    key = place.path.lstrip("/")
    pages = _s3().get_paginator("list_objects_v2")
    try:
        found = [
            entry["Key"]
            for page in pages.paginate(Bucket=place.netloc, Prefix=key.partition("*")[0])
            for entry in page.get("Contents", [])
        ]
    except _s3_errors() as error:
        raise BadManifest(f"{pattern} cannot be listed: {error}") from error
    return sorted(f"s3://{place.netloc}/{one}" for one in found if fnmatch.fnmatchcase(one, key))


def _s3() -> Any:
    try:
        import boto3
    except ImportError as error:
        raise MissingExtra(package="boto3", extra="storage") from error
    return boto3.client("s3")


def _s3_errors() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)


def _cut() -> tuple[type[Exception], ...]:
    """What a connection that breaks raises: sockets, http.client, and urllib3 below boto3."""
    try:
        from urllib3.exceptions import HTTPError
    except ImportError:
        return (OSError, HTTPException)
    return (OSError, HTTPException, HTTPError)
