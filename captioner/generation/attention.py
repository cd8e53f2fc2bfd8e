"""The decoder's attention while captions are made: its keys and values lie where `RowStates` keeps them.

transformers calls what is registered here in every attention layer; a `ForwardPass` says what one pass stores and reads.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol

from torch import Tensor, nn
from transformers import AttentionInterface, PreTrainedModel

NAME: Final = "captioner_row_states"


class ForwardPass(Protocol):
    """What the decoder's attention layers do in one forward pass."""

    def attend(
        self, module: nn.Module, query: Tensor, key: Tensor, value: Tensor, **options: Any
    ) -> tuple[Tensor, None]: ...


class RowStates(Protocol):
    """Keys and values of the rows that are being decoded, in their order. `lengths` are the rows' positions so far."""

    lengths: list[int]

    def positions(self) -> Tensor:
        """Where the next position of each row is: its length. `position_A` on the decoder's device."""

    def prefill(self, lengths: Sequence[int]) -> ForwardPass:
        """Further rows, whose prompts have these lengths."""

    def step(self) -> ForwardPass:
        """One more position of every row."""

    def remove(self, row: int) -> None:
        """Forgets a row; the last one takes its place."""


@contextmanager
def attention_over_row_states(decoder: PreTrainedModel) -> Iterator[None]:
    """Within the block the decoder attends as the forward pass that it is given says."""
    before = decoder.config._attn_implementation
    decoder.set_attn_implementation(NAME)
    try:
        yield
    finally:
        decoder.set_attn_implementation(before)


def layer_of(module: nn.Module) -> int:
    return int(module.layer_idx)  # type: ignore[arg-type]


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
    """What transformers calls. It is given no mask, since it makes none for us."""
    return forward_pass.attend(module, query, key, value, **options)


AttentionInterface.register(NAME, _attend)
