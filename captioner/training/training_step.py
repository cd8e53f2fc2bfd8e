"""One optimiser step over a global batch: in pieces, over processes, guarded against NaN and running out of memory.

Shapes: B rows, T text positions, M labelled positions.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.distributed.fsdp import FSDPModule
from torch.optim import Optimizer

from captioner.errors import LossNotFinite, OutOfMemory
from captioner.examples.batches import Batch, Piece, collate, share_of
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import View
from captioner.model.sharding import is_sharded, whole
from captioner.training.gradient_exchange import GradientExchange

# `image_B` of the views' images: embeddings from the store, or pixels while the image tower is being trained.
Images = Callable[[Sequence[View]], Tensor]


@dataclass(frozen=True)
class StepOutcome:
    """What a step came to, the same in every process: the mean loss of all caption tokens of the global batch, and whether the
    main process wants the state saved."""

    loss: float
    save_is_due: bool


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

    def run(
        self, views: Sequence[View], *, step: int, learning_rate: float, save_is_due: bool
    ) -> StepOutcome:
        """Updates the weights with the mean loss of all caption tokens of the global batch.

        `save_is_due` counts in the main process alone. It travels with the loss, so that all of them save after the same step:
        each asking its own clock, some would begin a save that the others never join.

        Raises torch's OutOfMemoryError where the model is sharded: this process cannot try again by itself then.
        """
        # The global batch is known to every process, so its token count needs no communication.
        tokens = max(1, sum(view.labels for view in views))
        while (own_share := self._backward(views, tokens=tokens)) is None:
            self._halve()
        loss, save_is_due = self._exchanged(own_share, save_is_due=save_is_due)
        norm = self._accelerator.clip_grad_norm_(self._model.parameters(), self._clip_norm)
        if not torch.isfinite(loss) or (norm is not None and not torch.isfinite(whole(norm))):
            self._optimizer.zero_grad()
            raise LossNotFinite(step=step)
        for group in self._optimizer.param_groups:
            group["lr"] = learning_rate
        self._optimizer.step()
        self._optimizer.zero_grad()
        return StepOutcome(loss=float(loss), save_is_due=save_is_due)

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
        try:
            for piece in pieces:
                with self._without_exchange():
                    summed = self._summed(piece)
                    accelerator.backward(summed * (processes / tokens))
                total += summed.detach() / tokens
                self._tick()
            summed = self._summed(last)
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
        self._tick()
        return total

    def _exchanged(self, own_share: Tensor, *, save_is_due: bool) -> tuple[Tensor, bool]:
        """The loss over all processes, and what the main one said of saving."""
        asked = float(save_is_due and self._accelerator.is_main_process)
        told = torch.stack([own_share.float(), torch.tensor(asked, device=own_share.device)])
        loss, votes = self._accelerator.reduce(told, reduction="sum")
        return loss, bool(votes > 0)

    def _summed(self, piece: Piece) -> Tensor:
        """The sum of the losses of the piece's labels."""
        return self._forward(collate(views=piece.views, codec=self._codec)) * piece.weight

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
