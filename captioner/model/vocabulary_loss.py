"""The loss over the vocabulary, in pieces where the logits of a batch would be the largest thing in memory.

The logits of 2,400 caption tokens of OPT-1.3B are 480 MB in single precision, and the loss needs them three times. Here loss
and gradients are computed piece by piece in the forward pass: the logits are never there as a whole, no product is done twice.
The idea is that of Liger Kernel (Hsu et al. 2024, arXiv 2410.10989), whose kernels need a GPU. torch has the same as
`functional.linear_cross_entropy`, but gives the loss in the precision of its input: in bfloat16 it was off by 4 %.

Shapes: M labelled positions, N positions of a piece, D decoder width, V vocabulary.
"""

from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

# Below this, one piece is cheaper: measured on a CPU with 600 and 2,400 positions of width 384, 3,200 and 16,640 words.
WORDS_TO_WIDTH: Final = 16
# The logits of a piece are so many times as large as the hidden states of all positions.
PIECE: Final = 4


def summed_loss(*, hidden_MD: Tensor, output_layer: nn.Module, label_M: Tensor) -> Tensor:
    """The sum of the cross entropies of all labels, in nats; `output_layer` maps `hidden_MD` to logits."""
    dtype = _computed_in(hidden_MD)
    # float16 would lose the small probabilities: there the gradients have to be scaled before they are rounded.
    if dtype is not torch.float16 and pays_in_pieces(output_layer, positions=len(hidden_MD)):
        layer: Any = output_layer
        return _InPieces.apply(hidden_MD, layer.weight, layer.bias, label_M, dtype)  # type: ignore[no-any-return]
    return functional.cross_entropy(output_layer(hidden_MD).float(), label_M, reduction="sum")


def pays_in_pieces(output_layer: nn.Module, *, positions: int) -> bool:
    """Whether there are many positions, and many more words than the layer is wide."""
    return (
        type(output_layer) is nn.Linear
        and positions >= output_layer.in_features
        and output_layer.out_features >= WORDS_TO_WIDTH * output_layer.in_features
    )


def _computed_in(tensor: Tensor) -> torch.dtype:
    """The precision of a linear layer here: autocast does not look into a function of our own."""
    kind = tensor.device.type
    if torch.amp.is_autocast_available(kind) and torch.is_autocast_enabled(kind):
        return torch.get_autocast_dtype(kind)
    return tensor.dtype


class _InPieces(torch.autograd.Function):
    """Loss and gradients at once; the gradients wait for the backward pass."""

    @staticmethod
    def forward(
        ctx: Any,
        hidden_MD: Tensor,
        weight_VD: Tensor,
        bias_V: Tensor | None,
        label_M: Tensor,
        dtype: torch.dtype,
    ) -> Tensor:
        low_MD, low_VD = hidden_MD.to(dtype), weight_VD.to(dtype)
        low_V = None if bias_V is None else bias_V.to(dtype)
        words, width = weight_VD.shape
        size = -(-PIECE * len(hidden_MD) * width // words)
        loss = torch.zeros((), device=hidden_MD.device)
        hidden_grad_MD = torch.empty_like(low_MD)
        weight_grad_VD = torch.zeros_like(weight_VD) if ctx.needs_input_grad[1] else None
        bias_grad_V = torch.zeros_like(bias_V) if bias_V is not None and ctx.needs_input_grad[2] else None
        for start in range(0, len(hidden_MD), size):
            piece = slice(start, start + size)
            logits_NV = functional.linear(low_MD[piece], low_VD, low_V).float()
            label_N1 = label_M[piece, None]
            normalizer_N1 = logits_NV.logsumexp(dim=1, keepdim=True)
            loss += (normalizer_N1 - logits_NV.gather(1, label_N1)).sum()
            # The gradient at the logits: probabilities, less one at the label.
            logits_NV.sub_(normalizer_N1).exp_().scatter_add_(1, label_N1, -torch.ones_like(normalizer_N1))
            low_NV = logits_NV.to(dtype)
            torch.mm(low_NV, low_VD, out=hidden_grad_MD[piece])
            if weight_grad_VD is not None and weight_grad_VD.dtype == dtype:
                weight_grad_VD.addmm_(low_NV.T, low_MD[piece])
            elif weight_grad_VD is not None:
                weight_grad_VD += low_NV.T @ low_MD[piece]
            if bias_grad_V is not None:
                bias_grad_V += logits_NV.sum(dim=0)
        ctx.save_for_backward(hidden_grad_MD.to(hidden_MD.dtype), weight_grad_VD, bias_grad_V)
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        scaled = [None if saved is None else saved.mul_(grads[0]) for saved in ctx.saved_tensors]
        return (*scaled, None, None)
