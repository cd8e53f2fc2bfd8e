"""One browser or program: a connection that is kept open, and a note of every call, its answer and how long it took."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 60
NO_ANSWER = 0
# The server closes a connection that is idle for half a minute; like a browser, we do not use one that may be closed.
IDLE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Call:
    """`kind` groups calls of one sort ("claim"); `began` by time.perf_counter(); `status` NO_ANSWER when there was none."""

    kind: str
    status: int
    began: float
    took: float


@dataclass
class Tally:
    """Every call of everybody (appending to a list needs no lock), and what refusals said."""

    calls: list[Call] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is None where there is no JSON."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return 200 <= self.status < 300


class Connection:
    """With a token as programs have it, or signed in with a cookie and a CSRF token as browsers are."""

    def __init__(self, *, url: str, tally: Tally, token: str = "") -> None:
        self._address = urlsplit(url).netloc
        self._tally = tally
        self._cookies: dict[str, str] = {}
        self._headers = {"Authorization": f"Token {token}"} if token else {}
        self._used_at = time.perf_counter()
        self._open = http.client.HTTPConnection(self._address, timeout=TIMEOUT_SECONDS)

    def sign_in(self, *, link: str) -> None:
        """Use a one-time link up, as the page behind it does."""
        self.call("sign in", "GET", "session/")
        self.call("sign in", "POST", "session/", {"link": link})

    def call(self, kind: str, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        """The answer, of whatever status; NO_ANSWER when the connection broke (the next call opens a new one)."""
        began = time.perf_counter()
        if began - self._used_at > IDLE_SECONDS:
            self.hang_up()
        try:
            self._send(method, path, body)
            status, is_json, content = self._receive()
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            status, is_json, content = NO_ANSWER, False, repr(error).encode()
        self._used_at = time.perf_counter()
        self._tally.calls.append(Call(kind, status, began, self._used_at - began))
        if not 200 <= status < 300:
            self._tally.problems.append(f"{kind}: {status} {content[:200].decode(errors='replace')}")
        return Answer(status=status, body=json.loads(content) if is_json else None)

    def call_without_listening(self, method: str, path: str, body: dict[str, Any]) -> None:
        """Send it whole and hang up before the answer comes, as when the network breaks."""
        try:
            self._send(method, path, body)
        except OSError:
            pass  # Then it is lost on its way there instead.
        self.hang_up()

    def hang_up(self) -> None:
        """The next call opens a new connection."""
        self._open.close()

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> None:
        headers = dict(self._headers)
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            headers["X-CSRFToken"] = self._cookies.get("csrftoken", "")
        if body is not None:
            headers["Content-Type"] = "application/json"
        whole = path if path.startswith("/") else f"/api/v1/{path}"
        self._open.request(method, whole, None if body is None else json.dumps(body), headers)

    def _receive(self) -> tuple[int, bool, bytes]:
        """Status, whether it is JSON, and the content."""
        answer = self._open.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers.get_content_subtype() in {"json", "problem+json"}, content
