"""The weights of linear layers, rearranged for the CPU's matrix products while many captions are made.

PyTorch hands `x @ weight.T` to a library that rearranges the weights in every call. For a few hundred rows, as many as are
decoded together, that is a good part of the work, and for a few rows most of it. oneDNN, which is part of PyTorch, takes
weights that were rearranged once: by this the products of a decoding step take three quarters of the time, those of a
few rows a third. The copy lives as long as the block; the model's own weights stay as they are.

The two operators are those that torch.compile uses for the same purpose, which needs a compiler on the user's machine.
"""

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import torch
from torch import Tensor, nn

# What the layout is chosen for; others are served by it as well.
ROWS: Final = 128


@contextmanager
def packed_weights(*models: nn.Module) -> Iterator[None]:
    """Within the block the linear layers of the models compute with packed weights, where there is a way to do so."""
    layers = [layer for model in models for layer in model.modules() if _can_be_packed(layer)]
    for layer in layers:
        layer.forward = _packed(layer)
    try:
        yield
    finally:
        for layer in layers:
            del layer.forward


def _can_be_packed(layer: nn.Module) -> bool:
    return (
        type(layer) is nn.Linear
        and layer.weight.device.type == "cpu"
        and layer.weight.dtype is torch.float32
        and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
        and platform.machine() in ("x86_64", "AMD64")
    )


def _packed(layer: Any) -> Callable[[Tensor], Tensor]:
    operators = torch.ops.mkldnn
    weight = operators._reorder_linear_weight(layer.weight.detach(), ROWS)

    def forward(rows: Tensor) -> Tensor:
        return operators._linear_pointwise(rows, weight, layer.bias, "none", [], "")  # type: ignore[no-any-return]

    return forward
