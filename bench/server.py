"""The product as it is run for real, on an empty database of its own: Postgres with fsync, Redis, and the web server's command.

`started()` has to be entered before anything of Django is imported: the settings are read from the environment.
"""

import os
import secrets
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from annotation_server.demo.programs import demo_programs
from annotation_server.embedded.processes import free_port, spawn, stop
from annotation_server.embedded.servers import EmbeddedServers

ROOT = Path(__file__).resolve().parent.parent
HEALTHY_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Served:
    """Where it answers, and the processes whose CPU time counts as the server's."""

    url: str
    postgres: int
    web: int

    def cpu_seconds(self) -> dict[str, float]:
        """CPU time used so far by the web server and by Postgres, with all their children."""
        return {"web": tree_cpu_seconds(self.web), "postgres": tree_cpu_seconds(self.postgres)}


@contextmanager
def started(*, with_worker: bool = False) -> Iterator[Served]:
    """Everything up and migrated, Django set up in this process too; gone afterwards. Jobs need the worker."""
    folder = Path(tempfile.mkdtemp(prefix="altogether-bench-"))
    try:
        with EmbeddedServers(var=folder) as servers:
            addresses = servers.addresses
            os.environ |= {
                "DATABASE_URL": addresses.database_url,
                "REDIS_URL": addresses.redis_url,
                "ALTOGETHER_VAR": str(folder),
                "SECRET_KEY": secrets.token_urlsafe(50),
                "DJANGO_SETTINGS_MODULE": "annotation_server.settings",
                "LOG_LEVEL": "WARNING",
            }
            _migrate()
            port = free_port()
            with ExitStack() as running:
                web = running.enter_context(_running("web", port=port, folder=folder))
                if with_worker:
                    running.enter_context(_running("worker", port=port, folder=folder))
                    running.enter_context(_running("housekeeping", port=port, folder=folder))
                url = f"http://127.0.0.1:{port}"
                _wait_until_healthy(url)
                yield Served(url=url, postgres=servers.process_ids()["Postgres"], web=web)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(name: str, *, port: int, folder: Path) -> Iterator[int]:
    """That program of the demo, by its process id; stopped afterwards."""
    [program] = [one for one in demo_programs(port=port) if one.name == name]
    log = folder / f"{name}.log"
    process = spawn(command=program.command, log=log, folder=ROOT, environment=os.environ)
    try:
        yield process.pid
    finally:
        stop(process)


def _migrate() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _wait_until_healthy(url: str) -> None:
    give_up_at = time.monotonic() + HEALTHY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz/", timeout=5):  # noqa: S310 — our own server
                return
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)


def tree_cpu_seconds(root: int) -> float:
    """User and system time of a process and all its descendants, the ended ones that were waited for too."""
    total = 0.0
    for process in tree(root):
        with suppress(psutil.NoSuchProcess):
            used = process.cpu_times()
            total += used.user + used.system + used.children_user + used.children_system
    return total


def tree(root: int) -> list[psutil.Process]:
    """A process and all its descendants, as they are now; none where it has ended."""
    try:
        process = psutil.Process(root)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
