"""The rows that are being decoded, as the device knows them: last token, random numbers, how much was said.

The device can go on with these by itself for some tokens. What it chose is brought over in one piece when it is looked at.

Shapes: S slots, A active rows (in the first slots), U random numbers of a row, K tokens since the last look, V vocabulary.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from captioner.config import DecodeSettings
from captioner.generation.sampling import choose, choose_at_once


class ActiveRows:
    """Tensors of up to `slots` rows; a row that leaves makes room for the last one."""

    def __init__(self, *, slots: int, settings: DecodeSettings, device: torch.device) -> None:
        self._settings = settings
        self._device = device
        self._last_S = torch.zeros(slots, dtype=torch.long, device=device)
        self._said_S = torch.zeros(slots, dtype=torch.long, device=device)
        self._uniform_SU = torch.zeros(slots, settings.max_tokens + 1, dtype=torch.float64, device=device)
        self._chosen: list[tuple[Tensor, Tensor, Tensor]] = []
        self.count = 0

    def admit(self, uniforms: Sequence[Tensor]) -> None:
        """Further rows, of which nothing was said yet."""
        rows = slice(self.count, self.count + len(uniforms))
        self._uniform_SU[rows] = torch.stack(list(uniforms)).to(self._device)
        self._said_S[rows] = 0
        self.count += len(uniforms)

    def remove(self, row: int) -> None:
        for states in (self._last_S, self._said_S, self._uniform_SU):
            states[row] = states[self.count - 1]
        self.count -= 1

    def last_tokens(self) -> Tensor:
        """`token_A`, on the device."""
        return self._last_S[: self.count]

    def say(self, logits_AV: Tensor, *, first: int, wait: bool) -> None:
        """Chooses the next token of the rows from `first` on. `wait`: for the device, where a nucleus is wide."""
        rows = slice(first, self.count)
        place_A1 = self._said_S[rows, None].clamp(max=self._uniform_SU.shape[1] - 1)
        uniform_A = self._uniform_SU[rows].gather(1, place_A1).squeeze(1)
        if wait:
            chosen_A, logprob_A = choose(logits_AV=logits_AV, uniform_A=uniform_A, settings=self._settings)
            certain_A = torch.ones_like(chosen_A, dtype=torch.bool)
        else:
            chosen_A, logprob_A, certain_A = choose_at_once(
                logits_AV=logits_AV, uniform_A=uniform_A, settings=self._settings
            )
        self._last_S[rows] = chosen_A
        self._said_S[rows] += 1
        self._chosen.append((chosen_A, logprob_A, certain_A))

    def look(self) -> tuple[list[list[int]], list[list[float]], list[list[bool]]]:
        """What was chosen since the last look, [K][A]: tokens, log-probabilities, whether they are certain. The only time that
        anything comes from the device."""
        # A double holds a token's number exactly.
        chosen_K3A = torch.stack([torch.stack([part.double() for part in parts]) for parts in self._chosen])
        self._chosen = []
        tokens_KA, logprobs_KA, certain_KA = chosen_K3A.cpu().unbind(dim=1)
        return tokens_KA.long().tolist(), logprobs_KA.tolist(), certain_KA.bool().tolist()
