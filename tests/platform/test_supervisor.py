"""The supervisor keeps programs running, says what it does, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from annotation_server.demo.programs import Program
from annotation_server.demo.supervisor import Supervisor
from tests.platform.processes import is_gone

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = Program(name="sleeper", command=("sleep", "600"))


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(folder=tmp_path, logs=tmp_path / "log", environment=os.environ, say=said.append)
    yield made
    made.stop()


def wait_for(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def test_a_killed_program_is_started_again_and_that_is_said(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start([SLEEPER])
    first = supervisor.process_ids()["sleeper"]
    os.kill(first, signal.SIGKILL)

    def is_back() -> bool:
        supervisor.look()
        return supervisor.process_ids()["sleeper"] != first

    wait_for(is_back)
    assert [line.partition(" Its")[0] for line in said] == [
        "sleeper ended by itself (killed by SIGKILL); starting it again in 1 s."
    ]


def test_a_program_that_keeps_failing_is_started_ever_more_rarely_with_its_last_words(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.start([Program(name="broken", command=("sh", "-c", "echo no such module; exit 3"))])

    def failed_twice() -> bool:
        supervisor.look()
        return len(said) == 2

    wait_for(failed_twice)
    log = tmp_path / "log" / "broken.log"
    assert said == [
        f"broken ended by itself (exit code 3); starting it again in {wait} s. "
        f"Its last words: no such module (more in {log})"
        for wait in (1, 2)
    ]


def test_what_a_killed_program_had_started_is_killed_before_it_comes_back(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    script = "sleep 600 & echo $! > grandchild; wait"
    supervisor.start([Program(name="parent", command=("sh", "-c", script))])
    noted = tmp_path / "grandchild"
    wait_for(lambda: noted.exists() and noted.read_text().endswith("\n"))
    grandchild = psutil.Process(int(noted.read_text()))
    os.kill(supervisor.process_ids()["parent"], signal.SIGKILL)

    def grandchild_is_gone() -> bool:
        supervisor.look()
        return is_gone(grandchild)

    wait_for(grandchild_is_gone)


def test_stopping_ends_everything_and_kills_what_does_not_listen(
    supervisor: Supervisor, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation_server.demo.supervisor.STOP_SECONDS", 0.5)
    deaf = Program(name="deaf", command=("sh", "-c", "trap '' TERM; touch deaf; sleep 600; sleep 600"))
    supervisor.start([SLEEPER, deaf])
    wait_for((tmp_path / "deaf").exists)
    programs = [psutil.Process(process_id) for process_id in supervisor.process_ids().values()]
    supervisor.stop()
    assert [is_gone(program) for program in programs] == [True, True]
    assert said == ["deaf did not end in 0 s and was killed."]


def test_programs_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    script = f"""
import os, time
from pathlib import Path
from annotation_server.demo.programs import Program
from annotation_server.demo.supervisor import Supervisor
folder = Path({str(tmp_path)!r})
supervisor = Supervisor(folder=folder, logs=folder, environment=os.environ)
supervisor.start([Program(name="sleeper", command=("sleep", "600"))])
print(supervisor.process_ids()["sleeper"], flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        sleeper = psutil.Process(int(parent.stdout.readline()))
        assert not is_gone(sleeper)
        parent.kill()
    wait_for(lambda: is_gone(sleeper))
