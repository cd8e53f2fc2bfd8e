"""Training a captioner on an annotated manifest: from files to files.

Killed at any point, the same call goes on where the run stood and ends with the same weights. Over several processes
(`torchrun`, `accelerate launch`) it is the same call in each.
"""

import dataclasses
import hashlib
import json
import math
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from captioner.checkpoint import find_checkpoint
from captioner.config import CaptionerConfig, to_json
from captioner.errors import ConfigMismatch, NotACheckpoint
from captioner.manifest import manifest_hash, read_manifest
from captioner.progress import Progress
from captioner.run import TrainingRun
from captioner.storage import published_file, refusing_full_disk


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
) -> TrainReport:
    """Trains below `output` and publishes `output/checkpoint`; a finished run is answered with its report."""
    began = time.monotonic()
    rows = read_manifest(manifest)
    held_out = [] if eval_manifest is None else read_manifest(eval_manifest)
    fingerprint = _fingerprint(config=config, manifest=manifest, eval_manifest=eval_manifest)
    with refusing_full_disk(output):
        output.mkdir(parents=True, exist_ok=True)
        finished = _finished(output=output, fingerprint=fingerprint)
        if finished is not None:
            return finished
        run = TrainingRun(
            config=config,
            rows=rows,
            held_out=held_out,
            output=output,
            cache=cache,
            progress=progress,
            fingerprint=fingerprint,
        )
        run.train()
        run.publish(manifest_sha256=manifest_hash(manifest))
    report = TrainReport(
        checkpoint=str(output / "checkpoint"),
        preset=config.name,
        rows=len(run.examples),
        rows_without_caption=run.counts.captions_missing,
        unreadable_images=run.unreadable,
        alt_texts_truncated=run.counts.alt_texts_truncated,
        captions_truncated=run.counts.captions_truncated,
        parameters=run.parameters,
        steps=run.position.step,
        epochs=round(run.position.step / run.plan.batches_per_epoch, 2),
        final_loss=run.last_loss,
        selected_step=run.selected_step,
        stopped_early=run.stopped_early,
        micro_batch_size=run.step.micro_batch_size,
        seconds=round(time.monotonic() - began, 1),
        resumed_from_step=run.resumed_from,
        manifest_sha256=manifest_hash(manifest),
        settings=json.loads(to_json(config)),
        warnings=_warnings(run),
    )
    if run.is_main:
        with published_file(output / "report.json") as file:
            json.dump({"fingerprint": fingerprint, **asdict(report)}, file, indent=2)
        run.discard_partial()
    return report


def _fingerprint(*, config: CaptionerConfig, manifest: Path, eval_manifest: Path | None) -> str:
    """Names settings and data. How often a run saves and how much fits at once do not change what it learns."""
    training = dataclasses.replace(config.training, save_every_seconds=0.0, micro_batch_size=0)
    settings = to_json(dataclasses.replace(config, training=training))
    parts = (settings, manifest_hash(manifest), manifest_hash(eval_manifest) if eval_manifest else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _finished(*, output: Path, fingerprint: str) -> TrainReport | None:
    """The report of a run that is complete; another run's folder is refused."""
    file = output / "report.json"
    if not file.exists():
        return None
    fields = json.loads(file.read_text(encoding="utf-8"))
    if fields.pop("fingerprint") != fingerprint:
        raise ConfigMismatch(f"{output} holds a run of other settings or data; give each run its own folder.")
    try:
        find_checkpoint(output)
    except NotACheckpoint:
        return None
    return TrainReport(**fields)


def _warnings(run: TrainingRun) -> list[str]:
    warnings = []
    if len(run.examples) < 100:
        warnings.append(
            f"Only {len(run.examples)} annotated images: too few for this captioner to learn from; expect poor drafts."
        )
    if run.unreadable:
        warnings.append(f"{len(run.unreadable)} images could not be read and were left out.")
    if not math.isfinite(run.last_loss):
        warnings.append("The last loss was not recorded.")
    if run.config.training.precision == "bf16" and not torch.cuda.is_available():
        warnings.append("bf16 was asked for but there is no GPU; full precision was used, which is faster here.")
    return warnings
