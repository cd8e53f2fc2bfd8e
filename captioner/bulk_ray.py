"""Captioning blocks over a Ray cluster: Ray Data streams blocks to actors that hold the model.

An optional extra. Ray is started on this machine unless an address is given; the output and cache folders must then be
ones that every machine sees.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from captioner.blocks import Block
from captioner.bulk import BlockCaptioner, BlockWork
from captioner.errors import MissingExtra
from captioner.progress import Progress


class BlockActor:
    """One worker of the cluster: loads the model once, then captions the blocks that it is given."""

    def __init__(self, work: BlockWork) -> None:
        import torch

        # Several actors on a machine would otherwise each use every core.
        torch.set_num_threads(1)
        self._captioner = BlockCaptioner(work)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        block = Block(number=int(row["number"]), kind=str(row["kind"]), addresses=tuple(row["addresses"]))
        return {"number": block.number, "rows": self._captioner.run(block)}


def run_over_ray(
    *, work: BlockWork, blocks: Sequence[Block], actors: int, address: str | None, progress: Progress
) -> None:
    """Captions the blocks; one that fails fails the call, and what is done stays done."""
    try:
        import ray
    except ImportError as error:
        raise MissingExtra(package="Ray", extra="bulk") from error
    if not blocks:
        return
    started_here = not ray.is_initialized()
    if started_here:
        # On a small machine Ray needs more declared cores than there are, and an explicit object store, to get going.
        local: dict[str, Any] = (
            {} if address else {"num_cpus": max(4, actors + 2), "object_store_memory": 2 * 2**30}
        )
        ray.init(address=address, include_dashboard=False, log_to_driver=False, **local)
    try:
        dataset = ray.data.from_items([asdict(block) for block in blocks], override_num_blocks=len(blocks))
        # Ray takes a class of callables where its types say a function.
        as_function: Any = BlockActor
        captioned = dataset.map(
            as_function,
            fn_constructor_kwargs={"work": work},
            compute=ray.data.ActorPoolStrategy(size=actors),
            num_cpus=1,
        )
        for done, _ in enumerate(captioned.iter_rows(), start=1):
            progress(done=done, total=len(blocks), message="blocks")
    finally:
        if started_here:
            ray.shutdown()
