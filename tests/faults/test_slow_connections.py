"""Connections that stop half-way, drip or hang up hold nobody else up."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from subprocess import Popen
from threading import Condition, Thread

import pytest
import requests

from annotation_server.demo.programs import WEB_THREADS
from annotation_server.embedded.processes import free_port
from annotation_server.models import Image, Round, User
from annotation_server.steps.people.make_api_token import make_api_token
from tests.faults.conftest import wait_until
from tests.faults.test_redis_absent import answers

STUCK = 20
ENOUGH_SECONDS = 5.0
HEAD = (
    "POST /api/v1/session/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/json\r\nContent-Length: 500\r\n"
)
BODY = b'{"count":1}'
DROPS = 6
# All of them may be with one worker. Those that drip a body are as many as leave it one thread.
DRIPPING_HEADS, DRIPPING_BODIES = STUCK, WEB_THREADS - 1


class Dripping(Thread):
    """Sends one byte of each text over its connection every second, until all is sent or it is told to stop."""

    def __init__(self, drips: list[tuple[socket.socket, bytes]]) -> None:
        super().__init__(daemon=True)
        self.news = Condition()
        self.dropped = 0
        self.stopped = False
        self._drips = drips

    def wait_for_another(self) -> int:
        """How many bytes of each are on their way after the next one."""
        with self.news:
            before = self.dropped
            assert self.news.wait_for(lambda: self.dropped > before, timeout=5)
            return self.dropped

    def run(self) -> None:
        with self.news:
            while not self.stopped:
                for connection, text in self._drips:
                    connection.sendall(text[self.dropped : self.dropped + 1])
                self.dropped += 1
                self.news.notify_all()
                self.news.wait_for(lambda: self.stopped, timeout=1.0)


@contextmanager
def dripping(drips: list[tuple[socket.socket, bytes]]) -> Iterator[Dripping]:
    thread = Dripping(drips)
    thread.start()
    try:
        yield thread
    finally:
        with thread.news:
            thread.stopped = True
            thread.news.notify_all()
        thread.join()


@dataclass(frozen=True, kw_only=True)
class BusySite:
    """A web server, and what somebody sends it to claim the one task of a round, again and again."""

    port: int
    path: str
    authorization: str

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def claim(self) -> int:
        """How many tasks came, in time."""
        answer = requests.post(
            f"http://127.0.0.1:{self.port}{self.path}",
            json={"count": 1},
            headers={"Authorization": self.authorization},
            timeout=ENOUGH_SECONDS,
        )
        return len(answer.json()["tasks"])


@pytest.fixture
def busy(
    start: Callable[..., Popen[bytes]],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
) -> BusySite:
    make_images(1)
    round, port = open_round(), free_port()
    start("web", port=port)
    wait_until(lambda: answers(f"http://127.0.0.1:{port}"), what="the web server is up")
    token = make_api_token(user=ana, name="test")
    return BusySite(port=port, path=f"/api/v1/rounds/{round.pk}/claim/", authorization=f"Token {token}")


@pytest.mark.faults
def test_half_open_connections_hold_nobody_up(busy: BusySite) -> None:
    with ExitStack() as open_ones:
        for sent in ("", HEAD[:40], HEAD, f'{HEAD}\r\n{{"link": '):
            for _ in range(STUCK):
                open_ones.enter_context(busy.connect()).sendall(sent.encode())
            for _ in range(5):
                assert busy.claim() == 1, sent


@pytest.mark.faults
def test_dripping_connections_hold_nobody_up_and_are_answered_in_the_end(busy: BusySite) -> None:
    head = (
        f"POST {busy.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: {busy.authorization}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    ).encode()
    with ExitStack() as open_ones:
        of_head, of_body = (
            [open_ones.enter_context(busy.connect()) for _ in range(count)]
            for count in (DRIPPING_HEADS, DRIPPING_BODIES)
        )
        for connection in of_body:
            connection.sendall(head)
        drips = [(connection, head) for connection in of_head] + [(one, BODY) for one in of_body]
        with dripping(drips) as drops:
            while drops.wait_for_another() < DROPS:
                assert busy.claim() == 1
        for connection, text in drips:
            rest = head + BODY if text is head else BODY
            connection.sendall(rest[drops.dropped :])
            assert connection.recv(12) == b"HTTP/1.1 200"
