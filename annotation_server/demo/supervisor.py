"""Starts programs, starts them again when they end by themselves, stops them all."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotation_server.demo.programs import Program
from annotation_server.embedded.processes import last_line, spawn

# A program that keeps ending is started after 1, 2, 4 … seconds, at most this many; one that ran longer starts afresh.
LONGEST_WAIT_SECONDS = 30.0
STOP_SECONDS = 15.0


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes]
    started_at: float
    waits: int = 0
    start_again_at: float | None = None


class Supervisor:
    """`say` tells a person what happened. Use it in the main thread: the programs end with it."""

    def __init__(
        self, *, folder: Path, logs: Path, environment: Mapping[str, str], say: Callable[[str], None] = print
    ) -> None:
        self._folder = folder
        self._logs = logs
        self._environment = environment
        self._say = say
        self._children: list[_Child] = []

    def start(self, programs: Sequence[Program]) -> None:
        for program in programs:
            self._children.append(_Child(program, self._spawn(program), time.monotonic()))

    def process_ids(self) -> dict[str, int]:
        return {child.program.name: child.process.pid for child in self._children}

    def log(self, program: Program) -> Path:
        return self._logs / f"{program.name}.log"

    def look(self) -> None:
        """Notice what ended and start what is due. To be called about twice a second."""
        now = time.monotonic()
        for child in self._children:
            if child.start_again_at is not None:
                if now >= child.start_again_at:
                    child.process, child.started_at, child.start_again_at = (
                        self._spawn(child.program),
                        now,
                        None,
                    )
            elif child.process.poll() is not None:
                self._plan_restart(child, now)

    def stop(self) -> None:
        """Ask all to end at once, and kill those that have not in time."""
        for child in self._children:
            if child.process.poll() is None:
                child.process.send_signal(child.program.end_signal)
        give_up_at = time.monotonic() + STOP_SECONDS
        for child in self._children:
            try:
                child.process.wait(max(0.0, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"{child.program.name} did not end in {STOP_SECONDS:.0f} s and was killed.")
            _kill_group(child.process)
            child.process.wait()
        self._children = []

    def _plan_restart(self, child: _Child, now: float) -> None:
        # What it had started must not go on beside its successor.
        _kill_group(child.process)
        if now - child.started_at > LONGEST_WAIT_SECONDS:
            child.waits = 0
        wait = min(2.0**child.waits, LONGEST_WAIT_SECONDS)
        child.waits += 1
        child.start_again_at = now + wait
        name, log = child.program.name, self.log(child.program)
        self._say(
            f"{name} ended by itself ({_how(child.process.returncode)}); starting it again in {wait:.0f} s. "
            f"Its last words: {last_line(log)} (more in {log})"
        )

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        return spawn(
            command=program.command,
            log=self.log(program),
            folder=self._folder,
            environment=self._environment,
            end_signal=program.end_signal,
        )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # the whole group has ended


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
