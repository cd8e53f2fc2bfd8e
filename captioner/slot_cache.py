"""A key-value cache with one slot a row, so that rows of different lengths decode together and leave one by one.

Used slots are always the first ones. Shapes: S slots, A active rows (the first A slots), R rows of a prefill, H heads,
T positions, C head width.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache, CacheLayerMixin


class SlotLayer(CacheLayerMixin):
    """One decoder layer's keys and values: `keys_SHTC`, `values_SHTC`."""

    keys: Tensor
    values: Tensor

    def __init__(self, *, slots: int, length: int, turn: "Turn") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._slots = slots
        self._length = length
        self._turn = turn

    def lazy_initialization(self, key_states: Tensor, value_states: Tensor) -> None:
        for name, states in (("keys", key_states), ("values", value_states)):
            shape = (self._slots, states.shape[1], self._length, states.shape[3])
            setattr(self, name, torch.zeros(shape, dtype=states.dtype, device=states.device))
        self.is_initialized = True

    def update(
        self, key_states: Tensor, value_states: Tensor, *args: Any, **kwargs: Any
    ) -> tuple[Tensor, Tensor]:
        """Stores the new positions; gives back what the turn's rows may attend to."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        keys, values, turn = self.keys, self.values, self._turn
        if turn.prefill_slots is not None:
            width = key_states.shape[2]
            keys[turn.prefill_slots, :, :width] = key_states
            values[turn.prefill_slots, :, :width] = value_states
            return key_states, value_states
        active = len(turn.positions_A)
        keys[turn.rows_A, :, turn.positions_A] = key_states[:, :, 0]
        values[turn.rows_A, :, turn.positions_A] = value_states[:, :, 0]
        return keys[:active, :, : turn.used], values[:active, :, : turn.used]

    def move(self, *, source: int, target: int) -> None:
        """Copies a slot over another one."""
        for states in (self.keys, self.values):
            states[target] = states[source]

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        return (query_length if self._turn.prefill_slots is not None else self._turn.used), 0

    def get_seq_length(self) -> int:
        return 0

    def get_max_length(self) -> int:
        return self._length


class Turn:
    """What the coming forward pass does: fills new slots with prompts, or adds one position to every active slot."""

    def __init__(self) -> None:
        self.prefill_slots: Tensor | None = None
        self.rows_A = torch.empty(0, dtype=torch.long)
        self.positions_A = torch.empty(0, dtype=torch.long)
        self.used = 0

    def prefill(self, slots: Sequence[int], *, device: torch.device) -> None:
        self.prefill_slots = torch.tensor(slots, device=device)

    def step(self, positions_A: Tensor) -> None:
        self.prefill_slots = None
        self.positions_A = positions_A
        self.rows_A = torch.arange(len(positions_A), device=positions_A.device)
        self.used = int(positions_A.max()) + 1


class SlotCache(Cache):
    """A SlotLayer for every layer of the decoder."""

    def __init__(self, *, layers: int, slots: int, length: int) -> None:
        self.turn = Turn()
        self._slot_layers = [SlotLayer(slots=slots, length=length, turn=self.turn) for _ in range(layers)]
        super().__init__(layers=list(self._slot_layers))

    def move(self, *, source: int, target: int) -> None:
        for layer in self._slot_layers:
            layer.move(source=source, target=target)
