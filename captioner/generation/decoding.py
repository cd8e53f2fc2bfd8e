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
from captioner.generation.active_rows import ActiveRows
from captioner.generation.attention import RowStates, attention_over_row_states
from captioner.generation.loops import is_loop
from captioner.generation.packed_weights import packed_weights
from captioner.generation.pages import POSITIONS, Pages
from captioner.generation.sampling import row_uniforms
from captioner.generation.shelf import Shelf
from captioner.model.captioner import Captioner

# How often rows are admitted while all slots change hands once. On a GPU a prefill of a few rows costs nearly as much as one
# of many. On a CPU it costs what its rows do, and its activations stay in the processor's cache if they are few.
ADMISSIONS = {"cpu": 16, "cuda": 4}
# Tokens between two looks at what the device chose. Waiting for a GPU after each token leaves it idle while the next one is
# prepared; rows that have ended in between say a few words that nobody hears. A CPU is never waited for.
TOKENS_BETWEEN_LOOKS = {"cpu": 1, "cuda": 8}


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
    certain: bool = True
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
        tokens_between_looks: int | None = None,
    ) -> None:
        self._between = tokens_between_looks or TOKENS_BETWEEN_LOOKS.get(device.type, 8)
        self.looks = 0
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
        self._done = 0
        with (
            attention_over_row_states(self._model.decoder),
            packed_weights(self._model.decoder, self._model.mapping),
        ):
            again = self._decode(range(len(prompts)), between=self._between)
            if again:  # their nucleus was wider than the shortlist at some token: wait for the device at each
                self._decode(again, between=1)
        return [result for result in self._results if result is not None]

    def _decode(self, indices: Sequence[int], *, between: int) -> list[int]:
        """Decodes these prompts; gives back those of them that were not certain."""
        # Prompts of like length are prefilled together, with little padding.
        self._queue = deque(sorted(indices, key=lambda index: len(self._prompts[index].alt_ids)))
        self._rows: list[_Active] = []
        self._again: list[int] = []
        slots = min(self._settings.slots, len(indices))
        self._states = self._make_states(slots=slots, between=between)
        self._active = ActiveRows(slots=slots, settings=self._settings, device=self._device)
        together = max(1, slots // ADMISSIONS.get(self._device.type, 4))
        while self._queue or self._rows:
            if self._queue and len(self._rows) + together <= slots:
                self._admit(
                    [self._queue.popleft() for _ in range(min(together, len(self._queue)))], wait=between == 1
                )
            else:
                self._advance(tokens=between)
            self._leave()
            self._tick(self._done)
        return self._again

    def _make_states(self, *, slots: int, between: int) -> RowStates:
        prompt = max((len(prompt.alt_ids) for prompt in self._prompts), default=0)
        longest = self._model.visual_tokens + prompt + 1 + self._settings.max_tokens
        if self._device.type == "cpu" and between == 1:
            return Pages(capacity=slots * -(-longest // POSITIONS))
        return Shelf(places=slots, length=longest, device=self._device, dtype=self._model.decoder.dtype)

    def _admit(self, taken: Sequence[int], *, wait: bool) -> None:
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
        first = len(self._rows)
        self._rows += [self._begin(index) for index in taken]
        self._active.admit([self._uniforms(index) for index in taken])
        self._active.say(logits_RV, first=first, wait=wait)
        self._look(first=first)

    def _begin(self, index: int) -> _Active:
        limit = self._prompts[index].max_tokens or self._settings.max_tokens
        return _Active(index=index, limit=min(limit, self._settings.max_tokens))

    def _uniforms(self, index: int) -> Tensor:
        row_id, settings = self._prompts[index].row_id, self._settings
        return row_uniforms(seed=settings.seed, row_id=row_id, count=settings.max_tokens + 1)

    def _advance(self, *, tokens: int) -> None:
        """So many more tokens for every row."""
        for _ in range(tokens):
            hidden = self._model.hidden(
                self._model.embed_ids(self._active.last_tokens()[:, None]),
                use_cache=False,
                position_ids=self._states.positions()[:, None],
                forward_pass=self._states.step(),
            )
            self._active.say(self._model.logits(hidden[:, 0]), first=0, wait=tokens == 1)
        self._look(first=0)

    def _look(self, *, first: int) -> None:
        """Notes what the rows from `first` on have said. What comes after a row's end is nothing of it."""
        self.looks += 1
        rows = self._rows[first:]
        for tokens, logprobs, certain in zip(*self._active.look(), strict=True):
            for row, token, logprob, sure in zip(rows, tokens, logprobs, certain, strict=True):
                if row.certain and not self._said_all(row):
                    row.certain = sure
                    row.ids.append(token)
                    row.logprobs.append(logprob)

    def _leave(self) -> None:
        """Ended rows go, and the last row takes the place of each."""
        for place in range(len(self._rows) - 1, -1, -1):
            if self._ended(self._rows[place]):
                self._states.remove(place)
                self._active.remove(place)
                self._rows[place] = self._rows[-1]
                self._rows.pop()

    def _said_all(self, row: _Active) -> bool:
        if not row.ids:
            return False
        stopped = len(row.ids) >= row.limit or (self._settings.stop_loops and is_loop(row.ids))
        return stopped or row.ids[-1] == self._codec.end_id

    def _ended(self, row: _Active) -> bool:
        """Whether the row has said all; its result is then kept. One that is not certain is done again."""
        if not row.certain:
            self._again.append(row.index)
            return True
        if not self._said_all(row):
            return False
        self._done += 1
        ended = row.ids[-1] == self._codec.end_id
        ids = self._codec.whole(row.ids[: len(row.ids) - ended])
        self._results[row.index] = Generated(
            ids=ids,
            logprobs=tuple(row.logprobs[: len(ids)]),
            end_logprob=row.logprobs[-1] if ended else 0.0,
            finished=ended,
            looped=is_loop(row.ids[: len(row.ids) - ended]),
        )
        return True
