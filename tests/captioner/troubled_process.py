"""The captioner's command line in trouble, started by tests, once a process. Each variable names whom it befalls, as RANK or
RANK:STEP: `SHORT_OF_MEMORY`, only three rows fit, and `SHORT_IN_EVALUATION`, only two there; `CLOCK_STANDS`, its clock does not
move; `SEES_WORSE`, it finds each evaluation worse than the one before; `READS_OTHERS`, it reads a row fewer; `DIES`, `HANGS`,
`FAILS` and `SIGTERM` at a step; `BAD_LOSS`, at that step and all that follow; `DIES_SAVING`, with half of that step's state
written. `STOPPED_AFTER` is a step after which every process stops.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from captioner.commands import main
from captioner.errors import BadManifest
from captioner.examples.views import View
from captioner.generation.decoding import ContinuousDecoder
from captioner.model.captioner import Captioner
from captioner.training import training_state
from captioner.training.selection import Selection
from captioner.training.sources import ManifestSource
from captioner.training.training_step import StepOutcome, TrainingStep

forward, run, scores = TrainingStep._forward, TrainingStep.run, Selection.scores
decode, batch = ContinuousDecoder.decode, ManifestSource.batch
falling, taken = count(), count()
# The step that is being taken, from 1.
now = 0


def befalls(name: str, *, from_then_on: bool = False) -> bool:
    """Whether it happens to this process at this step."""
    rank, _, step = os.environ.get(name, "").partition(":")
    return rank == os.environ["RANK"] and (not step or int(step) == now or (from_then_on and int(step) < now))


def cramped(self: TrainingStep, batch: Any) -> torch.Tensor:
    # What the allocator raises on a full device is raised here.
    if befalls("SHORT_OF_MEMORY") and len(batch.views) > 3:
        raise torch.OutOfMemoryError("no memory for so many rows")
    loss = forward(self, batch)
    return loss * float("nan") if befalls("BAD_LOSS", from_then_on=True) else loss


def troubled(self: TrainingStep, views: Sequence[View], **said: Any) -> StepOutcome:
    if str(next(taken)) == os.environ.get("STOPPED_AFTER"):
        raise KeyboardInterrupt
    if befalls("DIES"):
        os.kill(os.getpid(), signal.SIGKILL)
    if befalls("HANGS"):
        threading.Event().wait()
    return run(self, views, **said)


def read(self: ManifestSource, step: int) -> list[View]:
    global now
    now = step + 1
    views = batch(self, step)
    if befalls("FAILS"):
        raise BadManifest("The shard 7.tar cannot be read.")
    if befalls("SIGTERM"):
        os.kill(os.getpid(), signal.SIGTERM)
    return views[1:] if befalls("READS_OTHERS") else views


def doubtful(self: Selection, *, model: Captioner, tick: Callable[[], None]) -> dict[str, float]:
    found = scores(self, model=model, tick=tick)
    if befalls("SEES_WORSE"):
        found["eval_loss"] = 100.0 + next(falling)
    return found


def crowded(self: ContinuousDecoder, prompts: Any) -> Any:
    if befalls("SHORT_IN_EVALUATION") and self._settings.slots > 2:
        raise torch.OutOfMemoryError("no memory for so many captions")
    return decode(self, prompts)


def torn(tensors: dict[str, torch.Tensor], path: Path) -> None:
    save_file(tensors, path)
    _, _, step = os.environ.get("DIES_SAVING", "").partition(":")
    if step and int(step) == int(path.parent.name.split(".")[1]):
        os.truncate(path, path.stat().st_size // 2)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    TrainingStep._forward, TrainingStep.run = cramped, troubled  # type: ignore[method-assign]
    Selection.scores, ManifestSource.batch = doubtful, read  # type: ignore[method-assign]
    ContinuousDecoder.decode = crowded  # type: ignore[method-assign]
    training_state.save_file = torn  # type: ignore[attr-defined,assignment]
    if befalls("CLOCK_STANDS"):
        standing = time.monotonic()
        time.monotonic = lambda: standing
    sys.exit(main(sys.argv[1:]))
