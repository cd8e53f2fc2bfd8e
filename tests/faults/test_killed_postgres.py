"""Postgres killed with -9 and restarted while people submit: what was acknowledged is there, once, and they go on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT, SIGKILL
from subprocess import Popen

import psycopg
import pytest
from django.conf import settings

from annotation_server.embedded.processes import free_port
from annotation_server.embedded.servers import EmbeddedServers
from tests.faults.conftest import wait_until
from tests.faults.test_killed_web import Annotator
from tests.faults.test_redis_absent import answers

PEOPLE, TASKS = 4, 60


@pytest.mark.faults
def test_every_acknowledged_submission_is_there_once(
    start: Callable[..., Popen[bytes]], tmp_path: Path
) -> None:
    with EmbeddedServers(var=tmp_path / "own", redis_url=settings.REDIS_URL) as own:
        database = {"DATABASE_URL": own.addresses.database_url}
        command = [sys.executable, "tests/faults/round_process.py", str(TASKS), str(PEOPLE)]
        environment = os.environ | database | {"PYTHONPATH": str(settings.BASE_DIR)}
        made = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE
        )
        round = json.loads(made.stdout)
        url = f"http://127.0.0.1:{(port := free_port())}"
        start("web", port=port, **database)
        wait_until(lambda: answers(url), what="the web server is up")
        annotators = [
            Annotator(url=url, round_id=round["round"], name=name, secret=secret)
            for name, secret in round["tokens"].items()
        ]
        for annotator in annotators:
            annotator.start()

        def reached(wanted: int) -> Callable[[], bool]:
            return lambda: sum(len(annotator.acknowledged) for annotator in annotators) >= wanted

        try:
            for wanted, end_signal in ((10, SIGKILL), (25, SIGINT), (40, SIGKILL)):
                wait_until(reached(wanted), what=f"{wanted} captions are acknowledged")
                os.kill(own.process_ids()["Postgres"], end_signal)
                wait_until(lambda: own.dead() == ["Postgres"], what="Postgres is gone")
                own.restart_dead()
            wait_until(lambda: not any(each.is_alive() for each in annotators), what="everybody has finished")
        finally:
            for annotator in annotators:
                annotator.stopped.set()
        with psycopg.connect(own.addresses.database_url) as connection:
            rows = connection.execute("SELECT text, id FROM caption").fetchall()
    kept: dict[str, int] = dict(rows)
    assert (len(rows), len(kept)) == (TASKS, TASKS)
    assert kept == {text: pk for each in annotators for text, pk in each.acknowledged.items()}
    assert sum(annotator.troubles for annotator in annotators) > 0, "the kills were noticed"
