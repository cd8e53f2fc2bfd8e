"""AdamW with weight decay on matrices only, and the learning rate's way: warm-up, then a cosine down to a floor."""

import math

import torch
from torch import nn
from torch.optim import AdamW

from captioner.config import TrainingConfig


def make_optimizer(*, model: nn.Module, config: TrainingConfig) -> AdamW:
    """Norms, biases and other vectors are not decayed."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": config.weight_decay},
        {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
    ]
    fused = all(p.device.type in ("cpu", "cuda") for p in parameters) and torch.cuda.device_count() < 2
    return AdamW([g for g in groups if g["params"]], lr=config.learning_rate, betas=config.betas, fused=fused)


def learning_rate(*, step: int, steps: int, config: TrainingConfig) -> float:
    """The rate of step `step` (from 0) of `steps`."""
    warmup = min(config.warmup_steps, max(1, steps // 10))
    if step < warmup:
        return config.learning_rate * (step + 1) / warmup
    passed = (step - warmup) / max(1, steps - warmup)
    floor = config.final_learning_rate_share
    return config.learning_rate * (floor + (1 - floor) * (1 + math.cos(math.pi * passed)) / 2)
