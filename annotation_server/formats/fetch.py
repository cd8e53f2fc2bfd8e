"""Fetching a picture from an address that somebody else wrote: only from the public network, bounded in time and bytes.

Where a connection may go is decided in guarded.py, anew for each redirect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import SplitResult, urljoin

from annotation_server.errors import AddressRefused, UnreadableImage
from annotation_server.formats.guarded import (
    USER_AGENT,
    Network,
    checked_url,
    guarded_connection,
    path_and_query,
)

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, kw_only=True)
class FetchLimits:
    """`allowed`: networks that are fetched from although they are not public. `tell(stored, total)` hears how far it is."""

    seconds: float = 30.0
    byte_count: int = 64 * 1024 * 1024
    redirects: int = 5
    allowed: Sequence[Network] = ()
    accept: str = "image/*"
    tell: Callable[[int, int], None] | None = None


def fetch(*, url: str, to: Path, limits: FetchLimits) -> None:
    """Write what is at `url` into the file `to`. Raises UnreadableImage with a reason for people, and what
    `limits.tell` raises."""
    try:
        for _ in range(limits.redirects + 1):
            onward = _get(checked_url(url), to=to, limits=limits)
            if onward is None:
                return
            url = urljoin(url, onward)
    except AddressRefused as error:
        raise UnreadableImage(error.message) from error
    raise UnreadableImage(f"The address redirects more than {limits.redirects} times.")


def _get(parts: SplitResult, *, to: Path, limits: FetchLimits) -> str | None:
    """Store the answer, or return where it redirects to."""
    headers = {"User-Agent": USER_AGENT, "Accept": limits.accept, "Accept-Encoding": "identity"}
    with guarded_connection(parts, allowed=limits.allowed, seconds=limits.seconds) as (connection, watched):
        connection.request("GET", path_and_query(parts), headers=headers)
        with connection.getresponse() as answer:
            if answer.status in REDIRECTS and (onward := answer.getheader("Location")):
                return onward
            if answer.status != 200:
                raise UnreadableImage(f"The address answers {answer.status}.")
            _store(answer, to=to, limits=limits)
            if watched.is_over:
                raise OSError("cut off")
    return None


def _store(answer: HTTPResponse, *, to: Path, limits: FetchLimits) -> None:
    stored, limit, announced = 0, limits.byte_count, answer.length or 0
    with to.open("wb") as file:
        while block := answer.read1(1 << 16):
            stored += len(block)
            if stored > limit:
                raise UnreadableImage(f"The address sends more than {limit:,} bytes.")
            file.write(block)
            if limits.tell is not None:
                limits.tell(stored, announced)
    if answer.length:
        raise OSError("it broke off in the middle")
