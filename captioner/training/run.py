"""One training run: its model, its data, its place, and the loop over steps."""

import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import torch
from accelerate import Accelerator
from accelerate.utils import broadcast_object_list, set_seed

from captioner.config import CaptionerConfig
from captioner.errors import OutOfMemory
from captioner.examples.tokenizer import TextCodec
from captioner.model.adapters import add_adapters
from captioner.model.captioner import make_decoder
from captioner.model.card import model_card
from captioner.model.checkpoint import find_checkpoint, save_checkpoint
from captioner.model.sharding import shard
from captioner.model.trained_model import contiguous, new_captioner, started_captioner, trained_weights
from captioner.progress import Progress
from captioner.training.history import History, read_history
from captioner.training.optimizer import learning_rate, make_optimizer
from captioner.training.selection import Selection
from captioner.training.sources import Source, start_codec, step_count
from captioner.training.training_state import (
    PIECE_SIZE,
    TrainingPosition,
    load_state,
    read_position,
    remember_piece_size,
    remembered_piece_size,
    save_state,
)
from captioner.training.training_step import StepOutcome, TrainingStep


class TrainingRun:
    """Built from settings and a source of examples; `train` runs or resumes it, `publish` writes the checkpoint."""

    def __init__(
        self,
        *,
        config: CaptionerConfig,
        make_source: Callable[[torch.device, TextCodec | None], Source],
        output: Path,
        progress: Progress,
        accelerator: Accelerator,
        sharded: bool,
        fingerprint: str,
        start_from: Path | None,
        origin: str = "",
    ) -> None:
        self.config = config
        self._output = output
        self._partial = output / "partial"
        self._progress = progress
        self._start_from = None if start_from is None else find_checkpoint(start_from)
        self.origin = origin or ("" if self._start_from is None else str(start_from))
        self._accelerator = accelerator
        self._sharded = sharded and accelerator.num_processes > 1
        self.position = read_position(self._partial) or TrainingPosition(fingerprint=fingerprint)
        self.resumed_from = self.position.step
        set_seed(config.training.seed)
        with self._accelerator.main_process_first():
            self.source = make_source(self._accelerator.device, start_codec(start_from=self._start_from))
        self._build_model()
        self.selection = Selection(
            config=config, rows=self.source.held_out, codec=self.source.codec, images=self.source.images
        )
        self.last_loss = _last_loss(output)
        self._saved_at = time.monotonic()
        self.stopped_early = False

    @property
    def is_main(self) -> bool:
        return bool(self._accelerator.is_main_process)

    @property
    def steps(self) -> int:
        return step_count(training=self.config.training, examples=self.source.examples_per_epoch)

    @property
    def selected_step(self) -> int:
        return self.position.best_step if self._best_exists() else self.position.step

    def train(self) -> None:
        """Runs the steps that are left, saving now and then; a raising progress callback leaves a resumable state."""
        if self._partial_exists():
            load_state(folder=self._partial, model=self._model, optimizer=self._optimizer)
            self.source.seek(self.position.mark)
        history = History(folder=self._output, from_step=self.position.step) if self.is_main else None
        self._saved_at = time.monotonic()
        training = self.config.training
        try:
            while self.position.step < self.steps and not self.stopped_early:
                number = self.position.step
                rate = learning_rate(step=number, steps=self.steps, config=training)
                outcome = self._step(number, learning_rate=rate)
                self.last_loss = outcome.loss
                self.position.step = number + 1
                self._log(history, loss=self.last_loss, rate=rate)
                if self.position.step % training.evaluate_every == 0 or self.position.step == self.steps:
                    self._evaluate(history)
                if outcome.save_is_due and self.position.step < self.steps:
                    self.save()
            self.save()
        finally:
            if history is not None:
                history.close()

    def save(self) -> None:
        """Publishes the state to resume from."""
        self.position.mark = self.source.mark()
        self.position.micro_batch_size = self.step.micro_batch_size
        self._accelerator.wait_for_everyone()
        save_state(
            folder=self._partial,
            position=self.position,
            model=self._model,
            optimizer=self._optimizer,
            is_main=self.is_main,
        )
        self._accelerator.wait_for_everyone()
        self._saved_at = time.monotonic()

    def publish(self, *, manifest_sha256: str) -> None:
        """Writes the checkpoint: the last weights, or the best when the settings choose by a held-out score.

        Every process calls this, the main one writes.
        """
        if self._best_exists():
            self.selection.restore_best(model=self._model, folder=self._output)
        weights = contiguous(trained_weights(self._model), keep=self.is_main)
        if not self.is_main:
            return
        save_checkpoint(
            folder=self._output / "checkpoint",
            config=self.config,
            model=self._model,
            weights=weights,
            codec=self.source.codec,
            encoder=self.source.encoder,
            card=model_card(
                config=self.config,
                rows=self.source.examples_per_epoch,
                manifest_sha256=manifest_sha256,
                started_from=self.origin,
            ),
        )

    def discard_partial(self) -> None:
        shutil.rmtree(self._partial, ignore_errors=True)
        shutil.rmtree(self._output / "best", ignore_errors=True)
        (self._output / PIECE_SIZE).unlink(missing_ok=True)

    def _build_model(self) -> None:
        encoder, start = self.source.encoder, self._start_from
        if start is None:
            decoder = make_decoder(config=self.config.decoder, codec=self.source.codec)
            self._model = new_captioner(config=self.config, encoder=encoder, decoder=decoder)
        else:
            self._model = started_captioner(config=self.config, encoder=encoder, start=start)
        if self.config.decoder.lora is not None:
            add_adapters(decoder=self._model.decoder, lora=self.config.decoder.lora)
        if self.config.training.gradient_checkpointing:
            self._model.decoder.activation_checkpointing_enable()
        self.parameters = sum(p.numel() for p in self._model.parameters() if p.requires_grad)
        self._model.train()
        self._model.to(self._accelerator.device)
        if self._sharded:
            shard(
                model=self._model,
                config=self.config.training,
                device=self._accelerator.device,
                processes=self._accelerator.num_processes,
            )
        optimizer = make_optimizer(model=self._model, config=self.config.training)
        self._optimizer = self._accelerator.prepare(optimizer)
        self.step = TrainingStep(
            accelerator=self._accelerator,
            model=self._model,
            optimizer=self._optimizer,
            codec=self.source.codec,
            images=lambda views: self.source.images([view.row for view in views]),
            clip_norm=self.config.training.clip_norm,
            micro_batch_size=self._piece_size(),
            tick=self._tick,
        )

    def _step(self, number: int, *, learning_rate: float) -> StepOutcome:
        waited = time.monotonic() - self._saved_at
        try:
            return self.step.run(
                self.source.batch(number),
                step=number + 1,
                learning_rate=learning_rate,
                save_is_due=waited >= self.config.training.save_every_seconds,
            )
        except torch.OutOfMemoryError as error:
            # The others wait within a layer for this process's part of it, so that only all of them can begin again.
            size = self.step.micro_batch_size // 2
            if size == 0:
                raise OutOfMemory() from error
            remember_piece_size(output=self._output, size=size)
            raise OutOfMemory(goes_on_with=size) from error

    def _piece_size(self) -> int:
        """Rows in a piece: what the settings say, or fewer where memory has run out before, in any of the processes."""
        size = self.position.micro_batch_size or self.config.training.micro_batch_size
        size = min(size, remembered_piece_size(self._output) or size)
        sizes = self._accelerator.gather(torch.tensor([size], device=self._accelerator.device))
        return int(sizes.min())

    def _tick(self) -> None:
        self._progress(done=self.position.step, total=self.steps, message="training")

    def _log(self, history: History | None, *, loss: float, rate: float) -> None:
        if history is not None:
            history.add(step=self.position.step, loss=loss, learning_rate=rate)
        self._tick()

    def _evaluate(self, history: History | None) -> None:
        """Scores the model on held-out rows; keeps it when it is the best so far and the settings choose by score."""
        if not self.selection.rows:
            return
        scores = self._of_main(self.selection.scores(model=self._model, tick=self._tick))
        if history is not None:
            history.add(step=self.position.step, **scores)
        improved = self.selection.note(position=self.position, scores=scores)
        if improved:
            self.selection.keep_best(model=self._model, folder=self._output, is_main=self.is_main)
            self._accelerator.wait_for_everyone()
        patience = self.config.training.patience
        self.stopped_early = 0 < patience <= self.position.evaluations_without_gain

    def _of_main(self, scores: dict[str, float]) -> dict[str, float]:
        """The main process's scores. Devices round differently, and whoever thinks the model the best so far, or training at
        its end, alone waits for the others for ever."""
        [agreed] = broadcast_object_list([scores])
        return agreed  # type: ignore[no-any-return]

    def _partial_exists(self) -> bool:
        return (self._partial / "position.json").exists()

    def _best_exists(self) -> bool:
        return (
            self.config.training.select_by != "last"
            and (self._output / "best" / "weights.safetensors").exists()
        )


def make_accelerator(config: CaptionerConfig) -> Accelerator:
    """bf16 without a GPU is many times slower than full precision, so it is used on GPUs only."""
    precision = {"fp32": "no", "bf16": "bf16", "fp16": "fp16"}[config.training.precision]
    on_gpu = torch.cuda.is_available()
    return Accelerator(mixed_precision=precision if on_gpu else "no", cpu=not on_gpu)


def _last_loss(output: Path) -> float:
    losses = [line["loss"] for line in read_history(output) if "loss" in line]
    return losses[-1] if losses else math.nan
