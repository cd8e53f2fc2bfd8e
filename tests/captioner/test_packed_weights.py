"""Packed weights compute what the layers compute, for as long as the block lasts, and leave the layers as they were."""

import pytest
import torch
from torch import Tensor, nn

from captioner.generation.packed_weights import packed_weights


class Doubled(nn.Linear):
    """A linear layer with an idea of its own."""

    def forward(self, rows: Tensor) -> Tensor:
        return 2 * super().forward(rows)


@pytest.mark.parametrize("shape", [(1, 24), (200, 24), (3, 5, 24), (0, 24)])
def test_packed_layers_compute_the_same(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(24, 40), Doubled(40, 24), nn.Linear(24, 7, bias=False))
    rows = torch.randn(shape)
    with torch.inference_mode():
        expected = model(rows)
        with packed_weights(model):
            torch.testing.assert_close(model(rows), expected)
            torch.testing.assert_close(model(rows.transpose(0, -2)), expected.transpose(0, -2))


def test_the_layers_learn_on_afterwards() -> None:
    model = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))
    with pytest.raises(KeyboardInterrupt), torch.inference_mode(), packed_weights(model):
        raise KeyboardInterrupt
    before = model(torch.ones(1, 4))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1)
    assert not torch.equal(model(torch.ones(1, 4)), before)
    model(torch.ones(1, 4)).sum().backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
