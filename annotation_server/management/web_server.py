"""The web server that a command's links lead to, or whose API it calls: found without being told, and looked at first."""

import http.client
from argparse import ArgumentParser
from contextlib import closing
from http import HTTPStatus

from django.conf import settings

from annotation_server.embedded.web_address import web_address
from annotation_server.errors import InvalidSettings, ServiceUnavailable
from annotation_server.reach.guarded import split_address

PATIENCE_SECONDS = 5


def add_url_argument(parser: ArgumentParser) -> None:
    """--url, by default that of the demo that runs."""
    parser.add_argument(
        "--url",
        type=lambda url: url.rstrip("/"),
        default=web_address(settings.VAR),
        help="the server's address (default: where `make demo` or `make start` listens: %(default)s)",
    )


def require_server(*, url: str) -> None:
    """Raises ServiceUnavailable unless our server answers there, InvalidSettings where that is no address."""
    if not is_server(url=url):
        raise ServiceUnavailable(
            f"No server of ours answers at {url}. Start it with `make demo`, or say where it is: --url http://HOST:PORT."
        )


def is_server(*, url: str) -> bool:
    """Whether our server answers there. Raises InvalidSettings, AddressRefused."""
    parts = split_address(url)
    kinds: dict[str, type[http.client.HTTPConnection]] = {
        "http": http.client.HTTPConnection,
        "https": http.client.HTTPSConnection,
    }
    if parts.scheme not in kinds or not parts.hostname:
        raise InvalidSettings(f"--url {url}: write an address such as http://127.0.0.1:8000.")
    with closing(kinds[parts.scheme](parts.hostname, parts.port, timeout=PATIENCE_SECONDS)) as connection:
        try:
            connection.request("GET", f"{parts.path}/healthz/")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def no_server_note(*, url: str) -> str | None:
    """What a person with a link should know while nothing answers there."""
    return None if is_server(url=url) else f"Note: no server answers at {url} now. Links work once one does."
