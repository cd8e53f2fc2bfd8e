"""A worker that is killed as each of its jobs is about to end, when all its last writes are made.

Reads a line of JSON a job (its id, its kind, and settings); answers with the exit status of the process that did it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Each job has a process of its own, forked from this one, which loads torch once."""
    import django

    django.setup()
    from annotation_server.jobs import ON_THE_GPU
    from annotation_server.tasks import cpu

    for line in sys.stdin:
        asked = json.loads(line)
        doors: Any = cpu
        if asked["kind"] in ON_THE_GPU:
            from annotation_server.tasks import gpu as doors
        child = os.fork()
        if child == 0:
            die_at_the_end_of(asked["job"], getattr(doors, asked["kind"]), asked["settings"])
            os._exit(0)  # It never came to its end.
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def die_at_the_end_of(job: str, task: Callable[[str], None], settings: dict[str, str]) -> None:
    """Do it as its task does."""
    from django.conf import settings as ours

    from annotation_server import jobs

    for name, value in settings.items():
        setattr(ours, name, Path(value))
    jobs.finish = lambda **ended: os.kill(os.getpid(), signal.SIGKILL)
    task(job)


main()
