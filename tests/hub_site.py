"""A stand-in for the Hugging Face hub on this machine: lists and gives the files of one dataset repository, honestly or not.

`repository` maps names to contents; `sizes` overrides what the listing says of one; `extra` are listed without being there.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "c" * 40


@dataclass
class Hub:
    """`asked` are the paths that were asked for, `tokens` what authorised them; `page` is how many files a listing's page has.
    A name in `drips` comes a byte at a time. One in `stalls` is sent up to its last byte, which comes when `over` is set."""

    repository: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    stalls: set[str] = field(default_factory=set)
    drips: set[str] = field(default_factory=set)
    private: bool = False
    page: int = 1000
    asked: list[str] = field(default_factory=list)
    tokens: set[str | None] = field(default_factory=set)
    stalled: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    @property
    def given(self) -> set[str]:
        """Names of the files that were asked for."""
        return {
            unquote(path.partition(f"/resolve/{COMMIT}/")[2]) for path in self.asked if "/resolve/" in path
        }

    def listing(self) -> list[dict[str, Any]]:
        """As the hub's API writes it."""
        return [
            {
                "type": "file",
                "path": name,
                "oid": "0" * 40,
                "size": self.sizes.get(name, len(self.repository.get(name, b""))),
            }
            for name in [*self.repository, *self.extra]
        ]


@contextmanager
def running_hub() -> Iterator[Hub]:
    """Listens on loopback until the end of the block."""
    hub = Hub()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            hub.asked.append(parts.path)
            hub.tokens.add(self.headers.get("Authorization"))
            if hub.private and self.headers.get("Authorization") is None:
                self._answer(401, b"{}")
            elif parts.path.startswith("/api/") and "/tree/" in parts.path:
                self._list(int(parse_qs(parts.query).get("from", ["0"])[0]))
            elif parts.path.startswith("/api/"):
                self._answer(200, json.dumps({"id": "o/n", "sha": COMMIT}).encode())
            else:
                self._give(unquote(parts.path.partition(f"/resolve/{COMMIT}/")[2]))

        def _list(self, start: int) -> None:
            rows = hub.listing()
            more = start + hub.page < len(rows)
            link = (
                f'<{hub.address}/api/datasets/o/n/tree/{COMMIT}?from={start + hub.page}>; rel="next"'
                if more
                else ""
            )
            self._answer(200, json.dumps(rows[start : start + hub.page]).encode(), link)

        def _give(self, name: str) -> None:
            content = hub.repository.get(name)
            if content is None:
                self._answer(404, b"")
            elif name in hub.drips:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                hub.stalled.set()
                for byte in content:
                    self.wfile.write(bytes([byte]))
                    if hub.over.wait(0.02):
                        return
            elif name in hub.stalls:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[:-1])
                self.wfile.flush()
                hub.stalled.set()
                hub.over.wait()
                self.wfile.write(content[-1:])
            else:
                self._answer(200, content)

        def _answer(self, status: int, content: bytes, link: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if link:
                self.send_header("Link", link)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """Whoever has enough hangs up."""

    server = Server(("127.0.0.1", 0), Site)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        hub.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
