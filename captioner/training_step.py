"""One optimiser step over a global batch: in pieces, over processes, guarded against NaN and running out of memory.

Shapes: B rows, T text positions, M labelled positions.
"""

from collections.abc import Callable, Sequence

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import Optimizer

from captioner.batches import Batch, collate, micro_batches
from captioner.data import View
from captioner.errors import LossNotFinite, OutOfMemory
from captioner.tokenizer import TextCodec

# `image_B` of the views' images: embeddings from the store, or pixels while the image tower is being trained.
Images = Callable[[Sequence[View]], Tensor]


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
        self.micro_batch_size = micro_batch_size

    def run(self, views: Sequence[View], *, step: int, learning_rate: float) -> float:
        """Updates the weights with the mean loss of all caption tokens of the global batch; returns that loss."""
        # The global batch is known to every process, so its token count needs no communication.
        tokens = sum(len(view.caption_ids) + 1 for view in views)
        share = self._share(views)
        while True:
            try:
                loss = self._backward(share, tokens=tokens)
                break
            except torch.OutOfMemoryError as error:
                self._halve(error)
        if not torch.isfinite(loss):
            self._optimizer.zero_grad()
            raise LossNotFinite(step=step)
        norm = self._accelerator.clip_grad_norm_(self._model.parameters(), self._clip_norm)
        if norm is not None and not torch.isfinite(norm):
            self._optimizer.zero_grad()
            raise LossNotFinite(step=step)
        for group in self._optimizer.param_groups:
            group["lr"] = learning_rate
        self._optimizer.step()
        self._optimizer.zero_grad()
        return float(loss)

    def _share(self, views: Sequence[View]) -> list[View]:
        """This process's rows: every n-th by length, so that all processes have about the same work."""
        ordered = sorted(views, key=lambda view: view.length)
        mine = ordered[self._accelerator.process_index :: self._accelerator.num_processes]
        # A process without rows would miss the others' communication; it repeats one row at weight nought.
        return mine or ordered[:1]

    def _backward(self, share: Sequence[View], *, tokens: int) -> Tensor:
        """Adds up gradients of the mean loss; returns the mean loss over all processes."""
        processes = self._accelerator.num_processes
        pieces = micro_batches(share, size=self.micro_batch_size)
        total = torch.zeros((), device=self._accelerator.device)
        for number, piece in enumerate(pieces):
            batch = collate(views=piece, codec=self._codec)
            last = number == len(pieces) - 1
            # Gradients are exchanged once, with the last piece.
            if last or processes == 1:
                summed = self._forward(batch)
                self._accelerator.backward(summed * (processes / tokens))
            else:
                with self._accelerator.no_sync(self._model):
                    summed = self._forward(batch)
                    self._accelerator.backward(summed * (processes / tokens))
            total += summed.detach() / tokens
            self._tick()
        return self._accelerator.reduce(total, reduction="sum")  # type: ignore[no-any-return]

    def _forward(self, batch: Batch) -> Tensor:
        device = self._accelerator.device
        with self._accelerator.autocast():
            return self._model(  # type: ignore[no-any-return]
                image_B=self._images(batch.views).to(device),
                ids_BT=batch.ids_BT.to(device),
                predicting_M=batch.predicting_M.to(device),
                label_M=batch.label_M.to(device),
            )

    def _halve(self, error: torch.OutOfMemoryError) -> None:
        """Tries the same step again in smaller pieces. Not over several processes: they would wait for each other."""
        self._optimizer.zero_grad(set_to_none=True)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        if self.micro_batch_size == 1 or self._accelerator.num_processes > 1:
            raise OutOfMemory(
                f"Training does not fit into memory with {self.micro_batch_size} rows at a time; set a smaller "
                "micro_batch_size, gradient_checkpointing or LoRA, or use a smaller decoder."
            ) from error
        self.micro_batch_size = max(1, self.micro_batch_size // 2)
