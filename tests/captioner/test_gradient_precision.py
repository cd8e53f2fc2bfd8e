"""Gradients are added up in full precision, whatever precision they were computed in."""

import dataclasses
from typing import Any

import pytest
import torch
from torch import distributed as dist

from captioner.config import Precision, get_preset
from captioner.model.sharding import precision_policy
from captioner.training.gradient_exchange import GradientExchange


@pytest.mark.parametrize(("precision", "computed_in"), [("bf16", torch.bfloat16), ("fp32", None)])
def test_a_sharded_model_adds_up_in_full_precision(
    precision: Precision, computed_in: torch.dtype | None
) -> None:
    training = dataclasses.replace(get_preset("altogether").training, precision=precision)
    policy = precision_policy(config=training, device=torch.device("cuda"))
    assert policy.param_dtype == computed_in
    # Without a precision of its own, FSDP takes the weights', which are in full precision.
    assert policy.reduce_dtype == (torch.float32 if computed_in else None)


def test_what_is_sent_is_in_full_precision_also_of_weights_in_half(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[torch.dtype] = []
    all_reduce = dist.all_reduce

    def noted(tensor: torch.Tensor, **options: Any) -> Any:
        sent.append(tensor.dtype)
        return all_reduce(tensor, **options)

    monkeypatch.setattr(dist, "all_reduce", noted)
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)  # type: ignore[attr-defined]
    try:
        model = torch.nn.Linear(3, 2, dtype=torch.bfloat16)
        exchange = GradientExchange(model)
        with exchange.during_backward():
            model(torch.ones(1, 3, dtype=torch.bfloat16)).sum().backward()
    finally:
        dist.destroy_process_group()
    assert sent == [torch.float32]
    assert model.weight.grad is not None
    assert torch.equal(model.weight.grad, torch.ones(2, 3, dtype=torch.bfloat16))
