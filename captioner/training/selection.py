"""Scoring a captioner on held-out rows while it trains, and keeping the best one.

Choosing by a held-out score makes the final metrics on the same rows a little too good; the presets therefore take the
last weights, as the paper does.
"""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from captioner.config import CaptionerConfig
from captioner.errors import NothingToDo, OutOfMemory
from captioner.examples.batches import collate, micro_batches
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import TextCounts, View, make_examples
from captioner.generation.decoding import ContinuousDecoder, Prompt
from captioner.metrics.cider import cider_d
from captioner.model.captioner import Captioner
from captioner.model.sharding import gathered
from captioner.model.trained_model import contiguous
from captioner.samples.manifest import Row, references_of
from captioner.storage import published_folder
from captioner.training.training_state import TrainingPosition, restore, trainable


class Selection:
    """The held-out rows, at most as many as the settings say, with their embeddings."""

    def __init__(
        self,
        *,
        config: CaptionerConfig,
        rows: Sequence[Row],
        codec: TextCodec,
        images: Callable[[Sequence[Row]], Tensor],
    ) -> None:
        self._config = config
        self._codec = codec
        self._views = _held_out_views(rows=rows, codec=codec, config=config)
        self.rows = [view.row for view in self._views]
        self._images = images
        self.rows_at_once = max(config.training.micro_batch_size, config.decode.slots)

    def scores(self, *, model: Captioner, tick: Callable[[], None]) -> dict[str, float]:
        """Mean loss of a caption token, and CIDEr-D of greedy captions, both with alt-text.

        Where memory runs out it is tried again with half as many rows at once. Each process may do so for itself: within the
        block none waits for another.
        """
        model.eval()
        with gathered(model):
            while (scores := self._scores(model, tick=tick)) is None:
                if self.rows_at_once == 1:
                    raise OutOfMemory()
                self.rows_at_once //= 2
                if torch.cuda.is_available():
                    torch.cuda.empty_cache()
        model.train()
        return scores

    def _scores(self, model: Captioner, *, tick: Callable[[], None]) -> dict[str, float] | None:
        try:
            embedding_NE = self._embed(model, tick=tick)
            return {
                "eval_loss": self._loss(model, embedding_NE=embedding_NE, tick=tick),
                "eval_cider": self._cider(model, embedding_NE=embedding_NE, tick=tick),
            }
        except torch.OutOfMemoryError:
            return None

    def note(self, *, position: TrainingPosition, scores: dict[str, float]) -> bool:
        """Whether the model is the best so far by the score that the settings choose by."""
        by = self._config.training.select_by
        score = scores["eval_cider"] if by == "cider" else -scores["eval_loss"]
        if position.best_score is not None and score <= position.best_score:
            position.evaluations_without_gain += 1
            return False
        position.best_score, position.best_step, position.evaluations_without_gain = score, position.step, 0
        return by != "last"

    def best_to_keep(self, *, model: Captioner, folder: Path, is_main: bool) -> Callable[[], None] | None:
        """Copies the weights to the CPU, which every process takes part in; the main one gets back what writes the copy."""
        weights = contiguous(trainable(model), keep=is_main)
        if not is_main:
            return None

        def write() -> None:
            with published_folder(folder / "best") as unfinished:
                save_file(weights, unfinished / "weights.safetensors")

        return write

    def restore_best(self, *, model: Captioner, folder: Path) -> None:
        restore(model=model, weights=load_file(folder / "best" / "weights.safetensors"))

    @torch.no_grad()
    def _embed(self, model: Captioner, *, tick: Callable[[], None]) -> Tensor:
        """Read from the store, or by the image tower as it is now where that is trained too."""
        device = next(model.parameters()).device
        size = min(self.rows_at_once, self._config.training.micro_batch_size)
        parts = []
        for start in range(0, len(self.rows), size):
            image_B = self._images(self.rows[start : start + size]).to(device)
            parts.append(model.embed_images(image_B).float().cpu())
            tick()
        return torch.cat(parts)

    @torch.no_grad()
    def _loss(self, model: Captioner, *, embedding_NE: Tensor, tick: Callable[[], None]) -> float:
        device = next(model.parameters()).device
        place = {row.row_id: number for number, row in enumerate(self.rows)}
        total, tokens = 0.0, 0
        size = min(self.rows_at_once, self._config.training.micro_batch_size)
        for piece in micro_batches(self._views, size=size):
            batch = collate(views=piece, codec=self._codec)
            embedding_BE = embedding_NE[[place[view.row.row_id] for view in piece]]
            total += float(
                model.loss(
                    embedding_BE=embedding_BE.to(device),
                    ids_BT=batch.ids_BT.to(device),
                    predicting_M=batch.predicting_M.to(device),
                    label_M=batch.label_M.to(device),
                )
            )
            tokens += batch.tokens
            tick()
        return total / tokens

    def _cider(self, model: Captioner, *, embedding_NE: Tensor, tick: Callable[[], None]) -> float:
        slots = min(self.rows_at_once, self._config.decode.slots)
        settings = dataclasses.replace(self._config.decode, method="greedy", slots=slots)
        decoder = ContinuousDecoder(
            model=model,
            codec=self._codec,
            settings=settings,
            device=next(model.parameters()).device,
            tick=lambda _: tick(),
        )
        prompts = [
            Prompt(row_id=view.row.row_id, embedding_E=embedding_E, alt_ids=view.alt_ids)
            for view, embedding_E in zip(self._views, embedding_NE, strict=True)
        ]
        candidates = [self._codec.decode(generated.ids) for generated in decoder.decode(prompts)]
        return cider_d(candidates=candidates, references=[references_of(row) for row in self.rows])


def _held_out_views(*, rows: Sequence[Row], codec: TextCodec, config: CaptionerConfig) -> list[View]:
    """Rows with a human caption, with their alt-text."""
    told = [dataclasses.replace(row, caption=row.caption or next(iter(row.references), None)) for row in rows]
    try:
        examples = make_examples(rows=told, codec=codec, config=config.text, counts=TextCounts())
    except NothingToDo:
        return []
    chosen = examples[: config.training.evaluation_rows]
    return [example.told for example in chosen]
