"""The captioner's command line in trouble, started by tests, once a process: `SHORT_OF_MEMORY`, a rank in which only three
rows fit; `STOPPED_AFTER`, a step after which every process stops.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

import torch

from captioner.commands import main
from captioner.data import View
from captioner.training_step import TrainingStep

forward, run = TrainingStep._forward, TrainingStep.run


def cramped(self: TrainingStep, batch: Any) -> torch.Tensor:
    # What the allocator raises on a full device is raised here.
    if os.environ["RANK"] == os.environ.get("SHORT_OF_MEMORY") and len(batch.views) > 3:
        raise torch.OutOfMemoryError("no memory for so many rows")
    return forward(self, batch)


def stopped(self: TrainingStep, views: Sequence[View], *, step: int, learning_rate: float) -> float:
    if str(step - 1) == os.environ.get("STOPPED_AFTER"):
        raise KeyboardInterrupt
    return run(self, views, step=step, learning_rate=learning_rate)


if __name__ == "__main__":
    TrainingStep._forward, TrainingStep.run = cramped, stopped  # type: ignore[method-assign]
    sys.exit(main(sys.argv[1:]))
