"""A pytest plugin (`-p tests.servers`): every run of the tests has a Postgres and a Redis of its own.

They start before Django's settings are read and end with the run, in a folder that goes with them. Under
xdist the first process starts them; each worker has its own database (pytest-django names it), its own Redis
number and its own `var` folder. DATABASE_URL and REDIS_URL, when set, are used instead.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation_server.embedded.servers import EmbeddedServers


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # A wrapper, because pytest-django reads the settings in this very hook.
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _start_servers(early_config)
    else:
        _settle_into_worker(worker)
    yield


def _start_servers(config: pytest.Config) -> None:
    folder = Path(tempfile.mkdtemp(prefix="altogether-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    servers = EmbeddedServers(
        var=folder,
        database_url=os.environ.get("DATABASE_URL"),
        redis_url=os.environ.get("REDIS_URL"),
        durable=False,
    )
    addresses = servers.start()
    config.add_cleanup(servers.stop)
    os.environ["DATABASE_URL"] = addresses.database_url
    os.environ["REDIS_URL"] = addresses.redis_url
    os.environ["ALTOGETHER_VAR"] = str(folder)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))


def _settle_into_worker(worker: str) -> None:
    number = int(worker.removeprefix("gw")) + 1
    address, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{address}/{number}"
    os.environ["ALTOGETHER_VAR"] = str(Path(os.environ["ALTOGETHER_VAR"], worker))
