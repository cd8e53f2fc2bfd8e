"""Real processes against the test's own database and Redis, each in a group of its own so that it can be killed whole."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from annotation_server.demo.programs import demo_programs
from annotation_server.embedded.processes import spawn
from tests.site import database_url

PATIENCE_SECONDS = 60.0


@pytest.fixture
def start(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """start("worker") runs that program of the demo, with these variables changed; killed at the end of the test. With the
    first worker comes the housekeeping that finds its jobs when it died."""
    started: list[subprocess.Popen[bytes]] = []
    housekeeping: list[subprocess.Popen[bytes]] = []

    def run(name: str, *, port: int = 0, **changed: str) -> subprocess.Popen[bytes]:
        [program] = [one for one in demo_programs(port=port) if one.name == name]
        process = spawn(
            command=program.command,
            log=tmp_path / f"{name}.log",
            folder=settings.BASE_DIR,
            environment={
                **os.environ,
                "DATABASE_URL": database_url(),
                "REDIS_URL": settings.REDIS_URL,
                "ALTOGETHER_VAR": str(tmp_path),
                "JOB_HEARTBEAT_SECONDS": "1",
                "JOB_STALE_SECONDS": "3",
                "JOB_REAP_SECONDS": "1",
                **changed,
            },
        )
        started.append(process)
        if name == "worker" and not housekeeping:
            housekeeping.append(run("housekeeping", port=0, **changed))
        return process

    yield run
    for process in started:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the program and all its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # It has ended.
    process.wait()


def wait_until(true: Callable[[], bool], *, what: str, patience: float = PATIENCE_SECONDS) -> None:
    """Look ten times a second, for a minute."""
    give_up_at = time.monotonic() + patience
    while not true():
        assert time.monotonic() < give_up_at, f"This did not happen: {what}."
        time.sleep(0.1)
