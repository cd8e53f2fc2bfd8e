"""Label Studio's import and export beside ours: the same rows, one session, one Postgres.

A row is a picture, its alt-text and a caption that somebody wrote. Label Studio gets tasks with the address of a picture, which
it does not open, and one annotation; we get the pictures, decode, hash and render them. Label Studio is also given the pictures
themselves, as a person uploads them, without texts: it keeps the files, each as a task. CPU is that of program and Postgres.
"""

import json
import os
import secrets
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import requests

from annotation_server.embedded.processes import free_port, spawn, stop
from bench.server import tree_cpu_seconds

SLOW_START_SECONDS = 600.0
UPLOADED_TOGETHER = 100
LABELS = (
    '<View><Image name="image" value="$image"/><Text name="alt" value="$alt_text"/>'
    '<TextArea name="caption" toName="image"/></View>'
)
WITHOUT_TEXT = LABELS.replace('<Text name="alt" value="$alt_text"/>', "")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one import or export."""

    rows: int
    seconds: float
    cpu_seconds: float

    def line(self, what: str) -> str:
        return (
            f"{what:<48} {self.rows:>9,} rows {self.rows / self.seconds:>9,.1f} rows/s "
            f"{self.cpu_seconds / self.rows * 1_000:>7.2f} ms CPU/row"
        )


def cost_of(work: Callable[[], object], *, rows: int, server: int, program: int | None = None) -> Cost:
    """Of the processes of `server` and of `program`; without a program, `work` does it itself, with those that it starts and
    waits for."""
    before, began = _cpu_seconds(server, program), time.perf_counter()
    work()
    return Cost(
        rows=rows, seconds=time.perf_counter() - began, cpu_seconds=_cpu_seconds(server, program) - before
    )


def _cpu_seconds(server: int, program: int | None) -> float:
    return tree_cpu_seconds(server) + (sum(os.times()[:4]) if program is None else tree_cpu_seconds(program))


@dataclass(frozen=True, kw_only=True)
class LabelStudio:
    """A server of theirs that runs, and somebody's token."""

    url: str
    process: int
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON."""
        request = urllib.request.Request(  # noqa: S310 — the server that we started
            f"{self.url}/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Token {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SLOW_START_SECONDS) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()[:500]}") from error

    def upload(self, project: int, files: list[Path]) -> None:
        """Pictures into a project of theirs, each a task."""
        answer = requests.post(
            f"{self.url}/api/projects/{project}/import",
            headers={"Authorization": f"Token {self.token}"},
            files=[(file.name, (file.name, file.read_bytes(), "image/jpeg")) for file in files],
            timeout=SLOW_START_SECONDS,
        )
        if not answer.ok:
            raise RuntimeError(f"uploading: {answer.status_code} {answer.text[:500]}")


def measure_label_studio(program: Path, folder: Path, *, manifest: Path, postgres: int) -> dict[str, Cost]:
    """Import `manifest`'s rows into a new project of theirs, and export them."""
    rows = [json.loads(line) for line in manifest.read_text().splitlines()]
    tasks = [_task(row) for row in rows]
    with _served(program, folder) as theirs:
        project = theirs.call("POST", "projects/", {"title": "bench", "label_config": LABELS})["id"]

        def import_all() -> None:
            theirs.call("POST", f"projects/{project}/import", tasks)
            while theirs.call("GET", f"projects/{project}/")["task_number"] < len(tasks):
                time.sleep(0.2)

        pictures = theirs.call("POST", "projects/", {"title": "pictures", "label_config": WITHOUT_TEXT})["id"]

        def upload_all() -> None:
            for start in range(0, len(rows), UPLOADED_TOGETHER):
                part = rows[start : start + UPLOADED_TOGETHER]
                theirs.upload(pictures, [manifest.parent / row["image"] for row in part])
            assert theirs.call("GET", f"projects/{pictures}/")["task_number"] == len(rows)

        exported: list[Any] = []
        costs = {
            "import": cost_of(import_all, rows=len(rows), server=postgres, program=theirs.process),
            "upload": cost_of(upload_all, rows=len(rows), server=postgres, program=theirs.process),
            "export": cost_of(
                lambda: exported.extend(theirs.call("GET", f"projects/{project}/export?exportType=JSON")),
                rows=len(rows),
                server=postgres,
                program=theirs.process,
            ),
        }
        assert len(exported) == len(rows)
        assert all(task["annotations"] for task in exported)
        return costs


def _task(row: dict[str, Any]) -> dict[str, Any]:
    result = {
        "from_name": "caption",
        "to_name": "image",
        "type": "textarea",
        "value": {"text": [row["round1"]]},
    }
    return {
        "data": {"image": f"http://127.0.0.1/{row['image']}", "alt_text": row["alt_text"]},
        "annotations": [{"result": [result]}],
    }


@contextmanager
def _served(program: Path, folder: Path) -> Iterator[LabelStudio]:
    """Label Studio as it is started for real, on a database of its own in our Postgres."""
    port, token, database = free_port(), secrets.token_hex(20), urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE label_studio")
    home = folder / "label-studio"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DJANGO_DB": "default",
        "POSTGRE_USER": database.username or "",
        "POSTGRE_PASSWORD": database.password or "",
        "POSTGRE_NAME": "label_studio",
        "POSTGRE_HOST": database.hostname or "",
        "POSTGRE_PORT": str(database.port),
        "LABEL_STUDIO_BASE_DATA_DIR": str(home),
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    }
    command = [str(program), "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port),
               "--username", "bench@example.org", "--password", secrets.token_urlsafe(16), "--user-token", token,
               "--enable-legacy-api-token", "--log-level", "WARNING"]  # fmt: skip
    process = spawn(command=command, log=home / "log", folder=home, environment=environment)
    try:
        theirs = LabelStudio(url=f"http://127.0.0.1:{port}", process=process.pid, token=token)
        _wait(theirs, process=process, log=home / "log")
        yield theirs
    finally:
        stop(process)
        shutil.rmtree(home, ignore_errors=True)


def _wait(theirs: LabelStudio, *, process: Any, log: Path) -> None:
    """Its first start takes minutes: it migrates."""
    give_up_at = time.monotonic() + SLOW_START_SECONDS
    while True:
        try:
            theirs.call("GET", "projects/")
        except (OSError, RuntimeError):
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"Label Studio does not answer:\n{log.read_text()[-2_000:]}") from None
            time.sleep(1)
        else:
            return
