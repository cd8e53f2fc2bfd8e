"""Connections to addresses that somebody else wrote: only into the public network, and never for longer than allowed.

A host is resolved once, every address it has is checked against explicit ranges, and the connection goes to the checked
address, so neither another spelling, a redirect nor a second answer of the name server leads inside.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from annotation_server.errors import AddressRefused
from annotation_server.reach.public_networks import Address, Network, is_public
from annotation_server.versions import CODE_VERSION

USER_AGENT = f"Altogether/{CODE_VERSION}"
PORTS = {80, 443, 8080, 8443}


def split_address(address: str) -> SplitResult:
    """The address in its parts. Raises AddressRefused: what Python cannot split (`http://[::1`) is nobody's crash."""
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError as error:
        raise AddressRefused(f"The address cannot be read ({error}).") from error
    return parts


def path_of(address: str) -> str:
    """The path in it; the whole where it cannot be split, which is then no file's name."""
    try:
        return split_address(address).path
    except AddressRefused:
        return address


def joined_address(base: str, onward: str) -> str:
    """Where a page at `base` leads with `onward`. Raises AddressRefused."""
    try:
        return urljoin(base, onward)
    except ValueError as error:
        raise AddressRefused(f"The address cannot be read ({error}).") from error


def checked_url(url: str) -> SplitResult:
    """The address in its parts, without blanks around it. Raises AddressRefused."""
    if url.strip()[:5].lower() == "data:":
        raise AddressRefused(
            "It is a data: address, which holds the picture itself and names no place to fetch it from."
        )
    parts = split_address(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in parts.netloc):
        raise AddressRefused("Only http and https addresses are fetched.")
    if parts.username is not None or parts.port == 0:
        raise AddressRefused("Addresses with a user name or port 0 are not fetched.")
    return parts


def path_and_query(parts: SplitResult) -> str:
    """What goes into the request's first line."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")


class Watched:
    """A connection that is shut when its time is over. A socket's own timeout counts from byte to byte, so a server that
    drips would never end."""

    def __init__(self, connected: socket.socket, seconds: float) -> None:
        self.socket = connected
        self.is_over = False
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def secure(self, host: str) -> None:
        """TLS, with the certificate checked against the name."""
        wrapped = ssl.create_default_context().wrap_socket(
            self.socket, server_hostname=host, do_handshake_on_connect=False
        )
        self.socket = wrapped
        wrapped.do_handshake()

    def close(self) -> None:
        self._timer.cancel()
        self.socket.close()

    def _shut(self) -> None:
        self.is_over = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


def connect(parts: SplitResult, *, allowed: Sequence[Network], seconds: float) -> socket.socket:
    """A connection to an address of the host that was checked. One that is not public spoils all: names do not mix them.

    Raises AddressRefused."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"There is no host {host!r}.") from error
    addresses: list[Address] = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        is_allowed = any(address in network for network in allowed if network.version == address.version)
        if not is_allowed and (not is_public(address) or port not in PORTS):
            raise AddressRefused(
                "The address leads into a network or to a port that this server may not reach."
            )
    try:
        return socket.create_connection((str(addresses[0]), port), timeout=min(10.0, seconds))
    except OSError as error:
        raise AddressRefused(f"The address did not answer ({error.strerror or error}).") from error


@contextmanager
def guarded_connection(
    parts: SplitResult, *, allowed: Sequence[Network], seconds: float
) -> Iterator[tuple[HTTPConnection, Watched]]:
    """A connection to ask over, TLS where the address says so, shut at the end of the block or of its time.

    Raises AddressRefused, also for whatever goes wrong with the connection within the block."""
    watched = Watched(connect(parts, allowed=allowed, seconds=seconds), seconds)
    try:
        if parts.scheme == "https":
            watched.secure(parts.hostname or "")
        connection = HTTPConnection(parts.netloc, timeout=seconds)
        connection.sock = watched.socket
        yield connection, watched
    except (OSError, HTTPException, ValueError) as error:
        late = f"took longer than {round(seconds, 1):g} seconds"
        why = late if watched.is_over else f"did not answer ({str(error)[:100]})"
        raise AddressRefused(f"The address {why}.") from error
    finally:
        watched.close()
