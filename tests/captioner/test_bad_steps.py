"""A step whose loss or gradient is not finite is skipped, counted and named; fp16's scaler learns from it."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch

from captioner.config import CaptionerConfig
from captioner.progress import silent
from captioner.training import run
from captioner.training.history import read_history
from captioner.training.train import train
from captioner.training.training_step import TrainingStep
from tests.captioner.conftest import WriteManifest


def test_a_row_that_spoils_its_steps_is_skipped_and_named(
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forward = TrainingStep._forward

    def spoilt(self: TrainingStep, batch: Any) -> torch.Tensor:
        loss = forward(self, batch)
        return loss * float("inf") if any(view.row.row_id == "scene_00004" for view in batch.views) else loss

    monkeypatch.setattr(TrainingStep, "_forward", spoilt)
    report = train(
        config=quick,
        manifest=write_manifest("train"),
        eval_manifest=None,
        output=tmp_path,
        cache=cache,
        progress=silent,
    )
    bad = [line for line in read_history(tmp_path) if "bad_steps" in line]
    # Once in each of three epochs.
    assert [(line["bad_steps"], line["bad_rows"]) for line in bad] == [
        (number, ["scene_00004"]) for number in (1, 2, 3)
    ]
    assert report.bad_steps == 3
    assert any("3 steps were skipped" in warning for warning in report.warnings)
    assert torch.isfinite(torch.tensor(report.final_loss))


def test_an_overflow_of_the_scaler_is_a_skipped_step_and_lowers_the_scale(
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """accelerate has fp16 on GPUs only; torch's scaler works on CPUs too, and overflows there when its scale is huge."""
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**127)
    make = run.make_accelerator

    def with_scaler(config: CaptionerConfig) -> Any:
        accelerator = make(config)
        accelerator.scaler = scaler

        # As accelerate does it where precision is fp16.
        def unscale() -> None:
            for one in accelerator._optimizers:
                scaler.unscale_(one.optimizer)

        accelerator.unscale_gradients = unscale
        return accelerator

    # Gradients are a sixteenth of what they would have to be to overflow at this scale, or a little more.
    forward = TrainingStep._forward
    monkeypatch.setattr(TrainingStep, "_forward", lambda step, batch: 16 * forward(step, batch))
    monkeypatch.setattr("captioner.training.train.make_accelerator", with_scaler)
    plain = dataclasses.replace(quick, training=dataclasses.replace(quick.training, max_steps=8))
    report = train(
        config=plain,
        manifest=write_manifest("train"),
        eval_manifest=None,
        output=tmp_path,
        cache=cache,
        progress=silent,
    )
    losses = [line for line in read_history(tmp_path) if "loss" in line]
    assert 0 < report.bad_steps < 8
    assert report.bad_steps + len(losses) == 8
    assert scaler.get_scale() == 2.0 ** (127 - report.bad_steps)
