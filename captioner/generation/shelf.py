"""Keys and values in one block with a place a row, for a GPU, where kernels are dear to start and memory is fast.

Shapes: R rows of a prefill, A active rows (in the first places), H heads, T positions, C head width.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from captioner.generation.attention import ForwardPass, layer_of


class Shelf:
    """RowStates with `places` of `length` positions each; `dtype` is that of the decoder's activations.

    A row that has ended may be decoded further until somebody looks: past the last position it writes over that one. The
    lengths are known here and on the device, so that nothing is copied there in a step.
    """

    def __init__(self, *, places: int, length: int, device: torch.device, dtype: torch.dtype) -> None:
        self.lengths: list[int] = []
        self.layers: dict[int, tuple[Tensor, Tensor]] = {}
        self._places = places
        self._length = length
        self._device = device
        self._dtype = dtype
        self._length_S = torch.zeros(places, dtype=torch.long, device=device)

    def positions(self) -> Tensor:
        return self._length_S[: len(self.lengths)].clamp(max=self._length - 1)

    def prefill(self, lengths: Sequence[int]) -> ForwardPass:
        first = len(self.lengths)
        self.lengths += lengths
        self._length_S[first : len(self.lengths)] = torch.tensor(lengths, device=self._device)
        return _Prefill(self, first=first)

    def step(self) -> ForwardPass:
        used = min(max(self.lengths) + 1, self._length)
        step = _Step(self, position_A=self.positions(), used=used, dtype=self._dtype)
        self.lengths = [length + 1 for length in self.lengths]
        self._length_S += 1
        return step

    def remove(self, row: int) -> None:
        for layer in self.layers.values():
            for states in layer:
                states[row] = states[len(self.lengths) - 1]
        self._length_S[row] = self._length_S[len(self.lengths) - 1]
        self.lengths[row] = self.lengths[-1]
        self.lengths.pop()

    def make_layer(self, layer: int, *, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Room like `key` and `value`, which are [rows, heads, positions, width]."""
        if layer not in self.layers:
            # Zero-filled: attention multiplies even what its mask hides.
            keys, values = (
                states.new_zeros(self._places, states.shape[1], self._length, states.shape[3])
                for states in (key, value)
            )
            self.layers[layer] = (keys, values)
        return self.layers[layer]


class _Prefill:
    """Prompts, which attend to themselves and go to the places from `first` on."""

    def __init__(self, shelf: Shelf, *, first: int) -> None:
        self._shelf = shelf
        self._first = first

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]:
        layer = self._shelf.make_layer(layer_of(module), key=key, value=value)
        for states, new_RHTC in zip(layer, (key, value), strict=True):
            states[self._first : self._first + len(new_RHTC), :, : new_RHTC.shape[2]] = new_RHTC
        return sdpa_attention_forward(module, query, key, value, None, **options)


class _Step:
    """One position of every row. The block is read as far as its longest row has got."""

    def __init__(self, shelf: Shelf, *, position_A: Tensor, used: int, dtype: torch.dtype) -> None:
        self._shelf = shelf
        self._position_A = position_A
        self._row_A = torch.arange(len(position_A), device=position_A.device)
        self._used = used
        past_AT = torch.arange(self._used, device=position_A.device) > position_A[:, None]
        mask_AT = torch.zeros(past_AT.shape, dtype=dtype, device=position_A.device)
        self._mask = mask_AT.masked_fill_(past_AT, torch.finfo(dtype).min)[:, None, None]

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]:
        keys, values = self._shelf.layers[layer_of(module)]
        keys[self._row_A, :, self._position_A] = key[:, :, 0]
        values[self._row_A, :, self._position_A] = value[:, :, 0]
        read = (slice(len(self._row_A)), slice(None), slice(self._used))
        return sdpa_attention_forward(module, query, keys[read], values[read], self._mask, **options)
