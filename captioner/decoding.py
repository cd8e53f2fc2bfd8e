"""Continuous batching: rows that end make room for the next ones, so no row waits for the longest.

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
from captioner.shelves import Prefill, Shelf, Step, attention_on_shelves
from captioner.tokenizer import TextCodec

# A prefill of a few rows costs nearly as much as one of many, so rows are admitted a quarter of the slots at a time.
ADMISSIONS = 4


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
    """A row being decoded: where its next token goes and what it has said so far."""

    index: int
    position: int
    limit: int
    uniforms: Tensor
    ids: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)


@dataclass(kw_only=True)
class _Group:
    """The rows on a shelf, in the order of their places."""

    shelf: Shelf
    rows: list[_Active] = field(default_factory=list)


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
        self._groups: list[_Group] = []
        slots = min(self._settings.slots, len(prompts))
        together = max(1, slots // ADMISSIONS)
        with attention_on_shelves(self._model.decoder):
            while self._queue or self._groups:
                if self._queue and self._decoding() + together <= slots:
                    self._admit([self._queue.popleft() for _ in range(min(together, len(self._queue)))])
                else:
                    self._advance()
                self._leave()
                self._tick(len(prompts) - len(self._queue) - self._decoding())
        return [result for result in self._results if result is not None]

    def _decoding(self) -> int:
        return sum(len(group.rows) for group in self._groups)

    def _group(self, count: int) -> _Group:
        """Where `count` new rows go: to a shelf of their own, or to the one of all where kernels are dear to start."""
        if self._device.type == "cpu":
            self._groups.append(_Group(shelf=Shelf(places=count, length=self._longest())))
        elif not self._groups:
            self._groups.append(_Group(shelf=Shelf(places=self._settings.slots, length=self._longest())))
        return self._groups[-1]

    def _longest(self) -> int:
        longest = max(len(prompt.alt_ids) for prompt in self._prompts)
        return self._model.visual_tokens + longest + 1 + self._settings.max_tokens

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
        group = self._group(len(rows))
        hidden = self._model.hidden(
            inputs,
            use_cache=False,
            position_ids=torch.arange(inputs.shape[1], device=self._device)[None],
            forward_pass=Prefill(shelf=group.shelf, first=len(group.rows)),
        )
        ends = torch.tensor([self._model.visual_tokens + len(row) for row in rows], device=self._device)
        logits_RV = self._model.logits(hidden[torch.arange(len(rows), device=self._device), ends - 1])
        admitted = [self._begin(index, position=end) for index, end in zip(taken, ends.tolist(), strict=True)]
        group.rows.extend(admitted)
        self._take(admitted, logits_RV)

    def _begin(self, index: int, *, position: int) -> _Active:
        prompt, settings = self._prompts[index], self._settings
        return _Active(
            index=index,
            position=position,
            limit=min(prompt.max_tokens or settings.max_tokens, settings.max_tokens),
            uniforms=row_uniforms(seed=settings.seed, row_id=prompt.row_id, count=settings.max_tokens + 1),
        )

    def _advance(self) -> None:
        """One more token for every row."""
        rows = [row for group in self._groups for row in group.rows]
        inputs = self._model.embed_ids(torch.tensor([[row.ids[-1]] for row in rows], device=self._device))
        positions_A = torch.tensor([row.position for row in rows], device=self._device)
        shares = torch.split(positions_A, [len(group.rows) for group in self._groups])
        places = [(group.shelf, share) for group, share in zip(self._groups, shares, strict=True)]
        hidden = self._model.hidden(
            inputs,
            use_cache=False,
            position_ids=positions_A[:, None],
            forward_pass=Step(places, dtype=inputs.dtype),
        )
        for row in rows:
            row.position += 1
        self._take(rows, self._model.logits(hidden[:, 0]))

    def _take(self, rows: Sequence[_Active], logits_AV: Tensor) -> None:
        uniform_A = torch.stack([row.uniforms[len(row.ids)] for row in rows]).to(self._device)
        chosen_A, logprob_A = choose(logits_AV=logits_AV, uniform_A=uniform_A, settings=self._settings)
        for row, token, logprob in zip(rows, chosen_A.tolist(), logprob_A.tolist(), strict=True):
            row.ids.append(token)
            row.logprobs.append(logprob)

    def _leave(self) -> None:
        """Ended rows give up their places; a group's last row moves up, so that places in use stay the first ones."""
        for group in self._groups:
            for place in range(len(group.rows) - 1, -1, -1):
                if not self._ended(group.rows[place]):
                    continue
                last = len(group.rows) - 1
                if place != last:
                    group.shelf.move(source=last, target=place)
                    group.rows[place] = group.rows[last]
                group.rows.pop()
        self._groups = [group for group in self._groups if group.rows]

    def _ended(self, row: _Active) -> bool:
        """Whether the row has said all; its result is then kept."""
        ended = row.ids[-1] == self._codec.end_id
        if not ended and len(row.ids) < row.limit:
            return False
        count = len(row.ids) - ended
        self._results[row.index] = Generated(
            ids=tuple(row.ids[:count]),
            logprobs=tuple(row.logprobs[:count]),
            end_logprob=row.logprobs[-1] if ended else 0.0,
        )
        return True
