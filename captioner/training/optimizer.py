"""AdamW with weight decay on matrices only, and the learning rate's way: warm-up, then a cosine down to a floor."""

import math
from collections.abc import Iterator
from typing import Final

from torch import Tensor, nn
from torch.optim import AdamW

from captioner.config import TrainingConfig
from captioner.model.captioner import Captioner

# What open_clip, transformers and timm call learned vectors that are no weights of a layer.
LEARNED_VECTORS: Final = (
    "positional_embedding",
    "position_embedding",
    "pos_embed",
    "class_embedding",
    "cls_token",
    "reg_token",
    "constants_PD",
)


def make_optimizer(*, model: Captioner, config: TrainingConfig) -> AdamW:
    """Matrices are decayed. Norms, biases, learned positions and the mapping network's constants are not: decay would pull them
    to zero, which means nothing for them. `decay_positions` has the latter two decayed as well."""
    spared = {id(parameter) for parameter in not_decayed(model, with_positions=not config.decay_positions)}
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in parameters if id(p) not in spared], "weight_decay": config.weight_decay},
        {"params": [p for p in parameters if id(p) in spared], "weight_decay": 0.0},
    ]
    fused = all(p.device.type in ("cpu", "cuda") for p in parameters)
    return AdamW([g for g in groups if g["params"]], lr=config.learning_rate, betas=config.betas, fused=fused)


def not_decayed(model: Captioner, *, with_positions: bool = True) -> Iterator[Tensor]:
    """Vectors, and `with_positions` the learned vectors of whole tables: every embedding but that of the words."""
    words = model.decoder.get_input_embeddings().weight
    for name, parameter in model.named_parameters():
        learned = any(part.startswith(LEARNED_VECTORS) for part in name.split("."))
        if parameter.ndim < 2 or (with_positions and learned):
            yield parameter
    if not with_positions:
        return
    for module in model.modules():
        if isinstance(module, nn.Embedding) and module.weight is not words:
            yield module.weight


def learning_rate(*, step: int, steps: int, config: TrainingConfig) -> float:
    """The rate of step `step` (from 0) of `steps`: linear up during the warm-up, then half a cosine down to the floor."""
    warmup = warmup_steps(steps=steps, config=config)
    if step < warmup:
        return config.learning_rate * (step + 1) / warmup
    passed = (step - warmup) / max(1, steps - warmup)
    floor = config.final_learning_rate_share
    return config.learning_rate * (floor + (1 - floor) * (1 + math.cos(math.pi * passed)) / 2)


def warmup_steps(*, steps: int, config: TrainingConfig) -> int:
    """As asked, and no more than the share of the run that the settings allow."""
    if config.warmup_share_limit == 1:
        return config.warmup_steps
    return min(config.warmup_steps, max(1, int(steps * config.warmup_share_limit)))
