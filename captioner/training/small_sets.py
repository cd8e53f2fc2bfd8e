"""A schedule for a set that is too small for the recipe's own.

The paper's fine-tuning warms up over 200 steps of 512 rows. A project with a few hundred annotated images takes fewer steps
than that, and would be trained at a learning rate near zero from its first step to its last.
"""

import dataclasses
from typing import Final

from captioner.config import CaptionerConfig
from captioner.training.sources import step_count

# A warm-up that is no longer than this share of the steps is left alone; a longer one becomes WARMUP_SHARE.
LONGEST_WARMUP_SHARE: Final = 0.5
WARMUP_SHARE: Final = 0.1
BATCHES_AN_EPOCH: Final = 8
SMALLEST_BATCH: Final = 8


def fitted(*, config: CaptionerConfig, rows: int) -> tuple[CaptionerConfig, str]:
    """The settings for so many rows, and one sentence on what was changed and why; '' where nothing was."""
    training = config.training
    steps = step_count(training=training, examples=rows)
    if training.warmup_steps <= LONGEST_WARMUP_SHARE * steps:
        return config, ""
    batch = training.batch_size
    while batch > SMALLEST_BATCH and rows < BATCHES_AN_EPOCH * batch:
        batch = max(SMALLEST_BATCH, batch // 2)
    smaller = dataclasses.replace(
        training, batch_size=batch, micro_batch_size=min(batch, training.micro_batch_size)
    )
    new_steps = step_count(training=smaller, examples=rows)
    # Smaller batches alone may be enough.
    if training.warmup_steps > LONGEST_WARMUP_SHARE * new_steps:
        smaller = dataclasses.replace(smaller, warmup_steps=round(WARMUP_SHARE * new_steps))
    changes = [
        f"{name} is {getattr(smaller, field):,} instead of {getattr(training, field):,}"
        for name, field in (("the batch size", "batch_size"), ("the warm-up", "warmup_steps"))
        if getattr(smaller, field) != getattr(training, field)
    ]
    why = (
        f"With {rows:,} training images the recipe {config.name!r} takes {_steps(steps)}, fewer than its warm-up needs, and "
        f"would hardly learn; so {' and '.join(changes)}, which makes {_steps(new_steps)}."
    )
    return dataclasses.replace(config, training=smaller), why


def _steps(count: int) -> str:
    return "one step" if count == 1 else f"{count:,} steps"
