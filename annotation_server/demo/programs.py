"""What the demo runs beside Postgres and Redis."""

import signal
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """`end_signal` is how it is asked to end."""

    name: str
    command: tuple[str, ...]
    end_signal: signal.Signals = signal.SIGTERM


def demo_programs(*, port: int) -> list[Program]:
    celery = (sys.executable, "-m", "celery", "-A", "annotation_server")
    return [
        Program(
            name="web",
            command=(
                *(
                    sys.executable,
                    "-m",
                    "granian",
                    "--interface",
                    "wsgi",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    str(port),
                ),
                *("--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"),
                *("--workers-kill-timeout", "5", "annotation_server.wsgi:application"),
            ),
        ),
        Program(
            name="worker",
            # With the clock that looks for jobs whose worker died.
            command=(*celery, "worker", "-Q", "cpu", "-n", "cpu@%h", "-c", "2", "-B", "--loglevel", "info"),
        ),
        Program(
            name="captioner",
            # One process and no fork: torch, once used, does not survive a fork.
            command=(
                *(*celery, "worker", "-Q", "gpu", "-n", "gpu@%h", "--pool", "solo", "--loglevel", "info"),
                *("-I", "annotation_server.tasks.gpu"),
            ),
            # Killed: its job is taken up again where its last checkpoint was, as after any other death, and the solo
            # pool has no way to end at once that would not make the job fail.
            end_signal=signal.SIGKILL,
        ),
    ]
