"""One training run: its model, its data, its place, and the loop over steps."""

import hashlib
import math
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import InitProcessGroupKwargs, broadcast_object_list, gather_object, set_seed
from torch import distributed as dist

from captioner.config import CaptionerConfig
from captioner.errors import LossNotFinite, OutOfMemory, ProcessesDiffer, ProcessLost, StoppedBySignal
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import View
from captioner.model.adapters import add_adapters
from captioner.model.captioner import make_decoder
from captioner.model.card import model_card
from captioner.model.checkpoint import find_checkpoint, save_checkpoint
from captioner.model.sharding import shard
from captioner.model.trained_model import contiguous, new_captioner, started_captioner, trained_weights
from captioner.progress import Progress
from captioner.training.background import BackgroundWriter
from captioner.training.company import Company
from captioner.training.history import History, read_history
from captioner.training.optimizer import learning_rate, make_optimizer
from captioner.training.selection import Selection
from captioner.training.sources import Source, start_codec, step_count
from captioner.training.stopping import TRAINING, StopRequest
from captioner.training.training_state import (
    PIECE_SIZE,
    TrainingPosition,
    load_state,
    newest_whole,
    read_position,
    remember_piece_size,
    remembered_piece_size,
    remove_unfinished,
    state_to_save,
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
        cache: Path,
        progress: Progress,
        accelerator: Accelerator,
        company: Company,
        stop: StopRequest,
        sharded: bool,
        fingerprint: str,
        start_from: Path | None,
        origin: str = "",
    ) -> None:
        self.config = config
        self._output = output
        self._cache = cache
        self._partial = output / "partial"
        self._progress = progress
        self._start_from = None if start_from is None else find_checkpoint(start_from)
        self.origin = origin or ("" if self._start_from is None else str(start_from))
        self._accelerator = accelerator
        self._company = company
        self._stop = stop
        self._sharded = sharded and accelerator.num_processes > 1
        # The main process chooses: a file system may show another state to another machine, or show it later.
        self._state: Path | None = self._of_main(newest_whole(self._partial) if self.is_main else None)
        self.position = self._start(fingerprint)
        self.resumed_from = self.position.step
        set_seed(config.training.seed)
        with company.first_one_first("examples"):
            self.source = make_source(self._accelerator.device, start_codec(start_from=self._start_from))
        self._writer = BackgroundWriter()
        company.last_work = self._writer.close
        self._build_model()
        self.selection = Selection(
            config=config, rows=self.source.held_out, codec=self.source.codec, images=self.source.images
        )
        self.last_loss = _last_loss(output)
        self._saved_at = time.monotonic()
        self._have_the_same("another number of steps", self.steps)

    @property
    def is_main(self) -> bool:
        return bool(self._accelerator.is_main_process)

    @property
    def steps(self) -> int:
        return step_count(training=self.config.training, examples=self.source.examples_per_epoch)

    @property
    def selected_step(self) -> int:
        return self.position.best_step if self._best_exists() else self.position.step

    @property
    def stopped_early(self) -> bool:
        return 0 < self.config.training.patience <= self.position.evaluations_without_gain

    def train(self) -> None:
        """Runs the steps that are left, saving now and then; a raising progress callback leaves a resumable state."""
        if self._state is not None:
            load_state(folder=self._state, model=self._model, optimizer=self._optimizer)
            self._restore_scaler()
            self.source.seek(self.position.mark)
        history = History(folder=self._output, from_step=self.position.step) if self.is_main else None
        self._saved_at = time.monotonic()
        try:
            self._take_steps(history)
            self.save()
            self._writer.finish()
        except BaseException:
            self._company.ending()
            raise
        finally:
            self._writer.close()
            if history is not None:
                history.close()

    def _take_steps(self, history: History | None) -> None:
        training, save_is_due = self.config.training, False
        while True:
            number = self.position.step
            due = number % training.evaluate_every == 0 or number == self.steps
            if due and self.position.evaluated_step < number:
                self._evaluate(history)
            if number >= self.steps or self.stopped_early:
                return
            if save_is_due:
                self.save()
            self._writer.check()
            rate = learning_rate(step=number, steps=self.steps, config=training)
            with self._company.within(f"step {number + 1}"):
                outcome = self._step(number, learning_rate=rate)
            self.position.step = number + 1
            self._log(history, outcome, rate=rate)
            if outcome.stop_is_asked:
                self._save_and_stop()
            save_is_due = outcome.save_is_due

    def save(self) -> None:
        """Copies the state to resume from; the main process writes it while training goes on."""
        with self._company.within(f"the save after step {self.position.step}"):
            self.position.mark = self.source.mark()
            self.position.micro_batch_size = self.step.micro_batch_size
            if self._accelerator.scaler is not None:
                self.position.scaler = self._accelerator.scaler.state_dict()
            write = state_to_save(
                partial=self._partial,
                position=self.position,
                model=self._model,
                optimizer=self._optimizer,
                is_main=self.is_main,
                keep=max(1, self.config.training.keep_states),
            )
        if write is not None:
            self._writer.start(write)
        self._saved_at = time.monotonic()

    def publish(self, *, manifest_sha256: str) -> None:
        """Writes the checkpoint: the last weights, or the best when the settings choose by a held-out score.

        Every process calls this, the main one writes.
        """
        with self._company.within("the end"):
            if self._of_main(self._best_exists()):
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

    def _start(self, fingerprint: str) -> TrainingPosition:
        """Where the chosen state stands; the same in all processes."""
        if self.is_main:
            remove_unfinished(self._partial)
        self._have_the_same("other settings or data", fingerprint)
        if self._state is None:
            return TrainingPosition(fingerprint=fingerprint)
        seen = self._state.exists()
        self._have_the_same("another folder of states", seen)
        return read_position(self._state)

    def _have_the_same(self, what: str, value: object) -> None:
        """Raises ProcessesDiffer in all processes when they do not."""
        if self._accelerator.num_processes == 1:
            return
        values = gather_object([str(value)])
        for process, other in enumerate(values):
            if other != values[0]:
                raise ProcessesDiffer(process=process, processes=len(values), what=what)

    def _save_and_stop(self) -> None:
        self.save()
        number = int(self._accelerator.gather(self._number(self._stop.number)).max())
        # When the first of them ends, torchrun ends the rest, so none may before all is written.
        with self._company.first_one_first("saved to stop"):
            self._writer.finish()
        raise StoppedBySignal(number=number, saved_step=self.position.step, told_elsewhere=not self.is_main)

    def _number(self, number: int) -> torch.Tensor:
        return torch.tensor([number], device=self._accelerator.device)

    def _restore_scaler(self) -> None:
        if self._accelerator.scaler is not None and self.position.scaler:
            self._accelerator.scaler.load_state_dict(self.position.scaler)

    def _build_model(self) -> None:
        encoder, start = self.source.encoder, self._start_from
        if start is None:
            decoder = make_decoder(config=self.config.decoder, codec=self.source.codec, cache=self._cache)
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
        views = self.source.batch(number)
        self._have_the_same_rows(views)
        waited = time.monotonic() - self._saved_at
        try:
            return self.step.run(
                views,
                learning_rate=learning_rate,
                save_is_due=waited >= self.config.training.save_every_seconds,
                stop_is_asked=self._stop.number > 0,
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
        return int(self._accelerator.gather(self._number(size)).min())

    def _have_the_same_rows(self, views: list[View]) -> None:
        """Where one process reads other rows, one would have more pieces than another, and wait for it for ever."""
        self._company.moved()
        if self._accelerator.num_processes == 1:
            return
        digest = hashlib.sha256(repr([(view.row.row_id, view.length) for view in views]).encode()).digest()
        mine = self._number(int.from_bytes(digest[:7], "big"))
        everybody: list[int] = self._accelerator.gather(mine).tolist()
        self._company.moved()
        for process, other in enumerate(everybody):
            if other != everybody[0]:
                raise ProcessesDiffer(process=process, processes=len(everybody), what="read other rows")

    def _tick(self) -> None:
        self._company.moved()
        self._progress(done=self.position.step, total=self.steps, message=TRAINING)

    def _log(self, history: History | None, outcome: StepOutcome, *, rate: float) -> None:
        position = self.position
        if outcome.loss is not None:
            self.last_loss = outcome.loss
            position.bad_in_a_row = 0
            if history is not None:
                history.add(step=position.step, loss=outcome.loss, learning_rate=rate)
            self._tick()
            return
        position.bad_steps += 1
        position.bad_in_a_row += 1
        if history is not None:
            history.add_bad_step(step=position.step, bad_steps=position.bad_steps, rows=outcome.bad_rows)
        if position.bad_in_a_row >= self.config.training.bad_steps_in_a_row:
            raise LossNotFinite(step=position.step, in_a_row=position.bad_in_a_row, rows=outcome.bad_rows)
        self._tick()

    def _evaluate(self, history: History | None) -> None:
        """Scores the model on held-out rows; keeps it when it is the best so far and the settings choose by score."""
        self.position.evaluated_step = self.position.step
        if not self.selection.rows:
            return
        with self._company.within(f"the evaluation after step {self.position.step}"):
            scores = self._of_main(self.selection.scores(model=self._model, tick=self._tick))
            if history is not None:
                history.add(step=self.position.step, **scores)
            if not self.selection.note(position=self.position, scores=scores):
                return
            write = self.selection.best_to_keep(model=self._model, folder=self._output, is_main=self.is_main)
        if write is not None:
            self._writer.start(write)

    def _of_main(self, value: Any) -> Any:
        """The main process's value. Devices round differently and file systems show files late: a process that alone takes the
        model for the best so far, or training for ended, would wait for the others for ever."""
        [agreed] = broadcast_object_list([value])
        return agreed

    def _best_exists(self) -> bool:
        return (
            self.config.training.select_by != "last"
            and (self._output / "best" / "weights.safetensors").exists()
        )


def make_accelerator(config: CaptionerConfig) -> Accelerator:
    """bf16 without a GPU is many times slower than full precision, so it is used on GPUs only."""
    precision = {"fp32": "no", "bf16": "bf16", "fp16": "fp16"}[config.training.precision]
    on_gpu = torch.cuda.is_available()
    # The watch in company.py knows who hangs, so it comes first.
    timeout = timedelta(seconds=config.training.stuck_after_seconds + 60)
    try:
        return Accelerator(
            mixed_precision=precision if on_gpu else "no",
            cpu=not on_gpu,
            kwargs_handlers=[InitProcessGroupKwargs(backend=None, timeout=timeout)],
        )
    except dist.DistError as error:
        raise ProcessLost(
            f"The processes of this training did not find each other ({str(error).splitlines()[0][:200]}); start as many as "
            "WORLD_SIZE says, with the same MASTER_ADDR and MASTER_PORT, or use torchrun."
        ) from error


def _last_loss(output: Path) -> float:
    losses = [line["loss"] for line in read_history(output) if "loss" in line]
    return losses[-1] if losses else math.nan
