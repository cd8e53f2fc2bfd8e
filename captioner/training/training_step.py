"""One optimiser step over a global batch: in pieces, over processes, guarded against NaN and running out of memory.

What one process alone finds is told to all before any of them acts on it: memory that ran out, a loss or gradient that is not
finite, that a save is due, that somebody wants to stop.

Shapes: B rows, T text positions, M labelled positions.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import torch
from accelerate import Accelerator
from accelerate.utils import gather_object
from torch import Tensor, nn
from torch.distributed.fsdp import FSDPModule
from torch.optim import Optimizer

from captioner.errors import OutOfMemory
from captioner.examples.batches import Batch, Piece, collate, share_of
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import View
from captioner.model.sharding import is_sharded, whole
from captioner.training.gradient_exchange import GradientExchange

# `image_B` of the views' images: embeddings from the store, or pixels while the image tower is being trained.
Images = Callable[[Sequence[View]], Tensor]


@dataclass(frozen=True)
class StepOutcome:
    """What a step came to, the same in every process: the mean loss of all caption tokens of the global batch, None where it or
    the gradient was not finite and the step was skipped; the rows to blame then; and what the processes want next."""

    loss: float | None
    bad_rows: tuple[str, ...]
    save_is_due: bool
    stop_is_asked: bool


class TrainingStep:
    """Runs steps and remembers the size of the pieces that fit into memory."""

    def __init__(
        self,
        *,
        accelerator: Accelerator,
        model: nn.Module,
        optimizer: Optimizer,
        codec: TextCodec,
        images: Images,
        clip_norm: float,
        micro_batch_size: int,
        tick: Callable[[], None],
    ) -> None:
        self._accelerator = accelerator
        self._model = model
        self._optimizer = optimizer
        self._codec = codec
        self._images = images
        self._clip_norm = clip_norm
        self._tick = tick
        self._sharded = is_sharded(model)
        several = accelerator.num_processes > 1 and not self._sharded
        self._exchange = GradientExchange(model) if several else None
        self.micro_batch_size = micro_batch_size
        # What this process computed of the step: pieces, and the sums of their losses.
        self._computed: list[tuple[Piece, Tensor]] = []

    def run(
        self, views: Sequence[View], *, learning_rate: float, save_is_due: bool, stop_is_asked: bool
    ) -> StepOutcome:
        """Updates the weights with the mean loss of all caption tokens of the global batch, unless it or a gradient is bad.

        `save_is_due` counts in the main process alone, `stop_is_asked` in any. They travel with the loss, so that all processes
        save or stop after the same step: each asking its own clock, some would begin a save that the others never join.

        Raises torch's OutOfMemoryError where the model is sharded: this process cannot try again by itself then.
        """
        # The global batch is known to every process, so its token count needs no communication.
        tokens = max(1, sum(view.labels for view in views))
        while (own_share := self._backward(views, tokens=tokens)) is None:
            self._halve()
        norm = self._accelerator.clip_grad_norm_(self._model.parameters(), self._clip_norm)
        is_main = self._accelerator.is_main_process
        loss, save_votes, stop_votes, bad_votes = self._exchanged(
            own_share, save_is_due and is_main, stop_is_asked, norm is not None and not whole(norm).isfinite()
        )
        is_bad = not math.isfinite(loss) or bad_votes > 0
        if is_bad:
            bad_rows = self._bad_rows(views)
            if self._accelerator.scaler is not None:
                self._accelerator.scaler.update()
        else:
            bad_rows = ()
            for group in self._optimizer.param_groups:
                group["lr"] = learning_rate
            self._optimizer.step()
        self._optimizer.zero_grad()
        return StepOutcome(
            loss=None if is_bad else loss,
            bad_rows=bad_rows,
            save_is_due=save_votes > 0,
            stop_is_asked=stop_votes > 0,
        )

    def _backward(self, views: Sequence[View], *, tokens: int) -> Tensor | None:
        """Adds up gradients of the mean loss; returns this process's share of it, or None when memory ran out in any of them.

        Gradients are exchanged once, with the last piece, which is the smallest; before that the processes tell each other
        whether they got so far, because a process waits for ever in an exchange that another never joins.
        """
        accelerator = self._accelerator
        processes = accelerator.num_processes
        *pieces, last = share_of(
            views, process=accelerator.process_index, processes=processes, size=self.micro_batch_size
        )
        total = torch.zeros((), device=accelerator.device)
        self._computed = []
        try:
            for piece in pieces:
                with self._without_exchange():
                    summed = self._summed(piece)
                    accelerator.backward(summed * (processes / tokens))
                total += summed.detach() / tokens
                self._tick()
            summed = self._summed(last)
            self._tick()
            if processes == 1:
                accelerator.backward(summed / tokens)
            got_so_far = True
        except torch.OutOfMemoryError:
            if self._sharded:
                raise
            got_so_far = False
        if not self._all(got_so_far):
            return None
        if processes > 1:
            with self._with_exchange():
                accelerator.backward(summed * (processes / tokens))
        total += summed.detach() / tokens
        return total

    def _exchanged(self, own_share: Tensor, *votes: bool | Tensor) -> tuple[float, ...]:
        """The loss over all processes, and how many of them said yes to each question."""
        answers = torch.tensor([float(vote) for vote in votes], device=own_share.device)
        told = torch.cat([own_share.float()[None], answers])
        summed: list[float] = self._accelerator.reduce(told, reduction="sum").tolist()
        return tuple(summed)

    def _bad_rows(self, views: Sequence[View]) -> tuple[str, ...]:
        """The rows of this step whose losses are not finite, of all processes; all rows where it is the gradient alone."""
        found: list[str] = []
        for piece, summed in self._computed:
            if piece.weight and not summed.isfinite():
                found += [view.row.row_id for view in self._not_finite(piece.views)]
        if self._accelerator.num_processes > 1:
            found = gather_object(found)
        return tuple(sorted(found)) or tuple(sorted(view.row.row_id for view in views))

    def _not_finite(self, views: list[View]) -> list[View]:
        """Those of a piece that are to blame, each computed by itself. Not where the others would have to take part."""
        if self._sharded:
            return views
        with torch.no_grad():
            alone = [
                view
                for view in views
                if not self._forward(collate(views=[view], codec=self._codec)).isfinite()
            ]
        return alone or views

    def _summed(self, piece: Piece) -> Tensor:
        """The sum of the losses of the piece's labels."""
        summed = self._forward(collate(views=piece.views, codec=self._codec)) * piece.weight
        self._computed.append((piece, summed.detach()))
        return summed

    def _forward(self, batch: Batch) -> Tensor:
        device = self._accelerator.device
        with self._accelerator.autocast():
            return self._model(  # type: ignore[no-any-return]
                image_B=self._images(batch.views).to(device),
                ids_BT=batch.ids_BT.to(device),
                predicting_M=batch.predicting_M.to(device),
                label_M=batch.label_M.to(device),
            )

    @contextmanager
    def _without_exchange(self) -> Iterator[None]:
        """Gradients stay in this process within the block."""
        if isinstance(self._model, FSDPModule):
            self._model.set_requires_gradient_sync(requires_gradient_sync=False)
        yield
        if isinstance(self._model, FSDPModule):
            self._model.set_requires_gradient_sync(requires_gradient_sync=True)

    def _with_exchange(self) -> AbstractContextManager[None]:
        return nullcontext() if self._exchange is None else self._exchange.during_backward()

    def _all(self, got_so_far: bool) -> bool:
        if self._accelerator.num_processes == 1:
            return got_so_far
        failures = torch.tensor(0 if got_so_far else 1, device=self._accelerator.device)
        return int(self._accelerator.reduce(failures, reduction="sum")) == 0

    def _halve(self) -> None:
        """For trying the same step again in smaller pieces; every process does the same."""
        self._optimizer.zero_grad(set_to_none=True)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        if self.micro_batch_size == 1:
            raise OutOfMemory()
        self.micro_batch_size = max(1, self.micro_batch_size // 2)
