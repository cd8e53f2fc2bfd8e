"""Connections that stop half-way, drip or hang up hold nobody else up."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from subprocess import Popen
from threading import Condition, Thread

import pytest
import requests

from annotation_server.demo.programs import WEB_THREADS
from annotation_server.embedded.processes import free_port
from annotation_server.models import Image, Round, User
from annotation_server.steps.make_api_token import make_api_token
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


@pytest.mark.faults
def test_half_open_connections_hold_nobody_up(
    start: Callable[..., Popen[bytes]],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
) -> None:
    make_images(1)
    round = open_round()
    url = f"http://127.0.0.1:{(port := free_port())}"
    start("web", port=port)
    wait_until(lambda: answers(url), what="the web server is up")
    headers = {"Authorization": f"Token {make_api_token(user=ana, name='test')}"}
    with ExitStack() as open_ones:
        for sent in ("", HEAD[:40], HEAD, f'{HEAD}\r\n{{"link": '):
            for _ in range(STUCK):
                connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
                connection.sendall(sent.encode())
            for _ in range(5):
                answer = requests.post(
                    f"{url}/api/v1/rounds/{round.pk}/claim/",
                    json={"count": 1},
                    headers=headers,
                    timeout=ENOUGH_SECONDS,
                )
                assert len(answer.json()["tasks"]) == 1, sent


@pytest.mark.faults
def test_dripping_connections_hold_nobody_up_and_are_answered_in_the_end(
    start: Callable[..., Popen[bytes]],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ana: User,
) -> None:
    make_images(1)
    round = open_round()
    url = f"http://127.0.0.1:{(port := free_port())}"
    start("web", port=port)
    wait_until(lambda: answers(url), what="the web server is up")
    headers = {"Authorization": f"Token {make_api_token(user=ana, name='test')}"}
    claim = f"/api/v1/rounds/{round.pk}/claim/"
    head = (
        f"POST {claim} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: {headers['Authorization']}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    ).encode()
    with ExitStack() as open_ones:
        address = ("127.0.0.1", port)
        of_head, of_body = (
            [open_ones.enter_context(socket.create_connection(address, timeout=5)) for _ in range(count)]
            for count in (DRIPPING_HEADS, DRIPPING_BODIES)
        )
        for connection in of_body:
            connection.sendall(head)
        drips = [(connection, head) for connection in of_head] + [(one, BODY) for one in of_body]
        with dripping(drips) as drops:
            while drops.wait_for_another() < DROPS:
                answer = requests.post(
                    f"{url}{claim}", json={"count": 1}, headers=headers, timeout=ENOUGH_SECONDS
                )
                assert len(answer.json()["tasks"]) == 1
        for connection, text in drips:
            rest = head + BODY if text is head else BODY
            connection.sendall(rest[drops.dropped :])
            assert connection.recv(12) == b"HTTP/1.1 200"
