"""Training a captioner on an annotated manifest: from files to files.

Killed at any point, the same call goes on where the run stood and ends with the same weights. Over several processes
(`torchrun`, `accelerate launch`) it is the same call in each.
"""

import dataclasses
import hashlib
import json
import math
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from captioner.config import CaptionerConfig, to_json
from captioner.errors import ConfigMismatch, NotACheckpoint, OtherVersion
from captioner.examples.tokenizer import TextCodec
from captioner.model.checkpoint import find_checkpoint
from captioner.model.sharding import wants_sharding
from captioner.progress import Progress
from captioner.samples.manifest import manifest_hash, read_manifest
from captioner.storage import published_file, refusing_full_disk
from captioner.training.run import TrainingRun, make_accelerator
from captioner.training.sources import ManifestSource, Source, make_encoder
from captioner.training.training_state import STATE_VERSION, check_position


@dataclass(frozen=True, kw_only=True)
class TrainReport:
    """What a training did. `checkpoint` is the published folder."""

    checkpoint: str
    preset: str
    rows: int
    rows_without_caption: int
    unreadable_images: dict[str, str]
    alt_texts_truncated: int
    captions_truncated: int
    parameters: int
    steps: int
    epochs: float
    final_loss: float
    selected_step: int
    stopped_early: bool
    micro_batch_size: int
    seconds: float
    resumed_from_step: int
    manifest_sha256: str
    started_from: str = ""
    settings: dict[str, object] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def train(
    *,
    config: CaptionerConfig,
    manifest: Path,
    eval_manifest: Path | None,
    output: Path,
    cache: Path,
    progress: Progress,
    start_from: Path | None = None,
    origin: str = "",
    overwrite: bool = False,
) -> TrainReport:
    """Trains below `output` and publishes `output/checkpoint`; a finished run is answered with its report.

    `start_from` is a checkpoint whose weights and tokenizer training starts with: fine-tuning after pre-training. The card
    and the report call it `origin`, or name its folder. What `output` holds of other settings, other data or another
    version is refused, or with `overwrite` removed first.
    """
    rows = read_manifest(manifest)
    held_out = [] if eval_manifest is None else read_manifest(eval_manifest)

    def make_source(device: torch.device, codec: TextCodec | None) -> Source:
        return ManifestSource(
            config=config,
            rows=rows,
            held_out=held_out,
            cache=cache,
            encoder=make_encoder(config=config, cache=cache, progress=progress, device=device),
            codec=codec,
            progress=progress,
        )

    data = [manifest_hash(manifest), manifest_hash(eval_manifest) if eval_manifest else ""]
    return run_training(
        config=config,
        make_source=make_source,
        data=data,
        output=output,
        progress=progress,
        start_from=start_from,
        origin=origin,
        overwrite=overwrite,
    )


def run_training(
    *,
    config: CaptionerConfig,
    make_source: Callable[[torch.device, TextCodec | None], Source],
    data: Sequence[str],
    output: Path,
    progress: Progress,
    start_from: Path | None,
    overwrite: bool,
    origin: str = "",
) -> TrainReport:
    """What `train` and `pretrain` share. `data` names the examples: a run is resumed with the same ones only."""
    began = time.monotonic()
    fingerprint = _fingerprint(config=config, data=[*data, str(start_from or "")])
    sharded = wants_sharding(config.training)
    accelerator = make_accelerator(config)
    with refusing_full_disk(output):
        with accelerator.main_process_first():
            finished = _standing(output=output, fingerprint=fingerprint, overwrite=overwrite)
        if finished is not None:
            return finished
        run = TrainingRun(
            config=config,
            accelerator=accelerator,
            sharded=sharded,
            make_source=make_source,
            output=output,
            progress=progress,
            fingerprint=fingerprint,
            start_from=start_from,
            origin=origin,
        )
        run.train()
        run.publish(manifest_sha256=data[0])
        report = _report(run, seconds=time.monotonic() - began, manifest_sha256=data[0], output=output)
        if run.is_main:
            with published_file(output / "report.json") as file:
                json.dump(
                    {"state_version": STATE_VERSION, "fingerprint": fingerprint, **asdict(report)},
                    file,
                    indent=2,
                )
            run.discard_partial()
    return report


def _report(run: TrainingRun, *, seconds: float, manifest_sha256: str, output: Path) -> TrainReport:
    counts, per_epoch = run.source.counts, -(-run.source.examples_per_epoch // run.config.training.batch_size)
    return TrainReport(
        checkpoint=str(output / "checkpoint"),
        preset=run.config.name,
        rows=run.source.examples_per_epoch,
        rows_without_caption=counts.captions_missing,
        unreadable_images=run.source.unreadable,
        alt_texts_truncated=counts.alt_texts_truncated,
        captions_truncated=counts.captions_truncated,
        parameters=run.parameters,
        steps=run.position.step,
        epochs=round(run.position.step / per_epoch, 2),
        final_loss=run.last_loss,
        selected_step=run.selected_step,
        stopped_early=run.stopped_early,
        micro_batch_size=run.step.micro_batch_size,
        seconds=round(seconds, 1),
        resumed_from_step=run.resumed_from,
        manifest_sha256=manifest_sha256,
        started_from=run.origin,
        settings=json.loads(to_json(run.config)),
        warnings=_warnings(run),
    )


def _fingerprint(*, config: CaptionerConfig, data: Sequence[str]) -> str:
    """Names settings and data. How often a run saves and how it is laid out in memory do not change what it learns."""
    training = dataclasses.replace(
        config.training,
        save_every_seconds=0.0,
        micro_batch_size=1,
        sharded=False,
        gradient_checkpointing=False,
    )
    settings = to_json(dataclasses.replace(config, training=training))
    return hashlib.sha256("\n".join((settings, *data)).encode()).hexdigest()


def _standing(*, output: Path, fingerprint: str, overwrite: bool) -> TrainReport | None:
    """The report of a run that is complete, None when there is something to do or to resume."""
    output.mkdir(parents=True, exist_ok=True)
    try:
        report = _finished(output=output, fingerprint=fingerprint)
        if report is None:
            check_position(folder=output / "partial", fingerprint=fingerprint)
    except (ConfigMismatch, OtherVersion):
        if not overwrite:
            raise
        shutil.rmtree(output)
        output.mkdir()
        return None
    return report


def _finished(*, output: Path, fingerprint: str) -> TrainReport | None:
    file = output / "report.json"
    if not file.exists():
        return None
    fields = json.loads(file.read_text(encoding="utf-8"))
    if fields.pop("state_version", None) != STATE_VERSION:
        raise OtherVersion(output)
    if fields.pop("fingerprint") != fingerprint:
        raise ConfigMismatch(f"{output} holds a run of other settings or data; give each run its own folder.")
    try:
        find_checkpoint(output)
    except NotACheckpoint:
        return None
    return TrainReport(**fields)


def _warnings(run: TrainingRun) -> list[str]:
    warnings = []
    if run.source.examples_per_epoch < 100:
        warnings.append(
            f"Only {run.source.examples_per_epoch} annotated images: "
            "too few for this captioner to learn from; expect poor drafts."
        )
    if run.source.unreadable:
        warnings.append(f"{len(run.source.unreadable)} images could not be read and were left out.")
    if not math.isfinite(run.last_loss):
        warnings.append("The last loss was not recorded.")
    if run.config.training.precision == "bf16" and not torch.cuda.is_available():
        warnings.append(
            "bf16 was asked for but there is no GPU; full precision was used, which is faster here."
        )
    return warnings
