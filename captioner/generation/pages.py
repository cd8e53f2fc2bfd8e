"""Keys and values in pages, for a CPU: what is read is one unbroken stretch of memory, and no more than rows have filled.

Attention of one position reads much and computes little, so it goes as fast as memory is read. A processor reads ahead
along a stretch; where each row has a place as long as the longest caption, of which the first part is in use, it begins
again at every row and head and reads a third as fast. So a page holds a few positions of one row, and the pages in use,
of all rows, are always the first ones: two matrix products over all of them are a layer's whole attention.

Shapes: R rows of a prefill, A active rows, P pages, B positions of a page, N pages of the longest row, H heads of the keys,
G heads of the queries for each of them, X heads of all pages, T positions, C head width.
"""

from collections.abc import Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from captioner.generation.attention import ForwardPass, layer_of

# Smaller pages make more and tinier products, larger ones are read half empty. 16 and 64 were no faster.
POSITIONS: Final = 32
NEVER: Final = float("-inf")


class Pages:
    """RowStates in pages, of which there are `capacity`."""

    def __init__(self, *, capacity: int) -> None:
        self.lengths: list[int] = []
        self.layers: dict[int, tuple[Tensor, Tensor]] = {}
        self._capacity = capacity
        self._tables: list[list[int]] = []  # each row's pages, in the order of its positions
        self.in_use = 0
        self._written = 0

    def positions(self) -> Tensor:
        return torch.tensor(self.lengths)

    def prefill(self, lengths: Sequence[int]) -> ForwardPass:
        first = len(self._tables)
        for length in lengths:
            pages = -(-length // POSITIONS)
            self._tables.append(list(range(self.in_use, self.in_use + pages)))
            self.in_use += pages
        self.lengths += lengths
        self._written = max(self._written, self.in_use)
        return _Prefill(self, tables=self._tables[first:])

    def step(self) -> ForwardPass:
        for length, table in zip(self.lengths, self._tables, strict=True):
            if length == len(table) * POSITIONS:
                table.append(self.in_use)
                self.in_use += 1
        self._clear()
        step = _Step(self, tables=self._tables, positions=self.lengths)
        self.lengths = [length + 1 for length in self.lengths]
        return step

    def remove(self, row: int) -> None:
        freed = self._tables[row]
        self._tables[row], self.lengths[row] = self._tables[-1], self.lengths[-1]
        self._tables.pop()
        self.lengths.pop()
        self.in_use -= len(freed)
        holes = [page for page in freed if page < self.in_use]
        beyond = [(table, n) for table in self._tables for n, page in enumerate(table) if page >= self.in_use]
        sources = [table[n] for table, n in beyond]
        for (table, n), hole in zip(beyond, holes, strict=True):
            table[n] = hole
        for layer in self.layers.values():
            for states in layer:
                states[holes] = states[sources]

    def make_layer(self, layer: int, *, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Room like `key` and `value`, which are [rows, heads, positions, width]. Memory is taken as it is written."""
        if layer not in self.layers:
            keys, values = (
                states.new_empty(self._capacity, states.shape[1], POSITIONS, states.shape[3])
                for states in (key, value)
            )
            self.layers[layer] = (keys, values)
        return self.layers[layer]

    def _clear(self) -> None:
        """Zero-fills pages that were never written: attention multiplies even what its mask hides."""
        if self._written < self.in_use:
            for layer in self.layers.values():
                for states in layer:
                    states[self._written : self.in_use] = 0
            self._written = self.in_use


class _Prefill:
    """Prompts, which attend to themselves and are laid into their pages."""

    def __init__(self, pages: Pages, *, tables: Sequence[Sequence[int]]) -> None:
        self._pages = pages
        self._page_P, self._row_P, self._number_P = _owners(tables)

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]:
        layer = self._pages.make_layer(layer_of(module), key=key, value=value)
        for states, new_RHTC in zip(layer, (key, value), strict=True):
            missing = -new_RHTC.shape[2] % POSITIONS
            rows, heads, _, width = new_RHTC.shape
            padded_RHTC = functional.pad(new_RHTC, (0, 0, 0, missing))
            new_RHNBC = padded_RHTC.view(rows, heads, -1, POSITIONS, width)
            states[self._page_P] = new_RHNBC[self._row_P, :, self._number_P]
        return sdpa_attention_forward(module, query, key, value, None, **options)


class _Step:
    """One position of every row, which attends to all pages of its row."""

    def __init__(self, pages: Pages, *, tables: Sequence[Sequence[int]], positions: Sequence[int]) -> None:
        self._pages = pages
        _, self._row_P, self._number_P = _owners(tables)
        self._longest = max(len(table) for table in tables)
        position_A = torch.tensor(positions)
        self._last_A = torch.tensor([table[-1] for table in tables])
        self._place_A = position_A % POSITIONS
        # Of a row's last page, what lies past its position holds nothing of the row.
        left_P = position_A[self._row_P] - self._number_P * POSITIONS
        past_PB = torch.arange(POSITIONS) > left_P[:, None]
        self._mask_P11B = torch.zeros(past_PB.shape).masked_fill_(past_PB, NEVER)[:, None, None]

    def attend(
        self,
        module: nn.Module,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        scaling: float | None = None,
        **options: Any,
    ) -> tuple[Tensor, None]:
        keys, values = self._pages.layers[layer_of(module)]
        keys[self._last_A, :, self._place_A] = key[:, :, 0]
        values[self._last_A, :, self._place_A] = value[:, :, 0]
        rows, heads, pages = len(query), key.shape[1], len(self._row_P)
        query_AHGC = query.reshape(rows, heads, -1, query.shape[3])
        query_AHGC = query_AHGC * (query.shape[3] ** -0.5 if scaling is None else scaling)
        shape = (pages, *query_AHGC.shape[1:3], -1)
        query_XGC = query_AHGC[self._row_P].flatten(0, 1)
        score_PHGB = torch.bmm(query_XGC, keys[:pages].flatten(0, 1).transpose(1, 2)).view(shape)
        share_XGB = self._shares(score_PHGB).flatten(0, 1)
        part_PHGC = torch.bmm(share_XGB, values[:pages].flatten(0, 1)).view(shape)
        sum_AHGC = part_PHGC.new_zeros(rows, *part_PHGC.shape[1:]).index_add_(0, self._row_P, part_PHGC)
        return sum_AHGC.flatten(1, 2)[:, None], None

    def _shares(self, score_PHGB: Tensor) -> Tensor:
        """The softmax of each row's scores, over all of its pages: they are laid side by side for it."""
        score_PHGB += self._mask_P11B
        _, heads, group, _ = score_PHGB.shape
        shape = (len(self._last_A), heads, group, self._longest, POSITIONS)
        score_AHGNB = score_PHGB.new_full(shape, NEVER)
        score_AHGNB[self._row_P, :, :, self._number_P] = score_PHGB
        share_AHGNB = score_AHGNB.flatten(3).softmax(dim=-1).view(shape)
        return share_AHGNB[self._row_P, :, :, self._number_P]


def _owners(tables: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor, Tensor]:
    """The tables' pages in order: of each its row, and which of the row's pages it is."""
    owners = [(page, row, n) for row, table in enumerate(tables) for n, page in enumerate(table)]
    page_P, row_P, number_P = torch.tensor(sorted(owners)).T
    return page_P, row_P, number_P
