"""Posting to an address that somebody else wrote, by the same guarded connection as every outbound request."""

from collections.abc import Mapping, Sequence

from annotation_server.reach.guarded import (
    USER_AGENT,
    checked_url,
    guarded_connection,
    path_and_query,
)
from annotation_server.reach.public_networks import Network

SECONDS = 10.0


def post(*, url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> int:
    """The status of the answer; what it says is not read, and where it redirects to is not gone to. Raises AddressRefused."""
    parts = checked_url(url)
    own = {"User-Agent": USER_AGENT, "Content-Type": "application/json"}
    with guarded_connection(parts, allowed=allowed, seconds=SECONDS) as (connection, _):
        connection.request("POST", path_and_query(parts), body=body, headers={**own, **headers})
        with connection.getresponse() as answer:
            return answer.status
