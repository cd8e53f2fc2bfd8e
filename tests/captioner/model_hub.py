"""A stand-in for the hub's model repositories on this machine: lists and gives the files of o/n, honestly or not.

`files` maps names to contents. A name in `large` is one whose SHA-256 the listing says, as for files in LFS; `wrong` are
those whose content is not the one that was listed. `cut` says after how many bytes of a name the connection is cut, once.
`status` answers everything with that status.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "c" * 40


@dataclass
class ModelHub:
    """`asked` are the paths that were asked for, with the range where one was."""

    files: dict[str, bytes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    cut: dict[str, int] = field(default_factory=dict)
    status: int = 200
    asked: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def given(self) -> list[str]:
        return [path.partition(f"/resolve/{COMMIT}/")[2] for path in self.asked if "/resolve/" in path]

    def listing(self) -> dict[str, Any]:
        return {"id": "o/n", "sha": COMMIT, "siblings": [self._sibling(name) for name in self.files]}

    def _sibling(self, name: str) -> dict[str, Any]:
        content = self.files[name]
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        sibling: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": blob}
        if name in self.large:
            sha256 = hashlib.sha256(content).hexdigest()
            sibling["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 130}
        return sibling


@contextmanager
def running_model_hub() -> Iterator[ModelHub]:
    """Listens on loopback until the end of the block."""
    hub = ModelHub()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            wanted = self.headers.get("Range")
            hub.asked.append(path if wanted is None else f"{path} {wanted}")
            if hub.status != 200:
                self._answer(hub.status, b"<html>no</html>")
            elif path in (
                "/api/models/o/n",
                f"/api/models/o/n/revision/{COMMIT}",
                "/api/models/o/n/revision/main",
            ):
                self._answer(200, json.dumps(hub.listing()).encode())
            elif path.startswith("/api/models/o/n/"):
                self._answer(404, b"{}", code="RevisionNotFound")
            elif path.startswith("/api/"):
                self._answer(404, b"{}", code="RepoNotFound")
            else:
                self._give(path.partition(f"/resolve/{COMMIT}/")[2], wanted=wanted)

        def _give(self, name: str, *, wanted: str | None) -> None:
            content = hub.files.get(name)
            if content is None:
                self._answer(404, b"", code="EntryNotFound")
                return
            if name in hub.wrong:
                content = bytes(len(content))
            start = 0 if wanted is None else int(wanted.removeprefix("bytes=").rstrip("-"))
            length = hub.cut.pop(name, len(content) - start)
            self.send_response(200 if wanted is None else 206)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            self.wfile.write(content[start : start + length])
            self.close_connection = True

        def _answer(self, status: int, content: bytes, *, code: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if code:
                self.send_header("X-Error-Code", code)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
