"""Connections that stop half-way, drip or hang up hold nobody else up."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from subprocess import Popen

import pytest
import requests

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
