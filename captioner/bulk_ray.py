"""Captioning blocks over a Ray cluster: actors hold the model, and each is handed the next block when it is free.

An optional extra. Ray is started on this machine unless an address is given; the captioner must then be installed on every
machine, and checkpoint, output and cache be at the same place on all. Why Ray's actors and not Ray Data:
docs/decisions/0005-ray-actors-not-ray-data.md.
"""

import math
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from captioner.blocks import Block
from captioner.bulk import BlockCaptioner, BlockWork
from captioner.errors import ActorDied, MissingExtra, NoCluster
from captioner.progress import Progress

LOOK_EVERY_SECONDS: Final = 1.0
# Of a block whose actor died: a block that kills its actors (with its memory, say) must not go round for ever.
RETRIES: Final = 3
# Blocks travel as addresses and come back as counts, so the store that Ray moves data in may be its smallest.
STORE_BYTES: Final = 100 * 2**20


class BlockActor:
    """One worker of the cluster: loads the model once, then captions the blocks that it is given."""

    def __init__(self, *, work: BlockWork, folder: Path) -> None:
        self._work = work
        # Where the call was made: relative paths mean the same here, if the machine has the folder at all.
        with suppress(FileNotFoundError):
            os.chdir(folder)

    @cached_property
    def _captioner(self) -> BlockCaptioner:
        import torch

        # Several actors on a machine would otherwise each use every core.
        torch.set_num_threads(1)
        return BlockCaptioner(self._work)

    def load(self) -> None:
        """Loads the model: an actor that the cluster has no room for never answers, so it is given no block either."""
        _ = self._captioner

    def run(self, block: Block) -> None:
        self._captioner.run(block)


def run_over_ray(
    *, work: BlockWork, blocks: Sequence[Block], actors: int, address: str | None, progress: Progress
) -> None:
    """Captions the blocks; one that fails fails the call, and what is done stays done. Leaves nothing of Ray running."""
    if not blocks:
        return
    try:
        import ray
    except ImportError as error:
        raise MissingExtra(package="Ray", extra="bulk") from error
    actors = min(actors, len(blocks))
    with _connected(actors=actors, address=address):
        gpus = gpus_each(actors=actors, gpus=int(ray.cluster_resources().get("GPU", 0)))
        placed = ray.remote(num_cpus=1, num_gpus=gpus, max_restarts=-1, max_task_retries=RETRIES)
        # Ray's types say that this may still be the class.
        as_actor: Any = placed(BlockActor)
        pool = [as_actor.remote(work=work, folder=Path.cwd()) for _ in range(actors)]
        try:
            _hand_out(pool=pool, blocks=blocks, progress=progress)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except ray.exceptions.RayActorError as error:
            raise ActorDied(times=RETRIES + 1) from error
        finally:
            for actor in pool:
                ray.kill(actor)


def gpus_each(*, actors: int, gpus: int) -> float:
    """The part of a GPU that an actor gets, so that all find room on the GPUs there are."""
    return 1 / math.ceil(actors / gpus) if gpus else 0


def _hand_out(*, pool: Sequence[Any], blocks: Sequence[Block], progress: Progress) -> None:
    """A block to each actor that has loaded its model, the next when it is done; tells how far that is all the while."""
    import ray

    left, done = deque(blocks), 0
    # What an answer will be worth, in blocks.
    awaited = {actor.load.remote(): (actor, 0) for actor in pool}
    while done < len(blocks):
        progress(done=done, total=len(blocks), message="blocks")
        for answer in ray.wait(list(awaited), timeout=LOOK_EVERY_SECONDS)[0]:
            actor, worth = awaited.pop(answer)
            ray.get(answer)
            done += worth
            if left:
                awaited[actor.run.remote(left.popleft())] = (actor, 1)
    progress(done=done, total=len(blocks), message="blocks")


@contextmanager
def _connected(*, actors: int, address: str | None) -> Iterator[None]:
    """Connected to the cluster, or to one that lives for the block alone; a caller that is connected stays as it was."""
    import ray

    if ray.is_initialized():
        yield
        return
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        try:
            # Ray wants the descriptor of the standard error. What a worker of the server puts in its place has none.
            with _sigterm_kept(), redirect_stderr(sys.__stderr__):
                _connect(actors=actors, address=address, folder=folder)
            yield
        finally:
            with _sigterm_kept():
                ray.shutdown()


def _connect(*, actors: int, address: str | None, folder: str) -> None:
    import ray

    # Ray would tell its makers every hour what it is used for.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not address:
        ray.init(
            address="local",
            num_cpus=actors,
            object_store_memory=STORE_BYTES,
            include_dashboard=False,
            log_to_driver=False,
            _temp_dir=folder,
        )
        return
    try:
        ray.init(address=address, log_to_driver=False)
    except ConnectionError as error:
        raise NoCluster(address=address) from error


@contextmanager
def _sigterm_kept() -> Iterator[None]:
    """Ray takes this signal over when it starts and gives it up when it ends; a worker of the server ends by it."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)
