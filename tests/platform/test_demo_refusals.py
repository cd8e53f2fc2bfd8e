"""`make demo` that cannot work says so in one line, before it has started or written anything."""

import os
import socket
from pathlib import Path

import pytest

from annotation_server.embedded.processes import free_port
from annotation_server.embedded.servers import EmbeddedServers
from tests.warm import SERVER, Ended, Program, warm

ROOT = Path(__file__).resolve().parents[2]


def demo(var: Path, **environment: str) -> Ended:
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    program = Program(
        module="annotation_server.demo",
        arguments=[],
        environment=ours | {"ALTOGETHER_VAR": str(var)} | environment,
    )
    return warm(SERVER).run(program)[0]


def refusal(done: Ended, var: Path) -> str:
    """The one line that it said, once it is sure that nothing else happened."""
    assert (done.returncode, done.stdout) == (1, "")
    assert sorted(path.name for path in var.iterdir()) in ([], ["secret_key"])
    (line,) = done.stderr.splitlines()
    return line


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refusal(demo(tmp_path, PORT=str(port)), tmp_path) == (
            f"error: port {port} is in use: stop what listens there, or use another (make demo PORT=8001)"
        )


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert refusal(demo(tmp_path, PORT=port), tmp_path) == (
        f"error: PORT={port!r} is no port: use a number from 1 to 65535"
    )


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    port = free_port()
    url = f"postgres://somebody:secret@127.0.0.1:{port}/altogether"
    line = refusal(demo(tmp_path, PORT=str(free_port()), DATABASE_URL=url), tmp_path)
    assert line.startswith("error: DATABASE_URL does not work (")
    assert line.endswith("): correct it, start that server, or unset it to use the embedded Postgres")
    assert "refused" in line
    assert "secret" not in line


def test_a_database_address_that_is_none(tmp_path: Path) -> None:
    line = refusal(demo(tmp_path, PORT=str(free_port()), DATABASE_URL="nonsense"), tmp_path)
    assert "DATABASE_URL" in line


def test_a_redis_that_does_not_answer(tmp_path: Path) -> None:
    url = f"redis://:secret@127.0.0.1:{free_port()}/0"
    line = refusal(demo(tmp_path, PORT=str(free_port()), REDIS_URL=url), tmp_path)
    assert line.startswith("error: REDIS_URL does not work (")
    assert "secret" not in line


def test_a_second_demo_of_the_same_folder(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path):
        done = demo(tmp_path, PORT=str(free_port()))
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"error: the servers of {tmp_path} run already: stop that demo first (Ctrl-C where it runs)\n",
    )
