"""Fetching a picture from an address that somebody else wrote: only from the public network, bounded in time and bytes.

Where a connection may go is decided in guarded.py, anew for each redirect.
"""

import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import SplitResult

from annotation_server.errors import AddressRefused, UnreadableImage
from annotation_server.progress import Progress, silent
from annotation_server.reach.guarded import (
    USER_AGENT,
    checked_url,
    guarded_connection,
    joined_address,
    path_and_query,
)
from annotation_server.reach.public_networks import Network

REDIRECTS = {301, 302, 303, 307, 308}
BLOCK = 1 << 16
# Either packing with its own head, which zlib tells apart. None was asked for; some servers pack all the same.
PACKED = {"gzip", "x-gzip", "deflate"}
EITHER_HEAD = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, kw_only=True)
class FetchLimits:
    """`allowed`: networks that are fetched from although they are not public. `progress` hears how many bytes are stored."""

    seconds: float = 30.0
    byte_count: int = 64 * 1024 * 1024
    redirects: int = 5
    allowed: Sequence[Network] = ()
    accept: str = "image/*"
    progress: Progress = silent


def fetch(*, url: str, to: Path, limits: FetchLimits) -> None:
    """Write what is at `url` into the file `to`. Raises UnreadableImage with a reason for people, and what
    `limits.progress` raises."""
    ends = time.monotonic() + limits.seconds
    try:
        for _ in range(limits.redirects + 1):
            onward = _get(checked_url(url), to=to, limits=limits, seconds=max(0.1, ends - time.monotonic()))
            if onward is None:
                return
            url = joined_address(url.strip(), onward)
    except AddressRefused as error:
        raise UnreadableImage(error.message) from error
    raise UnreadableImage(f"The address redirects more than {limits.redirects} times.")


def _get(parts: SplitResult, *, to: Path, limits: FetchLimits, seconds: float) -> str | None:
    """Store the answer, or return where it redirects to."""
    headers = {"User-Agent": USER_AGENT, "Accept": limits.accept, "Accept-Encoding": "identity"}
    with guarded_connection(parts, allowed=limits.allowed, seconds=seconds) as (connection, watched):
        connection.request("GET", path_and_query(parts), headers=headers)
        with connection.getresponse() as answer:
            if answer.status in REDIRECTS and (onward := answer.getheader("Location")):
                return _as_written(onward)
            if answer.status != 200:
                raise UnreadableImage(f"The address answers {answer.status}.")
            _store(answer, to=to, limits=limits)
            if watched.is_over:
                raise OSError("cut off")
    return None


def _as_written(location: str) -> str:
    """A header's raw UTF-8, which http.client takes for Latin-1."""
    try:
        return location.encode("latin-1").decode().strip()
    except UnicodeError:
        return location.strip()


def _store(answer: HTTPResponse, *, to: Path, limits: FetchLimits) -> None:
    stored, limit, announced = 0, limits.byte_count, answer.length or 0
    with to.open("wb") as file:
        for block in _unpacked(answer):
            stored += len(block)
            if stored > limit:
                raise UnreadableImage(f"The address sends more than {limit:,} bytes.")
            file.write(block)
            limits.progress(done=stored, total=announced, message="fetching, bytes")
    if answer.length:
        raise OSError("it broke off in the middle")


def _unpacked(answer: HTTPResponse) -> Iterator[bytes]:
    """The answer's blocks, unpacked where the server packed them, never much longer than BLOCK."""
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        while block := answer.read1(BLOCK):
            yield block
        return
    if packing not in PACKED:
        raise UnreadableImage(f"The address sends it packed as {packing[:40]!r}, which was not asked for.")
    unpacking = zlib.decompressobj(EITHER_HEAD)
    while not unpacking.eof and (block := answer.read1(BLOCK)):
        while block:
            try:
                yield unpacking.decompress(block, BLOCK)
            except zlib.error as error:
                raise UnreadableImage(f"The address sends it packed, and damaged ({error}).") from error
            block = unpacking.unconsumed_tail
    if not unpacking.eof:
        raise OSError("it broke off in the middle")
