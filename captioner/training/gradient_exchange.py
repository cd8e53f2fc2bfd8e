"""Averaging gradients over processes while the backward pass still runs.

Why not DistributedDataParallel: it already exchanges in the forward pass, so that a process that runs out of memory there
leaves the others waiting for ever. Here nothing is exchanged before the processes have agreed to go on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch import distributed as dist

# Gradients are sent in parcels of about this many bytes: few messages, and the first ones leave early.
PARCEL: Final = 25 * 2**20


class GradientExchange:
    """For a model that every process holds whole. Made by all processes at once; the first one's weights are theirs."""

    def __init__(self, model: nn.Module) -> None:
        self._learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._exchanging = False
        self._parcel: list[nn.Parameter] = []
        self._sent: list[tuple[Any, Tensor, list[nn.Parameter]]] = []
        for parameter in self._learning:
            dist.broadcast(parameter.detach(), src=0)
            parameter.register_post_accumulate_grad_hook(self._ready)  # type: ignore[no-untyped-call]

    @contextmanager
    def during_backward(self) -> Iterator[None]:
        """The gradients added up so far and in the block's backward pass are averaged when it ends."""
        self._exchanging = True
        try:
            yield
            self._send()
            self._receive()
        finally:
            self._exchanging = False
            self._parcel, self._sent = [], []

    def _ready(self, parameter: nn.Parameter) -> None:
        if not self._exchanging:
            return
        self._parcel.append(parameter)
        if sum(_gradient(one).nbytes for one in self._parcel) >= PARCEL:
            self._send()

    def _send(self) -> None:
        """The backward pass is the same in every process, so parcels are as well."""
        if self._parcel:
            # Sums in bf16 lose what the smaller gradients add.
            flat = torch.cat([_gradient(one).flatten().float() for one in self._parcel])
            self._sent.append((dist.all_reduce(flat, async_op=True), flat, self._parcel))
            self._parcel = []

    def _receive(self) -> None:
        for handle, flat, parameters in self._sent:
            handle.wait()
            flat /= dist.get_world_size()
            sizes = [parameter.numel() for parameter in parameters]
            for parameter, part in zip(parameters, torch.split(flat, sizes), strict=True):
                _gradient(parameter).copy_(part.view_as(parameter))


def _gradient(parameter: nn.Parameter) -> Tensor:
    if parameter.grad is None:
        raise RuntimeError("a parameter has no gradient after its own hook")
    return parameter.grad
