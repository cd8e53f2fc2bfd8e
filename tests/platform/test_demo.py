"""`make demo`, the real thing: up, killed, up again with what was there, stopped without a trace."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from annotation_server.embedded.processes import free_port
from tests.platform.processes import is_gone, programs_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.serial, pytest.mark.timeout(600)]


@contextmanager
def demo(var: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The running demo and what it printed until it was up."""
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    with subprocess.Popen(
        [sys.executable, "-m", "annotation_server.demo"],
        cwd=ROOT,
        env=ours | {"ALTOGETHER_VAR": str(var), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith("Logs are in"):
                break
        try:
            yield process, lines
        finally:
            process.terminate()


def wait_until_gone(programs: list[psutil.Process]) -> None:
    give_up_at = time.monotonic() + 60
    while left := [program for program in programs if not is_gone(program)]:
        assert time.monotonic() < give_up_at, left
        time.sleep(0.1)


def links(lines: list[str]) -> dict[str, str]:
    return {name: link for line in lines for name, link in re.findall(r"^([\w-]+) +(http://\S+)$", line)}


def seeded(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(("Photographs:", "Scenes:"))]


def test_the_demo_comes_up_survives_a_kill_and_stops(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port) as (process, first):
        assert set(links(first)) == {"admin", "reviewer", "annotator-1", "annotator-2"}
        assert len(seeded(first)) == 2
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert page.status == 200
        started = programs_of(process.pid)
        assert len(started) >= 4
        process.kill()
        process.wait()
        wait_until_gone(started)

    with demo(tmp_path, port) as (process, second):
        assert seeded(second) == seeded(first)
        assert links(second).keys() == links(first).keys()
        assert not set(links(second).values()) & set(links(first).values())
        started = programs_of(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert [program for program in started if not is_gone(program)] == []


def test_a_script_ends_what_it_started_in_the_background(tmp_path: Path) -> None:
    """Shells start that with SIGINT ignored. make ignores it for good then, so the number to send it to is printed."""
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    script = f"'{sys.executable}' -m annotation_server.demo & wait $!"
    with subprocess.Popen(
        ["sh", "-c", script],
        cwd=ROOT,
        env=ours | {"ALTOGETHER_VAR": str(tmp_path), "PORT": str(free_port()), "DEMO": "0"},
        stdout=subprocess.PIPE,
        text=True,
    ) as shell:
        assert shell.stdout is not None
        said = next(line for line in shell.stdout if line.startswith("Logs are in"))
        process = psutil.Process(int(said.rsplit("kill ", 1)[1].removesuffix(".\n")))
        started = programs_of(process.pid)
        process.send_signal(signal.SIGINT)
        assert shell.wait(60) == 0
    assert [program for program in [process, *started] if not is_gone(program)] == []
