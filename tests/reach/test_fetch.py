"""Fetching from addresses that others wrote: nothing inside is reached, by any spelling, redirect or second answer."""

import gzip
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from annotation_server.errors import UnreadableImage
from annotation_server.reach.fetch import FetchLimits, fetch

INSIDE = "leads into a network or to a port that this server may not reach"
LOOPBACK = FetchLimits(allowed=[ipaddress.ip_network("127.0.0.1/32")], seconds=3.0, byte_count=10_000)


# What the slow server has sent so far.
DRIPPED: list[str] = []


class Site(BaseHTTPRequestHandler):
    """A web server with good and bad habits."""

    def do_GET(self) -> None:
        name, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"send_{name}")(rest)

    def send_picture(self, rest: str) -> None:
        self._answer(200, b"picture " + rest.encode())

    def send_large(self, rest: str) -> None:
        self._answer(200, b"x" * 10_001)

    def send_gone(self, rest: str) -> None:
        self._answer(404, b"gone")

    def send_to(self, rest: str) -> None:
        self.send_response(302)
        self.send_header("Location", unquote(rest))
        self.end_headers()

    def send_round(self, rest: str) -> None:
        self.send_response(301)
        self.send_header("Location", "/round/")
        self.end_headers()

    def send_raw(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /picture/" + unquote(rest).encode() + b"\r\n\r\n")

    def send_latin(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /picture/caf\xe9\r\n\r\n")

    def send_slowly(self, rest: str) -> None:
        time.sleep(0.25)
        self.send_to(f"/slowly/{int(rest) - 1}" if rest != "0" else "/picture/x")

    def send_packed(self, rest: str) -> None:
        packing, _, text = rest.partition("/")
        packed = zlib.compress(text.encode()) if packing == "deflate" else gzip.compress(text.encode())
        self._answer(200, packed, packing)

    def send_bomb(self, rest: str) -> None:
        self._answer(200, gzip.compress(bytes(50_000_000)), "gzip")

    def send_unpacked(self, rest: str) -> None:
        self._answer(200, b"not packed at all", "gzip")

    def send_cut(self, rest: str) -> None:
        self._answer(200, gzip.compress(b"iguana" * 100)[:-9], "gzip")

    def send_half(self, rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"half")

    def send_drip(self, rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x")
            self.wfile.flush()
            DRIPPED.append("x")
            time.sleep(0.05)

    def _answer(self, status: int, content: bytes, packing: str = "") -> None:
        self.send_response(status)
        if packing:
            self.send_header("Content-Encoding", packing)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is what these tests are about."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = QuietServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def get(tmp_path: Path) -> Callable[..., bytes]:
    def fetched(url: str, limits: FetchLimits = LOOPBACK) -> bytes:
        fetch(url=url, to=tmp_path / "fetched", limits=limits)
        return (tmp_path / "fetched").read_bytes()

    return fetched


def test_a_picture_is_stored(site: str, get: Callable[..., bytes]) -> None:
    assert get(f"{site}/picture/a%20b") == b"picture a%20b"
    assert get(f"{site}/picture/ü") == b"picture %C3%BC"


def test_a_redirect_is_followed(site: str, get: Callable[..., bytes]) -> None:
    assert get(f"{site}/to//picture/x") == b"picture x"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/x",
        "http://127.1/x",
        "http://0x7f.1/x",
        "http://2130706433/x",
        "http://017700000001/x",
        "http://①②⑦.⓪.⓪.①/x",
        "http://localhost/x",
        "http://0.0.0.0/x",
        "http://[::1]/x",
        "http://[::]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://[64:ff9b::7f00:1]/x",
        "http://[2002:7f00:1::]/x",
        "http://10.0.0.1/x",
        "http://172.16.0.1/x",
        "http://192.168.0.1/x",
        "http://100.64.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/x",
        "http://[fe80::1]/x",
        "http://[fec0::1]/x",
        "http://[::ffff:0:127.0.0.1]/x",
        "http://[2600::5efe:7f00:1]/x",
        "http://[5f00::1]/x",
        "http://[3fff::1]/x",
        "http://224.0.0.1/x",
        "http://1.1.1.1:22/x",
    ],
)
def test_nothing_inside_is_reached(url: str, get: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableImage, match=INSIDE):
        get(url, FetchLimits())


@pytest.mark.parametrize(
    "onward", ["http://10.0.0.1/x", "http://[::1]/x", "http://127.0.0.2/x", "//169.254.169.254/x"]
)
def test_no_redirect_leads_inside(site: str, get: Callable[..., bytes], onward: str) -> None:
    with pytest.raises(UnreadableImage, match=INSIDE):
        get(f"{site}/to/{onward}")


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1/x"])
def test_no_redirect_leads_to_another_protocol(site: str, get: Callable[..., bytes], onward: str) -> None:
    with pytest.raises(UnreadableImage, match="Only http and https"):
        get(f"{site}/to/{onward}")


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    get: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers with a public address first and an inner one the second time (DNS rebinding)."""
    answers = iter(["203.0.113.9", "127.0.0.1"])
    asked: list[Any] = []

    def rebinding(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        asked.append(address)
        raise OSError("no way out of the test")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    test_net = [ipaddress.ip_network("203.0.113.0/24")]
    with pytest.raises(UnreadableImage, match="did not answer"):
        get("http://rebinding.example/x", FetchLimits(allowed=test_net))
    assert asked == [("203.0.113.9", 80)]


def test_one_inner_address_among_public_ones_spoils_the_name(
    get: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(UnreadableImage, match=INSIDE):
        get("http://mixed.example/x", FetchLimits())


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large/", "sends more than 10,000 bytes"),
        ("/gone/", "answers 404"),
        ("/round/", "redirects more than 5 times"),
        ("/half/", "broke off|did not answer"),
    ],
)
def test_bad_answers_are_refused(site: str, get: Callable[..., bytes], path: str, reason: str) -> None:
    with pytest.raises(UnreadableImage, match=reason):
        get(site + path)


def test_a_server_that_drips_is_cut_off(site: str, get: Callable[..., bytes]) -> None:
    DRIPPED.clear()
    limits = FetchLimits(allowed=LOOPBACK.allowed, seconds=0.2)
    with pytest.raises(UnreadableImage, match=r"took longer than 0.2 seconds"):
        get(f"{site}/drip/", limits)
    assert 0 < len(DRIPPED) < 500  # of a thousand


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "http:///x",
        "http://user:secret@example.org/x",
        "http://example.org:0/x",
        "http://example.org:99999/x",
        "http://[::1/x",
        "http://exa mple.org/x",
        "http://exam\nple.org/x",
    ],
)
def test_odd_addresses_are_refused(url: str, get: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableImage):
        get(url)


def test_blanks_around_an_address_and_a_redirect_are_no_part_of_it(
    site: str, get: Callable[..., bytes]
) -> None:
    assert get(f" {site}/picture/x\n") == b"picture x"
    assert get(f"{site}/to/%20/picture/x%20") == b"picture x"


def test_a_redirect_in_raw_utf8_is_followed(site: str, get: Callable[..., bytes]) -> None:
    assert get(f"{site}/raw/café 画像".replace(" ", "%20")) == b"picture caf%C3%A9%20%E7%94%BB%E5%83%8F"
    assert get(f"{site}/latin/") == b"picture caf%C3%A9"


@pytest.mark.parametrize("onward", ["http://[::1", "//a]b/x", "http://h:x/"])
def test_a_redirect_that_cannot_be_read_is_refused(site: str, get: Callable[..., bytes], onward: str) -> None:
    with pytest.raises(UnreadableImage, match="The address cannot be read"):
        get(f"{site}/to/{onward}")


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_what_comes_packed_though_nobody_asked_is_unpacked(
    site: str, get: Callable[..., bytes], packing: str
) -> None:
    assert get(f"{site}/packed/{packing}/{'iguana' * 100}") == b"iguana" * 100


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/packed/br/x", "packed as 'br', which was not asked for"),
        ("/bomb/", "sends more than 10,000 bytes"),
        ("/unpacked/", "packed, and damaged"),
        ("/cut/", "broke off"),
    ],
)
def test_bad_packing_is_refused(site: str, get: Callable[..., bytes], path: str, reason: str) -> None:
    with pytest.raises(UnreadableImage, match=reason):
        get(site + path)


def test_a_picture_in_the_address_itself_is_refused_by_that_name(get: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableImage, match="It is a data: address"):
        get(" DATA:image/png;base64,AAAA")


def test_redirects_share_one_time_limit(site: str, get: Callable[..., bytes]) -> None:
    limits = FetchLimits(allowed=LOOPBACK.allowed, seconds=0.6)
    with pytest.raises(UnreadableImage, match="took longer than"):
        get(f"{site}/slowly/5", limits)
