"""The running product for tests that need all of it: the web server and the workers, as `make demo` starts them.

They run once per test process against its own database and Redis; tests that use `site` commit what they write, and the
tables are emptied after each.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from annotation_server.demo.programs import demo_programs, web_program
from annotation_server.demo.supervisor import Supervisor
from annotation_server.embedded.processes import free_port
from tests.servers import KEPT

HEALTHY_SECONDS = 180.0


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where it answers, the process ids of web, worker and captioner by name, and what they were started with."""

    url: str
    supervisor: Supervisor
    environment: dict[str, str]

    @contextmanager
    def paused(self, program: str) -> Iterator[None]:
        """That program ("captioner", for one) does nothing meanwhile: what is queued for it stays so."""
        group = os.getpgid(self.supervisor.process_ids()[program])
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)


def database_url() -> str:
    """The address of the database that pytest-django made for this process."""
    made = connection.settings_dict
    return f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST']}:{made['PORT']}/{made['NAME']}"


class Programs:
    """The product's processes: kept from one test to the next that needs them, gone for every other test, whose jobs their
    workers would take."""

    def __init__(self) -> None:
        self._site: Site | None = None

    def start(self) -> Site:
        """Once they answer; at once where they run already."""
        if self._site is None:
            self._site = _started()
        self._site.supervisor.look()
        return self._site

    def stop(self) -> None:
        """Does nothing where they do not run."""
        if self._site is not None:
            self._site.supervisor.stop()
            self._site = None


PROGRAMS = Programs()


@pytest.fixture(scope="session")
def programs(django_db_setup: None) -> Iterator[Programs]:
    """Started for the first test that needs them, gone before their database is. Use `site`."""
    yield PROGRAMS
    PROGRAMS.stop()


def _started() -> Site:
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "OMP_NUM_THREADS": "1",
        "JOB_HEARTBEAT_SECONDS": "1",
        "JOB_STALE_SECONDS": "5",
        "JOB_REAP_SECONDS": "1",
        "WEBHOOK_SECONDS": "1",
        "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32",
    }
    supervisor = Supervisor(folder=settings.BASE_DIR, logs=settings.VAR / "log", environment=environment)
    try:
        supervisor.start(demo_programs(port=port))
        _wait_until_healthy(f"http://127.0.0.1:{port}", supervisor)
    except BaseException:
        supervisor.stop()
        raise
    return Site(url=f"http://127.0.0.1:{port}", supervisor=supervisor, environment=environment)


@contextmanager
def another_web_process(running: Site, **environment: str) -> Iterator[Site]:
    """One more of the running product, with settings of its own over the same database."""
    port = free_port()
    supervisor = Supervisor(
        folder=settings.BASE_DIR, logs=settings.VAR / "log", environment=running.environment | environment
    )
    supervisor.start([web_program(port=port)])
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", supervisor)
        yield Site(url=f"http://127.0.0.1:{port}", supervisor=supervisor, environment=running.environment)
    finally:
        supervisor.stop()


@pytest.fixture
def site(transactional_db: None, programs: Programs) -> Site:
    """The running product with an empty database."""
    return programs.start()


def _wait_until_healthy(url: str, supervisor: Supervisor) -> None:
    give_up_at = time.monotonic() + HEALTHY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz/", timeout=5):  # noqa: S310 — our own address
                return
        except OSError:
            if time.monotonic() > give_up_at:
                raise
        supervisor.look()
        time.sleep(0.1)


# The tiny captioner's image encoder, made with few scenes and steps: tests of the whole are about the way, not the metrics.
MAKE_ENCODER = """
import sys, pathlib
from captioner.progress import silent
from captioner.encoders.scenes_encoder import cached_folder, make_scenes_encoder
from captioner.storage import locked, published_folder
folder = cached_folder(cache=pathlib.Path(sys.argv[1]), model="scenes-64")
with locked(folder.with_name("making.lock")):
    if not folder.exists():
        with published_folder(folder) as unfinished:
            make_scenes_encoder(folder=unfinished, progress=silent, steps=20, scenes=512)
print(folder)
"""


@pytest.fixture(scope="session")
def kept_encoder() -> Path:
    """Made once for all runs of the tests, beside their servers."""
    command = [sys.executable, "-c", MAKE_ENCODER, str(KEPT / "captioner")]
    made = subprocess.run(command, check=True, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    return Path(made.stdout.strip())


@pytest.fixture
def quick_encoder(kept_encoder: Path) -> None:
    """Where the captioner's worker will look for it."""
    shutil.copytree(
        kept_encoder, settings.CAPTIONER_CACHE / "encoders" / kept_encoder.name, dirs_exist_ok=True
    )
