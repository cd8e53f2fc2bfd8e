"""A pytest plugin (`-p tests.servers`): every run of the tests has a Postgres and a Redis of its own.

They start before Django's settings are read and end with the run, in a folder that goes with them: a copy of one that is kept
under `var/test`, in which the migrations have run. It is made when none fits what the repository holds now. Under xdist the
first process starts the servers; each worker has its own database (pytest-django names it), its own Redis number and its own
`var` folder. DATABASE_URL and REDIS_URL, when set, are used instead; migrations then run in each database.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from annotation_server.embedded.servers import EmbeddedServers

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var/test"
# What the database's state depends on: its making, and everything that migrations import.
MAKES_THE_DATABASE = (
    "annotation_server/embedded/*.py",
    "annotation_server/migrations/*.py",
    "annotation_server/models/*.py",
    "annotation_server/sql/**/*.sql",
    "annotation_server/*.py",
    "requirements/dev.lock",
)
MIGRATED = "migrated"


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
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    if "DATABASE_URL" not in os.environ:
        shutil.rmtree(folder)
        _copy(_migrated_servers(), folder)
        os.environ["TEST_TEMPLATE"] = MIGRATED
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


def _migrated_servers() -> Path:
    """The folder of stopped servers with a database that the migrations have made; others wait while one makes it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for pattern in MAKES_THE_DATABASE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    kept = KEPT / f"servers-{digest.hexdigest()[:16]}"
    with (KEPT / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            for old in KEPT.glob("servers-*"):
                shutil.rmtree(old, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix="altogether-tests-") as made:
                _migrate(Path(made))
                _copy(Path(made), kept.with_name("unfinished"))
            kept.with_name("unfinished").rename(kept)
    return kept


def _migrate(var: Path) -> None:
    with EmbeddedServers(var=var, durable=False) as servers:
        url = servers.addresses.database_url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(MIGRATED)))
        environment = {
            **os.environ,
            "DATABASE_URL": f"{url.rpartition('/')[0]}/{MIGRATED}",
            "REDIS_URL": servers.addresses.redis_url,
            "ALTOGETHER_VAR": str(var),
        }
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _copy(folder: Path, to: Path) -> None:
    """With owners and rights: Postgres may run as another account than ours."""
    shutil.rmtree(to, ignore_errors=True)
    subprocess.run(["cp", "-a", folder, to], check=True)


def _settle_into_worker(worker: str) -> None:
    number = int(worker.removeprefix("gw")) + 1
    address, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{address}/{number}"
    os.environ["ALTOGETHER_VAR"] = str(Path(os.environ["ALTOGETHER_VAR"], worker))
