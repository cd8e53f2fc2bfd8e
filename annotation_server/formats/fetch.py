"""Fetching a picture from an address that somebody else wrote: only from the public network, bounded in time and bytes.

A host is resolved once, every address it has is checked against explicit ranges, and the connection goes to the checked
address, so neither another spelling, a redirect nor a second answer of the name server leads inside.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from annotation_server.errors import UnreadableImage
from annotation_server.formats.versions import CODE_VERSION

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {80, 443, 8080, 8443}
# What Python's is_global lets through although it may end inside: IPv4 in an IPv6 disguise, and old site-local addresses.
DISGUISES = [
    ipaddress.ip_network(network)
    for network in (
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10"),
        *("192.88.99.0/24", "168.63.129.16/32", "fd00:ec2::254/128"),
    )
]


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
    for _ in range(limits.redirects + 1):
        onward = _get(_checked_url(url), to=to, limits=limits)
        if onward is None:
            return
        url = urljoin(url, onward)
    raise UnreadableImage(f"The address redirects more than {limits.redirects} times.")


def is_public(address: Address) -> bool:
    """Whether the address lies in the public network, however it is written."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    hidden = any(address in network for network in DISGUISES if network.version == address.version)
    return address.is_global and not address.is_multicast and not hidden


def _checked_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnreadableImage(f"The address cannot be read ({error}).") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in parts.netloc):
        raise UnreadableImage("Only http and https addresses are fetched.")
    if parts.username is not None or port == 0:
        raise UnreadableImage("Addresses with a user name or port 0 are not fetched.")
    return parts


class _Watched:
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


def _get(parts: SplitResult, *, to: Path, limits: FetchLimits) -> str | None:
    """Store the answer, or return where it redirects to."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    watched = _Watched(_connect(parts.hostname or "", port, limits), limits.seconds)
    try:
        return _exchange(parts, watched, to=to, limits=limits)
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = f"took longer than {limits.seconds:g} seconds"
        why = late if watched.is_over else f"did not answer ({str(error)[:100]})"
        raise UnreadableImage(f"The address {why}.") from error
    finally:
        watched.close()


def _exchange(parts: SplitResult, watched: _Watched, *, to: Path, limits: FetchLimits) -> str | None:
    if parts.scheme == "https":
        watched.secure(parts.hostname or "")
    connection = http.client.HTTPConnection(parts.netloc, timeout=limits.seconds)
    connection.sock = watched.socket
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    agent = f"Altogether/{CODE_VERSION}"
    headers = {"User-Agent": agent, "Accept": limits.accept, "Accept-Encoding": "identity"}
    connection.request("GET", path + query, headers=headers)
    with connection.getresponse() as answer:
        if answer.status in REDIRECTS and (onward := answer.getheader("Location")):
            return onward
        if answer.status != 200:
            raise UnreadableImage(f"The address answers {answer.status}.")
        _store(answer, to=to, limits=limits)
        if watched.is_over:
            raise OSError("cut off")
    return None


def _store(answer: http.client.HTTPResponse, *, to: Path, limits: FetchLimits) -> None:
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


def _connect(host: str, port: int, limits: FetchLimits) -> socket.socket:
    """A connection to an address of the host that was checked. One that is not public spoils all: names do not mix them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableImage(f"There is no host {host!r}.") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        allowed = any(address in network for network in limits.allowed if network.version == address.version)
        if not allowed and (not is_public(address) or port not in PORTS):
            raise UnreadableImage("The address leads into a network or to a port that imports may not reach.")
    try:
        return socket.create_connection((str(addresses[0]), port), timeout=min(10.0, limits.seconds))
    except OSError as error:
        raise UnreadableImage(f"The address did not answer ({error.strerror or error}).") from error
