"""Captioning blocks over a Ray cluster, from here: a process of its own drives Ray (ray_driver.py) and says how far it is.

Ray takes over its process: it sets handlers of signals, wants the real standard error, and kills any process that still
reads a stream of Ray Data when it is stopped. A worker of the server must outlive all that, and stop the work at any moment.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from captioner.bulk.block_work import BlockWork
from captioner.bulk.blocks import Block
from captioner.bulk.ray_driver import RayJob
from captioner.errors import MissingExtra, RayFailed
from captioner.progress import Progress

LOOK_EVERY_SECONDS: Final = 1.0
STOP_SECONDS: Final = 20.0
# Not `-m`: Ray finds the actors' class by the name of its module.
START: Final = "from captioner.bulk.ray_driver import main; main()"


def run_over_ray(
    *, work: BlockWork, blocks: Sequence[Block], actors: int, address: str | None, progress: Progress
) -> None:
    """Captions the blocks; one that fails fails the call, and what is done stays done. `progress` is told all the while; what
    it raises ends the work. Leaves nothing of Ray running."""
    if not blocks:
        return
    if find_spec("ray") is None:
        raise MissingExtra(package="Ray", extra="bulk")
    hearing, telling = Pipe(duplex=False)
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder, hearing:
        job = RayJob(
            work=work,
            blocks=tuple(blocks),
            actors=min(actors, len(blocks)),
            address=address,
            folder=folder,
            started_in=Path.cwd(),
        )
        with telling:
            driver = subprocess.Popen(
                [sys.executable, "-c", START, str(telling.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[telling.fileno()],
            )
        try:
            if driver.stdin:  # It stays open: the driver ends when it is closed, by our death too.
                with suppress(BrokenPipeError):  # It has died; that is heard.
                    driver.stdin.write(pickle.dumps(job))
                    driver.stdin.flush()
            _listen(hearing, total=len(blocks), progress=progress)
            with suppress(subprocess.TimeoutExpired):
                driver.wait(STOP_SECONDS)  # It stops Ray, and is not to be disturbed.
        finally:
            _stop(driver)


def _listen(hearing: "Connection[object, object]", *, total: int, progress: Progress) -> None:
    done = 0
    while done < total:
        progress(done=done, total=total, message="blocks")
        if not hearing.poll(LOOK_EVERY_SECONDS):
            continue
        try:
            said = hearing.recv()
        except EOFError as error:
            raise RayFailed("its process died") from error
        if isinstance(said, Exception):
            raise said
        done += 1
    progress(done=done, total=total, message="blocks")


def _stop(driver: "subprocess.Popen[bytes]") -> None:
    """By this signal Ray stops what it has started."""
    driver.terminate()
    try:
        driver.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        driver.kill()
        driver.wait()
