"""Choosing the next token: the likeliest, or a draw from the nucleus with the row's own random numbers.

Shapes: A rows, V vocabulary, K the likeliest tokens.
"""

import hashlib

import numpy as np
import torch
from torch import Tensor

from captioner.config import DecodeSettings

# A nucleus at top-p 0.7 and temperature 0.2 nearly always lies within the 64 likeliest of 50,000 tokens.
SHORTLIST = 64


def row_uniforms(*, seed: int, row_id: str, count: int) -> Tensor:
    """The row's random numbers in [0, 1): they depend on the seed and the row alone."""
    key = int.from_bytes(hashlib.sha256(f"{seed}/{row_id}".encode()).digest()[:16], "big")
    return torch.from_numpy(np.random.Generator(np.random.Philox(key=key)).random(count))


def choose(*, logits_AV: Tensor, uniform_A: Tensor, settings: DecodeSettings) -> tuple[Tensor, Tensor]:
    """The next token of each row and its log-probability under the model itself (temperature 1, full vocabulary)."""
    logits_AV = logits_AV.float()
    if settings.method == "greedy" or settings.temperature == 0:
        chosen_A = logits_AV.argmax(dim=-1)
    else:
        chosen_A = _nucleus(
            scaled_AV=logits_AV / settings.temperature, uniform_A=uniform_A, top_p=settings.top_p
        )
    return chosen_A, logits_AV.log_softmax(dim=-1).gather(1, chosen_A[:, None]).squeeze(1)


def _nucleus(*, scaled_AV: Tensor, uniform_A: Tensor, top_p: float) -> Tensor:
    """A draw from the smallest set of likeliest tokens that holds `top_p` of the mass.

    Only a shortlist is sorted; rows whose nucleus is larger are done again over the whole vocabulary, so the distribution
    is exact.
    """
    mass_A = scaled_AV.logsumexp(dim=-1, keepdim=True)
    chosen_A, covered_A = _draw(
        scaled_AV, mass_A, uniform_A, top_p=top_p, count=min(SHORTLIST, scaled_AV.shape[1])
    )
    wide = (~covered_A).nonzero().squeeze(1)
    if len(wide):
        whole, _ = _draw(
            scaled_AV[wide], mass_A[wide], uniform_A[wide], top_p=top_p, count=scaled_AV.shape[1]
        )
        chosen_A[wide] = whole
    return chosen_A


def _draw(
    scaled_AV: Tensor, mass_A: Tensor, uniform_A: Tensor, *, top_p: float, count: int
) -> tuple[Tensor, Tensor]:
    """Draws within the `count` likeliest; also whether they hold the nucleus."""
    value_AK, token_AK = scaled_AV.topk(count, dim=-1)
    share_AK = (value_AK - mass_A).exp().double()
    before_AK = share_AK.cumsum(dim=-1) - share_AK
    inside_AK = before_AK < top_p
    inside_AK[:, 0] = True
    nucleus_AK = share_AK * inside_AK
    total_A = nucleus_AK.sum(dim=-1)
    target_A = uniform_A.to(total_A) * total_A
    place_A = (nucleus_AK.cumsum(dim=-1) <= target_A[:, None]).sum(dim=-1).clamp(max=count - 1)
    # Rounding may point just past the nucleus; its last token is meant then.
    place_A = torch.minimum(place_A, inside_AK.sum(dim=-1) - 1)
    covered_A = (share_AK.sum(dim=-1) >= top_p) | torch.tensor(
        count == scaled_AV.shape[1], device=scaled_AV.device
    )
    return token_AK.gather(1, place_A[:, None]).squeeze(1), covered_A
