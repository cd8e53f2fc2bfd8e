"""Posting to an address that somebody else wrote, by the same guarded connection as every outbound request."""

import http.client
from collections.abc import Mapping, Sequence

from annotation_server.errors import AddressRefused
from annotation_server.formats.guarded import Network, Watched, checked_url, connect, path_and_query
from annotation_server.formats.versions import CODE_VERSION

SECONDS = 10.0


def post(*, url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> int:
    """The status of the answer; what it says is not read, and where it redirects to is not gone to. Raises AddressRefused."""
    parts = checked_url(url)
    watched = Watched(connect(parts, allowed=allowed, seconds=SECONDS), SECONDS)
    try:
        if parts.scheme == "https":
            watched.secure(parts.hostname or "")
        connection = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)
        connection.sock = watched.socket
        own = {"User-Agent": f"Altogether/{CODE_VERSION}", "Content-Type": "application/json"}
        connection.request("POST", path_and_query(parts), body=body, headers={**own, **headers})
        with connection.getresponse() as answer:
            return answer.status
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = f"took longer than {SECONDS:g} seconds"
        why = late if watched.is_over else f"did not answer ({str(error)[:100]})"
        raise AddressRefused(f"The address {why}.") from error
    finally:
        watched.close()
