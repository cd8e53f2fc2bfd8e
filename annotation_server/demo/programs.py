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


PYTHON = sys.executable
CELERY_WORKER = (PYTHON, "-m", "celery", "-A", "annotation_server", "worker", "--loglevel", "info")

# Of each web worker. A body that comes slowly keeps one busy until it is there, unless a proxy takes requests in whole.
WEB_THREADS = 4
# What a request's first line and headers may have together.
HEAD_BYTES = 65_536


def web_program(*, port: int) -> Program:
    options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 2 --blocking-threads {WEB_THREADS} --no-ws"
    # A body over HTTP/2 need not say how long it is.
    bounds = f"--http 1 --http1-buffer-size {HEAD_BYTES}"
    on_trouble = "--respawn-failed-workers --workers-kill-timeout 5"
    application = "annotation_server.wsgi:application"
    return Program(
        name="web",
        command=(
            *(PYTHON, "-m", "granian", *options.split(), *bounds.split()),
            *(*on_trouble.split(), application),
        ),
    )


def worker_program() -> Program:
    """Ordinary jobs."""
    return Program(name="worker", command=(*CELERY_WORKER, *["-Q", "cpu", "-n", "cpu@%h", "-c", "2"]))


def housekeeping_program() -> Program:
    """What is short and keeps the others going, and (-B) the clock for it: long jobs never stand before it."""
    options = "-Q short -n short@%h --pool threads -c 2 -B"
    return Program(name="housekeeping", command=(*CELERY_WORKER, *options.split()))


def captioner_program() -> Program:
    """The captioner's jobs, in one process that never forks: torch, once used, does not survive a fork.

    Killed at the end: its job is taken up again where its last checkpoint was, as after any other death, and the
    solo pool has no way to end at once that would not make the job fail.
    """
    options = "-Q gpu -n gpu@%h --pool solo -I annotation_server.tasks.gpu --without-gossip --without-mingle"
    return Program(name="captioner", command=(*CELERY_WORKER, *options.split()), end_signal=signal.SIGKILL)


def demo_programs(*, port: int) -> list[Program]:
    return [web_program(port=port), worker_program(), housekeeping_program(), captioner_program()]
