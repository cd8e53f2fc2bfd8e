"""The process that drives Ray for bulk_ray.py: Ray Data streams blocks to actors that hold the model.

An optional extra. Ray is started on this machine unless an address is given; the captioner must then be installed on every
machine, and checkpoint, output and cache be at the same place on all.
"""

import logging
import math
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from captioner.bulk.block_files import UNFINISHED
from captioner.bulk.block_work import BlockCaptioner, BlockWork
from captioner.bulk.blocks import Block
from captioner.errors import ActorDied, CaptionerError, NoCluster, RayFailed

# Of a block whose actors die: it may be what kills them (with its memory, say).
TRIES: Final = 4
# With fewer declared cores or a smaller store Ray Data does not get going on a small machine, though it uses neither.
DECLARED_CORES: Final = 4
STORE_BYTES: Final = 2 * 2**30


@dataclass(frozen=True, kw_only=True)
class RayJob:
    """What is to be done. `folder` is where Ray may keep what it needs while it runs; relative paths are of `started_in`."""

    work: BlockWork
    blocks: tuple[Block, ...]
    actors: int
    address: str | None
    folder: str
    started_in: Path


class BlockActor:
    """One worker of the cluster: loads the model once, then captions the blocks that it is given."""

    def __init__(self, *, work: BlockWork, folder: Path) -> None:
        self._work = work
        # Relative paths mean the same here as where the call was made, if the machine has the folder at all.
        with suppress(FileNotFoundError):
            os.chdir(folder)

    @cached_property
    def _captioner(self) -> BlockCaptioner:
        import torch

        # Several actors on a machine would otherwise each use every core.
        torch.set_num_threads(1)
        return BlockCaptioner(self._work)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """How the block went: Ray Data would wrap a refusal until nobody could tell what it was."""
        block = Block(number=int(row["number"]), kind=str(row["kind"]), addresses=tuple(row["addresses"]))
        try:
            with self._counted(block):
                self._captioner.run(block)
        except CaptionerError as refusal:
            return {"number": block.number, "refusal": str(refusal)}
        return {"number": block.number, "refusal": ""}

    @contextmanager
    def _counted(self, block: Block) -> Iterator[None]:
        """Ray Data hands a block on for ever when an actor dies over it, so the output folder counts. Raises ActorDied."""
        tries = self._work.output / f"{block.number}.tries{UNFINISHED}"
        with tries.open("ab") as file:
            if file.tell() == TRIES:
                raise ActorDied(times=TRIES)
            file.write(b"x")
        yield
        tries.unlink(missing_ok=True)


def gpus_each(*, actors: int, gpus: int) -> float:
    """The part of a GPU that an actor gets, so that all find room on the GPUs there are."""
    return 1 / math.ceil(actors / gpus) if gpus else 0


def captioned_blocks(job: RayJob) -> Iterator[int]:
    """The numbers of the blocks as they are done. Raises what the captioner refuses."""
    import ray
    import ray.data

    _connect(job)
    gpus = gpus_each(actors=job.actors, gpus=int(ray.cluster_resources().get("GPU", 0)))
    dataset = ray.data.from_items(
        [asdict(block) for block in job.blocks], override_num_blocks=len(job.blocks)
    )
    # Ray takes a class of callables where its types say a function.
    as_function: Any = BlockActor
    captioned = dataset.map(
        as_function,
        fn_constructor_kwargs={"work": job.work, "folder": job.started_in},
        compute=ray.data.ActorPoolStrategy(size=job.actors),
        num_cpus=1,
        num_gpus=gpus or None,
    )
    for batch in captioned.iter_batches(batch_size=None, prefetch_batches=0):
        for number, refusal in zip(batch["number"], batch["refusal"], strict=True):
            if refusal:
                raise CaptionerError(str(refusal))
            yield int(number)


def _connect(job: RayJob) -> None:
    import ray

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    if job.address is None:
        ray.init(
            address="local",
            num_cpus=max(DECLARED_CORES, job.actors + 2),
            object_store_memory=STORE_BYTES,
            include_dashboard=False,
            log_to_driver=False,
            _temp_dir=job.folder,
        )
        return
    try:
        ray.init(address=job.address, log_to_driver=False)
    except ConnectionError as error:
        raise NoCluster(address=job.address) from error


def _end_with_standard_input() -> None:
    """The process that asked for the work keeps it open while it lives and wants the work."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """With a descriptor as its one argument: the job comes pickled by the standard input; numbers of blocks that are done
    go out by the descriptor, or the error that ends it."""
    # Ray would tell its makers every hour what it is used for.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # From our own parent.
    # nosemgrep: no-pickle
    job: RayJob = pickle.load(sys.stdin.buffer)  # noqa: S301 — our parent's own
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    with Connection(int(sys.argv[1]), readable=False) as telling:
        try:
            for number in captioned_blocks(job):
                telling.send(number)
        except CaptionerError as refusal:
            telling.send(refusal)
        except Exception as error:
            logging.getLogger(__name__).exception("Ray failed")
            telling.send(RayFailed(f"{type(error).__name__}: {error}".splitlines()[0]))
