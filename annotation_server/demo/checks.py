"""What would make the demo fail half-way is found before anything is started, and said in one line."""

import socket
from pathlib import Path

import psycopg
import redis

from annotation_server.demo_data.people import DEMO_PEOPLE, DEMO_PROJECTS
from annotation_server.embedded import running_addresses
from annotation_server.embedded.errors import AlreadyRunning, CannotStart

CONNECT_SECONDS = 5


def check_nothing_runs(var: Path) -> None:
    if running_addresses(var) is not None:
        raise AlreadyRunning(f"the servers of {var} run already: stop that demo first (Ctrl-C where it runs)")


def check_port(text: str) -> int:
    """The port as a number, when somebody could listen there."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise CannotStart(f"PORT={text!r} is no port: use a number from 1 to 65535")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"port {port} needs more rights: use one above 1023 (make demo PORT=8001)"
            ) from None
        except OSError:
            raise CannotStart(
                f"port {port} is in use: stop what listens there, or use another (make demo PORT=8001)"
            ) from None
    return port


def check_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as error:
        raise CannotStart(
            f"DATABASE_URL does not work ({_first_line(error)}): correct it, start that server, "
            "or unset it to use the embedded Postgres"
        ) from None


def check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=CONNECT_SECONDS
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise CannotStart(
            f"REDIS_URL does not work ({_first_line(error)}): correct it, start that server, "
            "or unset it to use the embedded one"
        ) from None


def check_use(*, is_demo: bool, var: Path) -> None:
    """The demo's data and real work are kept apart: neither comes out of the other again. To be called with a database."""
    from annotation_server.models import Project, User

    has_demo = User.objects.filter(username__in=DEMO_PEOPLE).count() == len(DEMO_PEOPLE)
    if has_demo and not is_demo:
        raise CannotStart(
            f"{var} has the demo's people and projects. Give your own work another folder: "
            f"make start ALTOGETHER_VAR={var.parent / 'own'}"
        )
    if is_demo and not has_demo and (own := Project.objects.exclude(slug__in=DEMO_PROJECTS).count()):
        raise CannotStart(
            f"{var} has work of your own ({own} project{'s' if own > 1 else ''}): start it with `make start`, or give the "
            f"demo another folder: make demo ALTOGETHER_VAR={var.parent / 'demo'}"
        )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
