"""Continuous batching: rows that end make room for the next ones, so no row waits for the longest.

Shapes: R rows of a prefill, A active rows, E embedding, P visual tokens, T text positions, D decoder width, V vocabulary.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from captioner.config import DecodeSettings
from captioner.examples.tokenizer import TextCodec
from captioner.generation.attention import RowStates, attention_over_row_states
from captioner.generation.loops import is_loop
from captioner.generation.packed_weights import packed_weights
from captioner.generation.pages import POSITIONS, Pages
from captioner.generation.sampling import choose, row_uniforms
from captioner.generation.shelf import Shelf
from captioner.model.captioner import Captioner

# How often rows are admitted while all slots change hands once. On a GPU a prefill of a few rows costs nearly as much as one
# of many. On a CPU it costs what its rows do, and its activations stay in the processor's cache if they are few.
ADMISSIONS = {"cpu": 16, "cuda": 4}


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What one row's caption is generated from; `alt_ids` may be empty. `max_tokens` is a limit of the row's own."""

    row_id: str
    embedding_E: Tensor
    alt_ids: tuple[int, ...]
    max_tokens: int | None = None


@dataclass(frozen=True, kw_only=True)
class Generated:
    """A caption's ids without the end, their log-probabilities, and that of the end (0 when it was cut off).

    `finished` is false for one that was cut off; `looped` tells that it goes round in circles at its end.
    """

    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    end_logprob: float
    finished: bool
    looped: bool

    @property
    def mean_logprob(self) -> float:
        """Over the caption's tokens and its end."""
        ended = [self.end_logprob] if self.finished else []
        every = [*self.logprobs, *ended]
        return sum(every) / len(every) if every else 0.0


@dataclass(kw_only=True)
class _Active:
    """A row being decoded and what it has said so far."""

    index: int
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
        self._rows: list[_Active] = []
        slots = min(self._settings.slots, len(prompts))
        self._states = self._make_states(slots=slots)
        together = max(1, slots // ADMISSIONS.get(self._device.type, 4))
        with (
            attention_over_row_states(self._model.decoder),
            packed_weights(self._model.decoder, self._model.mapping),
        ):
            while self._queue or self._rows:
                if self._queue and len(self._rows) + together <= slots:
                    self._admit([self._queue.popleft() for _ in range(min(together, len(self._queue)))])
                else:
                    self._advance()
                self._leave()
                self._tick(len(prompts) - len(self._queue) - len(self._rows))
        return [result for result in self._results if result is not None]

    def _make_states(self, *, slots: int) -> RowStates:
        prompt = max((len(prompt.alt_ids) for prompt in self._prompts), default=0)
        longest = self._model.visual_tokens + prompt + 1 + self._settings.max_tokens
        if self._device.type == "cpu":
            return Pages(capacity=slots * -(-longest // POSITIONS))
        return Shelf(places=slots, length=longest, device=self._device, dtype=self._model.decoder.dtype)

    def _admit(self, taken: Sequence[int]) -> None:
        """Reads the prompts of some rows and chooses their first token."""
        rows = [(*self._prompts[index].alt_ids, self._codec.separator_id) for index in taken]
        width = max(len(row) for row in rows)
        ids_RT = torch.full((len(rows), width), self._codec.padding_id)
        for number, row in enumerate(rows):
            ids_RT[number, : len(row)] = torch.tensor(row)
        embedding_RE = torch.stack([self._prompts[index].embedding_E for index in taken]).to(self._device)
        visual_RPD = self._model.prefix(embedding_RE)
        inputs = torch.cat((visual_RPD, self._model.embed_ids(ids_RT.to(self._device))), dim=1)
        lengths = [self._model.visual_tokens + len(row) for row in rows]
        hidden = self._model.hidden(
            inputs,
            use_cache=False,
            position_ids=torch.arange(inputs.shape[1], device=self._device)[None],
            forward_pass=self._states.prefill(lengths),
        )
        last_R = torch.tensor(lengths, device=self._device) - 1
        logits_RV = self._model.logits(hidden[torch.arange(len(rows), device=self._device), last_R])
        admitted = [self._begin(index) for index in taken]
        self._rows += admitted
        self._take(admitted, logits_RV)

    def _begin(self, index: int) -> _Active:
        prompt, settings = self._prompts[index], self._settings
        return _Active(
            index=index,
            limit=min(prompt.max_tokens or settings.max_tokens, settings.max_tokens),
            uniforms=row_uniforms(seed=settings.seed, row_id=prompt.row_id, count=settings.max_tokens + 1),
        )

    def _advance(self) -> None:
        """One more token for every row."""
        ids_A1 = torch.tensor([[row.ids[-1]] for row in self._rows], device=self._device)
        position_A1 = torch.tensor(self._states.lengths, device=self._device)[:, None]
        hidden = self._model.hidden(
            self._model.embed_ids(ids_A1),
            use_cache=False,
            position_ids=position_A1,
            forward_pass=self._states.step(),
        )
        self._take(self._rows, self._model.logits(hidden[:, 0]))

    def _take(self, rows: Sequence[_Active], logits_AV: Tensor) -> None:
        uniform_A = torch.stack([row.uniforms[len(row.ids)] for row in rows]).to(self._device)
        chosen_A, logprob_A = choose(logits_AV=logits_AV, uniform_A=uniform_A, settings=self._settings)
        for row, token, logprob in zip(rows, chosen_A.tolist(), logprob_A.tolist(), strict=True):
            row.ids.append(token)
            row.logprobs.append(logprob)

    def _leave(self) -> None:
        """Ended rows go, and the last row takes the place of each."""
        for place in range(len(self._rows) - 1, -1, -1):
            if self._ended(self._rows[place]):
                self._states.remove(place)
                self._rows[place] = self._rows[-1]
                self._rows.pop()

    def _ended(self, row: _Active) -> bool:
        """Whether the row has said all; its result is then kept."""
        ended = row.ids[-1] == self._codec.end_id
        stopped = len(row.ids) >= row.limit or (self._settings.stop_loops and is_loop(row.ids))
        if not ended and not stopped:
            return False
        ids = self._codec.whole(row.ids[: len(row.ids) - ended])
        self._results[row.index] = Generated(
            ids=ids,
            logprobs=tuple(row.logprobs[: len(ids)]),
            end_logprob=row.logprobs[-1] if ended else 0.0,
            finished=ended,
            looped=is_loop(row.ids[: len(row.ids) - ended]),
        )
        return True
