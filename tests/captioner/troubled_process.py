"""The captioner's command line in trouble, started by tests, once a process: `SHORT_OF_MEMORY`, a rank in which only three
rows fit; `STOPPED_AFTER`, a step after which every process stops; `CLOCK_STANDS`, a rank whose clock does not move;
`SEES_WORSE`, a rank that finds each evaluation worse than the one before.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import torch

from captioner.commands import main
from captioner.examples.views import View
from captioner.model.captioner import Captioner
from captioner.training.selection import Selection
from captioner.training.training_step import StepOutcome, TrainingStep

forward, run, scores = TrainingStep._forward, TrainingStep.run, Selection.scores
falling, taken = count(), count()


def cramped(self: TrainingStep, batch: Any) -> torch.Tensor:
    # What the allocator raises on a full device is raised here.
    if os.environ["RANK"] == os.environ.get("SHORT_OF_MEMORY") and len(batch.views) > 3:
        raise torch.OutOfMemoryError("no memory for so many rows")
    return forward(self, batch)


def stopped(self: TrainingStep, views: Sequence[View], **said: Any) -> StepOutcome:
    if str(next(taken)) == os.environ.get("STOPPED_AFTER"):
        raise KeyboardInterrupt
    return run(self, views, **said)


def doubtful(self: Selection, *, model: Captioner, tick: Callable[[], None]) -> dict[str, float]:
    found = scores(self, model=model, tick=tick)
    if os.environ["RANK"] == os.environ.get("SEES_WORSE"):
        found["eval_loss"] = 100.0 + next(falling)
    return found


if __name__ == "__main__":
    TrainingStep._forward, TrainingStep.run = cramped, stopped  # type: ignore[method-assign]
    Selection.scores = doubtful  # type: ignore[method-assign]
    if os.environ["RANK"] == os.environ.get("CLOCK_STANDS"):
        standing = time.monotonic()
        time.monotonic = lambda: standing
    sys.exit(main(sys.argv[1:]))
