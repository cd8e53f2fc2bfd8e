"""Continuous batching: a row that ends leaves its slot to the next one, so no row waits for the longest.

Shapes: R rows of a prefill, A active rows, E embedding, P visual tokens, T text positions, D decoder width, V vocabulary.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from captioner.config import DecodeSettings
from captioner.model import Captioner
from captioner.sampling import choose, row_uniforms
from captioner.slot_cache import SlotCache
from captioner.tokenizer import TextCodec


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What one row's caption is generated from; `alt_ids` may be empty. `max_tokens` is a limit of the row's own."""

    row_id: str
    embedding_E: Tensor
    alt_ids: tuple[int, ...]
    max_tokens: int | None = None


@dataclass(frozen=True, kw_only=True)
class Generated:
    """A caption's ids without the end, their log-probabilities, and that of the end (0 when it was cut off)."""

    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    end_logprob: float

    @property
    def mean_logprob(self) -> float:
        """Over the caption's tokens and its end."""
        ended = [self.end_logprob] if self.end_logprob else []
        every = [*self.logprobs, *ended]
        return sum(every) / len(every) if every else 0.0


@dataclass(kw_only=True)
class _Active:
    """A row in a slot: where its next token goes and what it has said so far."""

    index: int
    position: int
    limit: int
    uniforms: Tensor
    ids: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)


class ContinuousDecoder:
    """Decodes many prompts over a fixed number of slots."""

    def __init__(
        self,
        *,
        model: Captioner,
        codec: TextCodec,
        settings: DecodeSettings,
        device: torch.device,
        tick: Callable[[int], None],
    ) -> None:
        self._model = model
        self._codec = codec
        self._settings = settings
        self._device = device
        self._tick = tick

    @torch.inference_mode()
    def decode(self, prompts: Sequence[Prompt]) -> list[Generated]:
        """The captions in the prompts' order. `tick` gets the number of rows done."""
        self._prompts = prompts
        self._results: list[Generated | None] = [None] * len(prompts)
        # Prompts of like length are prefilled together, with little padding.
        self._queue = deque(sorted(range(len(prompts)), key=lambda index: len(prompts[index].alt_ids)))
        self._active: list[_Active] = []
        self._slots = min(self._settings.slots, len(prompts))
        self._cache = SlotCache(
            layers=self._model.decoder.config.num_hidden_layers, slots=self._slots, length=self._longest()
        )
        while self._queue or self._active:
            free = self._slots - len(self._active)
            # A prefill of a few rows costs nearly as much as one of many, so a few slots are let run empty first.
            if self._queue and (not self._active or free >= max(1, self._slots // 8)):
                self._admit(free)
            else:
                self._advance()
            self._tick(len(prompts) - len(self._queue) - len(self._active))
        return [result for result in self._results if result is not None]

    def _longest(self) -> int:
        longest = max((len(prompt.alt_ids) for prompt in self._prompts), default=0)
        return self._model.visual_tokens + longest + 1 + self._settings.max_tokens

    def _admit(self, free: int) -> None:
        """Takes rows from the queue into free slots and chooses their first token."""
        taken = [self._queue.popleft() for _ in range(min(free, len(self._queue)))]
        rows = [(*self._prompts[index].alt_ids, self._codec.separator_id) for index in taken]
        width = max(len(row) for row in rows)
        ids_RT = torch.full((len(rows), width), self._codec.padding_id)
        for number, row in enumerate(rows):
            ids_RT[number, : len(row)] = torch.tensor(row)
        embedding_RE = torch.stack([self._prompts[index].embedding_E for index in taken]).to(self._device)
        visual_RPD = self._model.prefix(embedding_RE)
        inputs = torch.cat((visual_RPD, self._model.embed_ids(ids_RT.to(self._device))), dim=1)
        first_slot = len(self._active)
        self._cache.turn.prefill(range(first_slot, first_slot + len(rows)), device=self._device)
        positions = torch.arange(inputs.shape[1], device=self._device)[None]
        hidden = self._model.hidden(
            inputs, past_key_values=self._cache, use_cache=True, position_ids=positions
        )
        ends = torch.tensor([self._model.visual_tokens + len(row) for row in rows], device=self._device)
        logits_RV = self._model.logits(hidden[torch.arange(len(rows), device=self._device), ends - 1])
        for index, end in zip(taken, ends.tolist(), strict=True):
            uniforms = row_uniforms(
                seed=self._settings.seed,
                row_id=self._prompts[index].row_id,
                count=self._settings.max_tokens + 1,
            )
            limit = min(
                self._prompts[index].max_tokens or self._settings.max_tokens, self._settings.max_tokens
            )
            self._active.append(_Active(index=index, position=end, limit=limit, uniforms=uniforms))
        self._take(self._active[first_slot:], logits_RV)
        self._leave()

    def _advance(self) -> None:
        """One more token for every active row."""
        positions_A = torch.tensor([row.position for row in self._active], device=self._device)
        last_A = torch.tensor([row.ids[-1] for row in self._active], device=self._device)
        turn = self._cache.turn
        turn.step(positions_A)
        inputs = self._model.embed_ids(last_A[:, None])
        hidden = self._model.hidden(
            inputs,
            past_key_values=self._cache,
            use_cache=True,
            position_ids=positions_A[:, None],
            attention_mask=_mask(positions_A, used=turn.used, dtype=inputs.dtype),
        )
        for row in self._active:
            row.position += 1
        self._take(self._active, self._model.logits(hidden[:, 0]))
        self._leave()

    def _take(self, rows: Sequence[_Active], logits_AV: Tensor) -> None:
        uniform_A = torch.stack([row.uniforms[len(row.ids)] for row in rows]).to(self._device)
        chosen_A, logprob_A = choose(logits_AV=logits_AV, uniform_A=uniform_A, settings=self._settings)
        for row, token, logprob in zip(rows, chosen_A.tolist(), logprob_A.tolist(), strict=True):
            row.ids.append(token)
            row.logprobs.append(logprob)

    def _leave(self) -> None:
        """Ended rows give up their slots; the last rows move up so that used slots stay the first ones."""
        for slot in range(len(self._active) - 1, -1, -1):
            row = self._active[slot]
            ended = row.ids[-1] == self._codec.end_id
            if not ended and len(row.ids) < row.limit:
                continue
            count = len(row.ids) - ended
            self._results[row.index] = Generated(
                ids=tuple(row.ids[:count]),
                logprobs=tuple(row.logprobs[:count]),
                end_logprob=row.logprobs[-1] if ended else 0.0,
            )
            last = len(self._active) - 1
            if slot != last:
                self._cache.move(source=last, target=slot)
                self._active[slot] = self._active[last]
            self._active.pop()


def _mask(positions_A: Tensor, *, used: int, dtype: torch.dtype) -> Tensor:
    """Added to attention scores: nothing up to and including a row's own position, minus infinity past it."""
    places = torch.arange(used, device=positions_A.device)
    past = places[None] > positions_A[:, None]
    mask = torch.zeros(past.shape, dtype=dtype, device=positions_A.device)
    return mask.masked_fill_(past, torch.finfo(dtype).min)[:, None, None]
