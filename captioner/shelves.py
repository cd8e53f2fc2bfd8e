"""Keys and values of the rows that are being decoded, on shelves, and attention over them.

Rows that begin together lie on one shelf and are about equally long, so attention reads a shelf as far as its longest row
has got, not as far as the longest row of all. It takes the place of the decoder's own attention while captions are made:
`Prefill` and `Step` say what one forward pass stores and reads.

Shapes: R rows of a prefill, N rows in use of one shelf (its first places), H heads, T positions, C head width.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward

NAME: Final = "captioner_shelves"


class Shelf:
    """Places for rows, in every layer of the decoder. The places in use are always the first ones."""

    def __init__(self, *, places: int, length: int) -> None:
        self._places = places
        self._length = length
        self._layers: dict[int, tuple[Tensor, Tensor]] = {}

    def fill(self, *, layer: int, first: int, key_RHTC: Tensor, value_RHTC: Tensor) -> None:
        """Stores prompts in the places from `first` on."""
        rows, heads, positions, width = key_RHTC.shape
        if layer not in self._layers:
            # Noughts, for attention multiplies even what its mask hides.
            shape = (self._places, heads, self._length, width)
            self._layers[layer] = (key_RHTC.new_zeros(shape), value_RHTC.new_zeros(shape))
        keys, values = self._layers[layer]
        keys[first : first + rows, :, :positions] = key_RHTC
        values[first : first + rows, :, :positions] = value_RHTC

    def add(
        self, *, layer: int, positions_N: Tensor, used: int, key_NHC: Tensor, value_NHC: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Stores one position of every row in use; gives back their keys and values as far as `used`."""
        keys, values = self._layers[layer]
        count = len(positions_N)
        rows_N = torch.arange(count, device=positions_N.device)
        keys[rows_N, :, positions_N] = key_NHC
        values[rows_N, :, positions_N] = value_NHC
        return keys[:count, :, :used], values[:count, :, :used]

    def move(self, *, source: int, target: int) -> None:
        """Copies a row over another one."""
        for states in self._layers.values():
            for kept in states:
                kept[target] = kept[source]


class ForwardPass(Protocol):
    """What the decoder's attention layers do in one forward pass."""

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]: ...


class Prefill:
    """Prompts, which go to `shelf` from place `first` on."""

    def __init__(self, *, shelf: Shelf, first: int) -> None:
        self._shelf = shelf
        self._first = first

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]:
        self._shelf.fill(layer=_layer(module), first=self._first, key_RHTC=key, value_RHTC=value)
        return sdpa_attention_forward(module, query, key, value, None, **options)


class Step:
    """One more position of every row in use, shelf by shelf: `places` has their positions."""

    def __init__(self, places: Sequence[tuple[Shelf, Tensor]], *, dtype: torch.dtype) -> None:
        self._places = places
        self._used = [int(positions_N.max()) + 1 for _, positions_N in places]
        self._masks = [
            _mask(positions_N, used=used, dtype=dtype)
            for (_, positions_N), used in zip(places, self._used, strict=True)
        ]

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]:
        outputs = []
        first = 0
        for (shelf, positions_N), used, mask in zip(self._places, self._used, self._masks, strict=True):
            rows = slice(first, first := first + len(positions_N))
            keys, values = shelf.add(
                layer=_layer(module),
                positions_N=positions_N,
                used=used,
                key_NHC=key[rows, :, 0],
                value_NHC=value[rows, :, 0],
            )
            outputs.append(sdpa_attention_forward(module, query[rows], keys, values, mask, **options)[0])
        return torch.cat(outputs), None


@contextmanager
def attention_on_shelves(decoder: PreTrainedModel) -> Iterator[None]:
    """Within the block the decoder attends as the forward pass that it is given says."""
    before = decoder.config._attn_implementation
    decoder.set_attn_implementation(NAME)
    try:
        yield
    finally:
        decoder.set_attn_implementation(before)


def _attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    forward_pass: ForwardPass,
    **options: Any,
) -> tuple[Tensor, None]:
    """What transformers calls in every attention layer. It is given no mask, since it makes none for us."""
    return forward_pass.attend(module, query, key, value, **options)


AttentionInterface.register(NAME, _attend)


def _layer(module: nn.Module) -> int:
    return int(module.layer_idx)  # type: ignore[arg-type]


def _mask(positions_N: Tensor, *, used: int, dtype: torch.dtype) -> Tensor | None:
    """Added to attention scores: minus infinity past a row's own position. None where all rows are equally long."""
    if int(positions_N.min()) + 1 == used:
        return None
    past = torch.arange(used, device=positions_N.device)[None] > positions_N[:, None]
    mask = torch.zeros(past.shape, dtype=dtype, device=positions_N.device)
    return mask.masked_fill_(past, torch.finfo(dtype).min)[:, None, None]
