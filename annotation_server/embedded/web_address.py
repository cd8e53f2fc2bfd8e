"""Where the web server of `make demo` or `make start` listens: `var/run/web.json`, for other terminals."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation_server.embedded.files import write_private

USUAL = "http://127.0.0.1:8000"


def web_address(var: Path) -> str:
    """The address of the server that runs on `var` now; the usual one when none does."""
    try:
        told = json.loads(_path(var).read_text("utf-8"))
        os.kill(int(told["process_id"]), 0)  # sends nothing: asks whether it runs
        return str(told["url"])
    except (OSError, ValueError, TypeError, KeyError):
        return USUAL


@contextmanager
def remembered_web_address(var: Path, url: str) -> Iterator[None]:
    """Other processes find the address while this one is in here."""
    write_private(_path(var), json.dumps({"url": url, "process_id": os.getpid()}))
    try:
        yield
    finally:
        _path(var).unlink(missing_ok=True)


def _path(var: Path) -> Path:
    return var / "run" / "web.json"
