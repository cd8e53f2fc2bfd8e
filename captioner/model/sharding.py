"""Sharding a model over the processes (FSDP), for decoders whose weights, gradients and moments fill more than one device.

torch's own `fully_shard` is used, which runs on CPUs too: accelerate's way does not. A sharded tensor is made whole only
to be saved, so that what is saved does not depend on the number of processes. Making it whole is work that every process
has to take part in, in the same order.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from accelerate.utils import parse_flag_from_env
from torch import Tensor, nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import FSDPModule, MixedPrecisionPolicy, fully_shard
from torch.distributed.tensor import DTensor, distribute_tensor

from captioner.config import TrainingConfig
from captioner.model.captioner import Captioner


def wants_sharding(config: TrainingConfig) -> bool:
    """By the settings, or by `accelerate launch --use_fsdp`, whose wish is taken over: it must not shard a second time."""
    by_launcher = parse_flag_from_env("ACCELERATE_USE_FSDP")
    os.environ.pop("ACCELERATE_USE_FSDP", None)
    return config.sharded or by_launcher


def shard(*, model: Captioner, config: TrainingConfig, device: torch.device, processes: int) -> None:
    """Spreads each layer of mapping network and decoder, and then what is left, over the processes."""
    mesh = init_device_mesh(device.type, (processes,))
    policy = precision_policy(config=config, device=device)
    names = set(getattr(model.decoder, "_no_split_modules", None) or ())
    layers = [module for module in model.decoder.modules() if type(module).__name__ in names]
    for layer in (*model.mapping.blocks, *layers):
        fully_shard(layer, mesh=mesh, mp_policy=policy)
    fully_shard(model, mesh=mesh, mp_policy=policy)


def precision_policy(*, config: TrainingConfig, device: torch.device) -> MixedPrecisionPolicy:
    """Layers compute in bf16 where that is asked for; gradients are added up in full precision, over pieces and processes.

    torch from 2.15 on does so by itself for weights of full precision; before, it added up in bf16.
    """
    half = config.precision == "bf16" and device.type == "cuda"
    return MixedPrecisionPolicy(
        param_dtype=torch.bfloat16 if half else None, reduce_dtype=torch.float32 if half else None
    )


def is_sharded(model: nn.Module) -> bool:
    return isinstance(model, FSDPModule)


def whole(tensor: Tensor) -> Tensor:
    """The tensor itself, put together from all processes where it is spread."""
    return tensor.full_tensor() if isinstance(tensor, DTensor) else tensor


def spread_like(tensor: Tensor, other: Tensor) -> Tensor:
    """A whole tensor, spread as `other` is."""
    if not isinstance(other, DTensor) or isinstance(tensor, DTensor):
        return tensor
    return distribute_tensor(tensor.to(other.device), other.device_mesh, other.placements)


@contextmanager
def gathered(model: nn.Module) -> Iterator[None]:
    """The weights are whole within the block, for what is not a forward pass of training; every process enters it."""
    if not isinstance(model, FSDPModule):
        yield
        return
    # A layer that runs before the whole model has ever run takes itself for the whole: as when a resumed training begins
    # with an evaluation. torch has no public way to say so.
    model._get_fsdp_state()._lazy_init()
    parts = [module for module in model.modules() if isinstance(module, FSDPModule)]
    model.set_reshard_after_forward(reshard_after_forward=False)
    for part in parts:
        part.unshard()
    try:
        yield
    finally:
        model.set_reshard_after_forward(reshard_after_forward=True)
        for part in parts:
            part.reshard()
