"""Training: resumes exactly, the same over two processes, and refuses what would ruin the weights."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from captioner.config import CaptionerConfig, to_json
from captioner.errors import ConfigMismatch, LossNotFinite, NothingToDo, OtherVersion
from captioner.progress import silent
from captioner.training.history import read_history
from captioner.training.train import TrainReport, train
from captioner.training.training_step import TrainingStep
from tests.captioner.conftest import WriteManifest


class Stopped(Exception):
    """Raised by a progress callback to cancel."""


def _train(config: CaptionerConfig, manifest: Path, output: Path, cache: Path, **options: Any) -> TrainReport:
    fields: dict[str, Any] = {"eval_manifest": None, "progress": silent, **options}
    return train(config=config, manifest=manifest, output=output, cache=cache, **fields)


def _losses(output: Path) -> list[float]:
    return [line["loss"] for line in read_history(output) if "loss" in line]


def test_a_training_publishes_a_checkpoint_and_a_report(trained: Path) -> None:
    report = json.loads((trained / "report.json").read_text())
    assert (report["rows"], report["steps"], report["resumed_from_step"]) == (30, 12, 0)
    assert report["epochs"] == 3.0
    assert sorted(file.name for file in (trained / "checkpoint").iterdir()) == [
        "README.md", "config.json", "decoder", "encoder", "format.json", "model.safetensors", "tokenizer",
    ]  # fmt: skip
    assert not (trained / "partial").exists()
    losses = _losses(trained)
    assert len(losses) == 12
    assert losses[-1] < losses[0]
    assert [line["step"] for line in read_history(trained) if "eval_cider" in line] == [6, 12]


def test_a_finished_run_is_answered_with_its_report(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("train")
    first = _train(quick, manifest, tmp_path, cache)
    assert _train(quick, manifest, tmp_path, cache) == first


def test_a_run_cancelled_at_any_step_goes_on_to_the_same_losses_and_weights(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("train")
    every_step = dataclasses.replace(
        quick, training=dataclasses.replace(quick.training, save_every_seconds=0.0)
    )
    _train(quick, manifest, tmp_path / "whole", cache)
    stops = iter([3, 4, 9])
    stop_at = next(stops)

    def stopping(*, done: int, total: int, message: str) -> None:
        if message == "training" and done >= stop_at:
            raise Stopped

    while stop_at:
        with pytest.raises(Stopped):
            _train(every_step, manifest, tmp_path / "parts", cache, progress=stopping)
        stop_at = next(stops, 0)
    report = _train(every_step, manifest, tmp_path / "parts", cache)
    assert report.resumed_from_step >= 8
    assert _losses(tmp_path / "parts") == _losses(tmp_path / "whole")
    whole, parts = (
        load_file(tmp_path / name / "checkpoint" / "model.safetensors") for name in ("whole", "parts")
    )
    assert all(torch.equal(tensor, parts[name]) for name, tensor in whole.items())


def test_a_run_killed_with_nine_is_resumed_to_the_same_losses(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    longer = dataclasses.replace(
        quick, training=dataclasses.replace(quick.training, max_steps=40, save_every_seconds=0.0, epochs=20.0)
    )
    manifest = write_manifest("train")
    (tmp_path / "config.json").write_text(to_json(longer))
    command = [sys.executable, "-m", "captioner", "train", str(manifest), str(tmp_path / "killed"),
               "--config", str(tmp_path / "config.json"), "--cache", str(cache)]  # fmt: skip
    with subprocess.Popen(
        command, env={**os.environ, "OMP_NUM_THREADS": "1"}, stderr=subprocess.DEVNULL
    ) as running:
        try:
            deadline = time.monotonic() + 300
            while len(_losses(tmp_path / "killed")) < 5:
                assert running.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < deadline
                time.sleep(0.002)
        finally:
            running.send_signal(signal.SIGKILL)
    assert not (tmp_path / "killed" / "report.json").exists()
    report = _train(longer, manifest, tmp_path / "killed", cache)
    assert 0 < report.resumed_from_step < 40
    _train(longer, manifest, tmp_path / "whole", cache)
    assert _losses(tmp_path / "killed") == _losses(tmp_path / "whole")


def test_another_run_s_folder_is_refused(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest
) -> None:
    other = dataclasses.replace(quick, training=dataclasses.replace(quick.training, seed=9))
    with pytest.raises(ConfigMismatch, match="other settings or data"):
        _train(other, write_manifest("train"), trained, cache)


def test_no_caption_at_all_is_refused(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    with pytest.raises(NothingToDo, match="nothing to learn from"):
        _train(quick, write_manifest("train", caption=None), tmp_path, cache)


def test_a_loss_that_is_not_finite_stops_before_the_weights_change(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    wild = dataclasses.replace(
        quick,
        training=dataclasses.replace(quick.training, learning_rate=1e30, clip_norm=1e30, warmup_steps=1),
    )
    with pytest.raises(LossNotFinite, match="not a finite number"):
        _train(wild, write_manifest("train"), tmp_path, cache)
    assert not (tmp_path / "checkpoint").exists()


def test_running_out_of_memory_halves_the_pieces_and_goes_on(
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manifest = write_manifest("train")
    plain = dataclasses.replace(
        quick,
        decoder=dataclasses.replace(quick.decoder, dropout=0.0),
        training=dataclasses.replace(quick.training, embedding_noise=0.0, micro_batch_size=8),
    )
    _train(plain, manifest, tmp_path / "roomy", cache)
    forward = TrainingStep._forward

    def cramped(self: TrainingStep, batch: Any) -> torch.Tensor:
        # A machine that holds three rows: what the allocator raises there is raised here.
        if len(batch.views) > 3:
            raise torch.OutOfMemoryError("no memory for so many rows")
        return forward(self, batch)

    monkeypatch.setattr(TrainingStep, "_forward", cramped)
    report = _train(plain, manifest, tmp_path / "cramped", cache)
    assert report.micro_batch_size == 2
    assert _losses(tmp_path / "cramped") == pytest.approx(_losses(tmp_path / "roomy"), rel=1e-4)


def test_the_best_by_a_held_out_score_is_published_and_training_stops_early(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    choosing = dataclasses.replace(
        quick,
        training=dataclasses.replace(
            quick.training,
            select_by="loss",
            patience=1,
            evaluate_every=2,
            max_steps=60,
            epochs=60.0,
            learning_rate=0.3,
        ),
    )
    report = _train(choosing, write_manifest("train"), tmp_path, cache, eval_manifest=write_manifest("eval"))
    losses = {line["step"]: line["eval_loss"] for line in read_history(tmp_path) if "eval_loss" in line}
    assert report.stopped_early
    assert report.steps < 60
    assert report.selected_step == min(losses, key=lambda step: losses[step])


def test_unreadable_images_are_left_out_and_reported(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("train")
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    (tmp_path / "broken.png").write_bytes(b"no image")
    lines[0] |= {"image": str(tmp_path / "broken.png"), "sha256": "ff"}
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    report = _train(quick, manifest, tmp_path / "run", cache)
    assert report.rows == 29
    assert list(report.unreadable_images) == [lines[0]["row_id"]]
    assert any("could not be read" in warning for warning in report.warnings)


def test_fine_tuning_starts_from_a_checkpoint_s_weights_and_words(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    report = _train(quick, write_manifest("train"), tmp_path, cache, start_from=trained)
    assert _losses(tmp_path)[0] < _losses(trained)[0] - 0.5
    kept = (trained / "checkpoint" / "tokenizer" / "tokenizer.json").read_bytes()
    assert (Path(report.checkpoint) / "tokenizer" / "tokenizer.json").read_bytes() == kept


def _left_by_an_older_version(state: Path) -> None:
    """What a training left before its state carried a version, with a field that is gone."""
    file = state / "position.json"
    fields = json.loads(file.read_text())
    del fields["state_version"]
    file.write_text(json.dumps({**fields, "counts": {"captions_missing": 0}}))


def test_an_older_version_s_unfinished_training_is_refused_or_overwritten(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest, output = write_manifest("train"), tmp_path / "run"
    often = dataclasses.replace(quick, training=dataclasses.replace(quick.training, save_every_seconds=0.0))

    def stopping(*, done: int, total: int, message: str) -> None:
        if message == "training" and done >= 5:
            raise Stopped

    with pytest.raises(Stopped):
        _train(often, manifest, output, cache, progress=stopping)
    [*_, newest] = sorted((output / "partial").iterdir())
    _left_by_an_older_version(newest)
    with pytest.raises(OtherVersion, match="another version of the captioner left there"):
        _train(often, manifest, output, cache)
    report = _train(often, manifest, output, cache, overwrite=True)
    assert (report.resumed_from_step, report.steps) == (0, 12)
    assert len(_losses(output)) == 12


def test_overwriting_keeps_what_fits(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("train")
    first = _train(quick, manifest, tmp_path, cache)
    assert _train(quick, manifest, tmp_path, cache, overwrite=True) == first
    other = dataclasses.replace(quick, training=dataclasses.replace(quick.training, seed=9))
    assert _train(other, manifest, tmp_path, cache, overwrite=True).settings != first.settings


def test_an_older_version_s_report_is_refused(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("train")
    _train(quick, manifest, tmp_path, cache)
    fields = json.loads((tmp_path / "report.json").read_text())
    del fields["state_version"]
    (tmp_path / "report.json").write_text(json.dumps(fields))
    with pytest.raises(OtherVersion):
        _train(quick, manifest, tmp_path, cache)


LIMITED = """
import resource, sys
from captioner.commands import main
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
sys.exit(main(sys.argv[1:]))
"""


def test_a_full_disk_fails_with_a_reason_and_the_training_goes_on_when_there_is_space(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    """The system refuses files above a size, as it does above a quota: the weights are the first to meet that."""
    manifest = write_manifest("train")
    _train(dataclasses.replace(quick, name="warm-up"), manifest, tmp_path / "warm", cache)
    (tmp_path / "config.json").write_text(to_json(quick))
    command = [sys.executable, "-c", LIMITED, "train", str(manifest), str(tmp_path / "run"),
               "--config", str(tmp_path / "config.json"), "--cache", str(cache)]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("train: There is no space left on the disk that holds")
    assert sorted(file.name for file in (tmp_path / "run").iterdir() if file.is_dir()) == [
        "partial",
        "tensorboard",
    ]
    assert list((tmp_path / "run" / "partial").iterdir()) == []
    assert _train(quick, manifest, tmp_path / "run", cache).steps == 12
