"""The loss in pieces is the loss, and the logits of a batch are not there as a whole."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils._python_dispatch import TorchDispatchMode

from captioner.model.vocabulary_loss import pays_in_pieces, summed_loss

# Rows, width, words: wide enough a vocabulary for pieces, and one that is not.
PIECES = (256, 32, 4096)
WHOLE = (256, 32, 128)


def _losses(
    sizes: tuple[int, int, int], *, dtype: torch.dtype, bias: bool = False
) -> tuple[list[Any], list[Any]]:
    """Loss and gradients: ours, and of the plain product in double precision."""
    torch.manual_seed(0)
    rows, width, words = sizes
    hidden_MD = torch.randn(rows, width)
    label_M = torch.randint(0, words, (rows,))
    layer = nn.Linear(width, words, bias=bias)
    found = []
    for exact in (False, True):
        own = nn.Linear(width, words, bias=bias)
        own.load_state_dict(layer.state_dict())
        own = own.double() if exact else own
        leaf = (hidden_MD.double() if exact else hidden_MD.clone()).requires_grad_()
        if exact:
            loss = functional.cross_entropy(own(leaf), label_M, reduction="sum")
        else:
            with torch.autocast("cpu", dtype=dtype, enabled=dtype is not torch.float32):
                loss = summed_loss(hidden_MD=leaf, output_layer=own, label_M=label_M)
        (3 * loss).backward()  # type: ignore[no-untyped-call]
        found.append([loss.detach(), leaf.grad, *(parameter.grad for parameter in own.parameters())])
    return found[0], found[1]


@pytest.mark.parametrize("sizes", [PIECES, WHOLE])
@pytest.mark.parametrize("bias", [False, True])
def test_loss_and_gradients_are_those_of_the_whole(sizes: tuple[int, int, int], bias: bool) -> None:
    ours, exact = _losses(sizes, dtype=torch.float32, bias=bias)
    for mine, its in zip(ours, exact, strict=True):
        assert torch.allclose(mine.double(), its, rtol=1e-5, atol=1e-4)


def test_bfloat16_is_within_its_rounding() -> None:
    ours, exact = _losses(PIECES, dtype=torch.bfloat16)
    assert float(ours[0]) == pytest.approx(float(exact[0]), rel=2**-8)
    for mine, its in zip(ours[1:], exact[1:], strict=True):
        assert float((mine.double() - its).norm() / its.norm()) < 2**-6


def test_pieces_are_for_wide_vocabularies_and_many_positions() -> None:
    rows, width, words = PIECES
    layer = nn.Linear(width, words)
    assert pays_in_pieces(layer, positions=rows)
    assert not pays_in_pieces(layer, positions=width - 1)
    assert not pays_in_pieces(nn.Linear(width, WHOLE[2]), positions=rows)
    assert not pays_in_pieces(nn.Sequential(layer), positions=rows)


def test_no_tensor_is_as_large_as_the_logits() -> None:
    rows, width, words = PIECES
    layer = nn.Linear(width, words, bias=False)
    hidden_MD = torch.randn(rows, width, requires_grad=True)
    label_M = torch.randint(0, words, (rows,))

    assert _largest(lambda: _plain(layer, hidden_MD, label_M)) == rows * words
    assert (
        _largest(
            lambda: summed_loss(hidden_MD=hidden_MD, output_layer=layer, label_M=label_M).backward()  # type: ignore[no-untyped-call]
        )
        <= words * width
    )


def _plain(layer: nn.Linear, hidden_MD: Tensor, label_M: Tensor) -> None:
    functional.cross_entropy(layer(hidden_MD), label_M, reduction="sum").backward()  # type: ignore[no-untyped-call]


class _Watch(TorchDispatchMode):  # type: ignore[no-untyped-call]
    largest: int = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        for one in made if isinstance(made, (list, tuple)) else [made]:
            if isinstance(one, Tensor):
                self.largest = max(self.largest, one.numel())
        return made


def _largest(work: Callable[[], object]) -> int:
    """Elements of the largest tensor that any operation made."""
    with _Watch() as watch:  # type: ignore[no-untyped-call]
        work()
    return int(watch.largest)
