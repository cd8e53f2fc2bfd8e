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
    chosen_A, logprob_A, certain_A = choose_at_once(
        logits_AV=logits_AV, uniform_A=uniform_A, settings=settings
    )
    wide = (~certain_A).nonzero().squeeze(1)
    if len(wide):
        logits_WV = logits_AV[wide].float()
        chosen_A[wide], _ = _nucleus(logits_WV, uniform_A[wide], settings=settings, count=logits_AV.shape[1])
        logprob_A[wide] = _logprob(logits_WV, chosen_A[wide])
    return chosen_A, logprob_A


def choose_at_once(
    *, logits_AV: Tensor, uniform_A: Tensor, settings: DecodeSettings
) -> tuple[Tensor, Tensor, Tensor]:
    """Token and log-probability as `choose` has them, and whether they are certain, without waiting for the device.

    Only a shortlist is sorted. A row whose nucleus is larger is not certain: its token must be chosen over all words.
    """
    logits_AV = logits_AV.float()
    if settings.method == "greedy" or settings.temperature == 0:
        chosen_A = logits_AV.argmax(dim=-1)
        certain_A = torch.ones_like(chosen_A, dtype=torch.bool)
    else:
        count = min(SHORTLIST, logits_AV.shape[1])
        chosen_A, certain_A = _nucleus(logits_AV, uniform_A, settings=settings, count=count)
    return chosen_A, _logprob(logits_AV, chosen_A), certain_A


def _logprob(logits_AV: Tensor, chosen_A: Tensor) -> Tensor:
    return logits_AV.log_softmax(dim=-1).gather(1, chosen_A[:, None]).squeeze(1)


def _nucleus(
    logits_AV: Tensor, uniform_A: Tensor, *, settings: DecodeSettings, count: int
) -> tuple[Tensor, Tensor]:
    """A draw from the smallest set of likeliest tokens that holds `top_p`; whether the `count` likeliest hold it."""
    scaled_AV = logits_AV / settings.temperature
    mass_A = scaled_AV.logsumexp(dim=-1, keepdim=True)
    return _draw(scaled_AV, mass_A, uniform_A, top_p=settings.top_p, count=count)


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
    covered_A = share_AK.sum(dim=-1) >= top_p
    if count == scaled_AV.shape[1]:
        covered_A = torch.ones_like(covered_A)
    return token_AK.gather(1, place_A[:, None]).squeeze(1), covered_A
