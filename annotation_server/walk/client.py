"""One person's way to the API: a token, JSON in and out, and refusals told in one line."""

import time
from collections.abc import Iterator
from typing import Any

import requests

from annotation_server.errors import ServiceUnavailable, UnreadableSource

TIMEOUT_SECONDS = 30
TRIES = 5


class Client:
    """Calls under `url`/api/v1/ as the owner of `token`."""

    def __init__(self, *, url: str, token: str) -> None:
        self.base = f"{url.rstrip('/')}/api/v1"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Token {token}"

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
        """The answer's JSON (None for an empty one). Tries again when the server is away; raises on refusals."""
        for attempt in range(TRIES):
            try:
                response = self.session.request(
                    method, f"{self.base}/{path}", json=body, params=query, timeout=TIMEOUT_SECONDS
                )
            except requests.ConnectionError:
                time.sleep(attempt + 1)
                continue
            if response.status_code == 503:
                time.sleep(attempt + 1)
                continue
            return _answer(response)
        raise ServiceUnavailable(
            f"No server answers at {self.base}. Start it with `make demo`, or give --url."
        )

    def pages(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page."""
        page = self.call("GET", path, **query)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = _answer(self.session.get(page["next"], timeout=TIMEOUT_SECONDS))


def _answer(response: requests.Response) -> Any:
    if response.ok:
        return response.json() if response.content else None
    try:
        reason = response.json().get("detail", response.text)
    except ValueError:
        reason = response.text[:200]
    raise UnreadableSource(f"{response.request.method} {response.url}: {response.status_code} {reason}")
