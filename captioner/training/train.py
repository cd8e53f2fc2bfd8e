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
from typing import Any

import torch

from captioner.config import CaptionerConfig, to_json
from captioner.errors import ConfigMismatch, NotACheckpoint, OtherVersion
from captioner.examples.tokenizer import TextCodec
from captioner.model.checkpoint import checkpoint_identity, find_checkpoint
from captioner.model.sharding import wants_sharding
from captioner.progress import Progress
from captioner.samples.manifest import manifest_hash, read_manifest
from captioner.storage import published_file, refusing_full_disk
from captioner.training.company import Company
from captioner.training.run import TrainingRun, make_accelerator
from captioner.training.sources import ManifestSource, Source, make_encoder
from captioner.training.stopping import StopRequest
from captioner.training.training_state import STATE_VERSION, check_positions
from captioner.weights.available import require_weights


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
    # Steps that were skipped because their loss or gradient was not finite.
    bad_steps: int
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
    stop: StopRequest | None = None,
) -> TrainReport:
    """Trains below `output` and publishes `output/checkpoint`; a finished run is answered with its report.

    `start_from` is a checkpoint whose weights and tokenizer training starts with: fine-tuning after pre-training. The card
    and the report call it `origin`, or name its folder. What `output` holds of other settings, other data or another
    version is refused, or with `overwrite` removed first.
    """
    config = require_weights(config=config, cache=cache, with_decoder=start_from is None)
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
        cache=cache,
        progress=progress,
        start_from=start_from,
        origin=origin,
        overwrite=overwrite,
        stop=stop,
    )


def run_training(
    *,
    config: CaptionerConfig,
    make_source: Callable[[torch.device, TextCodec | None], Source],
    data: Sequence[str],
    output: Path,
    cache: Path,
    progress: Progress,
    start_from: Path | None,
    overwrite: bool,
    stop: StopRequest | None,
    origin: str = "",
) -> TrainReport:
    """What `train` and `pretrain` share. `data` names the examples: a run is resumed with the same ones only.

    Over several processes all end when one does, each with a reason; once `stop` holds a signal, all save and end.
    """
    start = "" if start_from is None else checkpoint_identity(start_from)
    fingerprint = _fingerprint(config=config, data=[*data, start])
    sharded = wants_sharding(config.training)
    accelerator = make_accelerator(config)
    company = Company(
        process=accelerator.process_index,
        processes=accelerator.num_processes,
        lost_after_seconds=config.training.lost_after_seconds,
        stuck_after_seconds=config.training.stuck_after_seconds,
    )
    try:
        with refusing_full_disk(output):
            report = _train_in_company(
                config=config,
                accelerator=accelerator,
                company=company,
                sharded=sharded,
                stop=stop or StopRequest(),
                make_source=make_source,
                output=output,
                cache=cache,
                progress=progress,
                fingerprint=fingerprint,
                start_from=start_from,
                origin=origin,
                overwrite=overwrite,
                manifest_sha256=data[0],
            )
        company.leave()
    except BaseException as error:
        because = company.failed(error)
        if because is not None and because is not error:
            raise because from error
        raise
    finally:
        company.close()
    return report


def _train_in_company(
    *, output: Path, fingerprint: str, overwrite: bool, manifest_sha256: str, company: Company, **parts: Any
) -> TrainReport:
    began = time.monotonic()
    with company.first_one_first("standing"):
        finished = _standing(output=output, fingerprint=fingerprint, overwrite=overwrite)
    if finished is not None:
        return finished
    run = TrainingRun(output=output, fingerprint=fingerprint, company=company, **parts)
    run.train()
    run.publish(manifest_sha256=manifest_sha256)
    report = _report(run, seconds=time.monotonic() - began, manifest_sha256=manifest_sha256, output=output)
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
        bad_steps=run.position.bad_steps,
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
        keep_states=1,
        bad_steps_in_a_row=1,
        lost_after_seconds=1.0,
        stuck_after_seconds=1.0,
    )
    settings = to_json(dataclasses.replace(config, training=training))
    return hashlib.sha256("\n".join((settings, *data)).encode()).hexdigest()


def _standing(*, output: Path, fingerprint: str, overwrite: bool) -> TrainReport | None:
    """The report of a run that is complete, None when there is something to do or to resume."""
    output.mkdir(parents=True, exist_ok=True)
    try:
        report = _finished(output=output, fingerprint=fingerprint)
        if report is None:
            check_positions(partial=output / "partial", fingerprint=fingerprint)
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
    if run.config.training.warmup_steps > run.steps and run.config.training.warmup_share_limit == 1:
        warnings.append(
            f"The warm-up takes {run.config.training.warmup_steps} steps and the run had {run.steps}: the learning rate "
            "was never reached. Ask for fewer warm-up steps, or set training.warmup_share_limit."
        )
    if run.source.counts.only_names:
        warnings.append(
            f"{run.source.counts.only_names} times an image was left out, whose only text is hardly more than names "
            "(text.unseen_names=leave_out)."
        )
    if run.position.bad_steps:
        warnings.append(
            f"{run.position.bad_steps} steps were skipped: their loss or gradient was not a finite number. history.jsonl names "
            "their rows (bad_rows)."
        )
    if not math.isfinite(run.last_loss):
        warnings.append("The last loss was not recorded.")
    if run.config.training.precision == "bf16" and not torch.cuda.is_available():
        warnings.append(
            "bf16 was asked for but there is no GPU; full precision was used, which is faster here."
        )
    return warnings
