"""What stands in a training's way, found before it starts: GPUs, weights, disk, memory, and how long it will take."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import distributed as dist

from captioner.config import CaptionerConfig
from captioner.errors import WeightsUnavailable
from captioner.samples.manifest import joined_alt_text, read_manifest
from captioner.training.needs import Needs, free_memory, needs_of
from captioner.training.pretrained import decoder_weights, encoder_weights
from captioner.training.sources import step_count

# English, in the decoder's tokens.
LETTERS_PER_TOKEN: Final = 4.2
# Of the speed of large matrix products, what a whole training step reaches.
SHARE_OF_SPEED: Final = 0.4
GIB: Final = 2**30


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence about one subject; `is_fine` False where the training would fail."""

    subject: str
    is_fine: bool
    says: str


def examine(
    *,
    config: CaptionerConfig,
    train: Path | None,
    samples: int | None,
    output: Path,
    cache: Path,
    processes: int | None,
) -> list[Finding]:
    """`samples` images an epoch where no manifest is given; `processes` by default one for each GPU, or one."""
    gpus = torch.cuda.device_count()
    several = processes or gpus or 1
    rows, text_tokens = _rows(config=config, train=train, samples=samples)
    findings = [
        _devices(gpus=gpus, processes=several),
        Finding(
            subject="decoder",
            is_fine=(said := decoder_weights(config=config.decoder, cache=cache))[0],
            says=said[1],
        ),
        Finding(
            subject="encoder",
            is_fine=(said := encoder_weights(config=config.encoder, cache=cache))[0],
            says=said[1],
        ),
    ]
    try:
        needs = needs_of(
            config=config, processes=several, on_gpu=gpus > 0, text_tokens=text_tokens, cache=cache
        )
    except WeightsUnavailable as error:
        return [*findings, Finding(subject="size", is_fine=False, says=str(error))]
    findings += [
        _disk(needs=needs, output=output),
        *_memory(config=config, needs=needs, gpus=gpus, processes=several),
    ]
    if rows:
        findings.append(_hours(config=config, needs=needs, rows=rows, processes=several))
    return findings


def _rows(*, config: CaptionerConfig, train: Path | None, samples: int | None) -> tuple[int, float]:
    """Rows an epoch, and the tokens of a row: counted by letters, or half of what the settings take."""
    text = config.text
    if train is None:
        return samples or 0, (text.alt_text_tokens + text.caption_tokens) / 2
    rows = [row for row in read_manifest(train) if row.caption]
    alt = sum(min(text.alt_text_tokens, len(joined_alt_text(row)) / LETTERS_PER_TOKEN) for row in rows)
    caption = sum(min(text.caption_tokens, len(row.caption or "") / LETTERS_PER_TOKEN) for row in rows)
    return len(rows), ((1 - text.alt_text_dropped) * alt + caption) / max(1, len(rows)) + 1


def _devices(*, gpus: int, processes: int) -> Finding:
    if gpus == 0:
        says = f"There is no GPU: {_many(processes)} on the CPU, over gloo."
        return Finding(subject="devices", is_fine=dist.is_gloo_available(), says=says)
    names = ", ".join(sorted({torch.cuda.get_device_name(number) for number in range(gpus)}))
    if processes > gpus:
        says = f"{_many(processes)} and {gpus} GPUs ({names}): start no more processes than GPUs."
        return Finding(subject="devices", is_fine=False, says=says)
    if processes > 1 and not dist.is_nccl_available():
        says = f"This torch has no NCCL, over which {_many(processes)} would talk; install a build for CUDA."
        return Finding(subject="devices", is_fine=False, says=says)
    return Finding(
        subject="devices", is_fine=True, says=f"{gpus} GPUs ({names}), {_many(processes)}, over NCCL."
    )


def _disk(*, needs: Needs, output: Path) -> Finding:
    place = next(folder for folder in (output.absolute(), *output.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    says = (
        f"The run writes up to {_size(needs.disk_bytes)} (states of {_size(needs.state_bytes)} each with the optimizer's "
        f"moments, a checkpoint of {_size(needs.checkpoint_bytes)}); {place} has {_size(free)} free"
    )
    if free < needs.disk_bytes:
        says += ": free some, name another folder with --out, or lower training.keep_states"
    return Finding(subject="disk", is_fine=free >= needs.disk_bytes, says=f"{says}.")


def _memory(*, config: CaptionerConfig, needs: Needs, gpus: int, processes: int) -> Iterator[Finding]:
    """On GPUs, each process has its own and the host holds the copy that is saved; else all share the machine's."""
    parts = (
        f"weights {_size(needs.weight_bytes)}, gradients {_size(needs.gradient_bytes)}, moments {_size(needs.moment_bytes)}, "
        f"activations of {config.training.micro_batch_size} of the longest rows {_size(needs.activation_bytes)}, encoder "
        f"{_size(needs.encoder_bytes)}"
    )
    advice = "lower training.micro_batch_size, or set training.gradient_checkpointing, training.sharded or decoder.lora"
    if gpus:
        free = min(torch.cuda.mem_get_info(number)[0] for number in range(gpus))
        needed, where, copies = needs.device_bytes, "of the fullest GPU", needs.copy_bytes
        host = free_memory()
        says = f"Saving takes {_size(copies)} of the host's memory, of which {_size(host)} are free."
        yield Finding(subject="host memory", is_fine=copies <= host, says=says)
    else:
        free, where = free_memory(), "of this machine"
        needed = processes * needs.device_bytes + needs.copy_bytes
    # What a piece has too much, is halved away.
    least = needed - (needs.activation_bytes * (1 - 1 / config.training.micro_batch_size)) * (
        1 if gpus else processes
    )
    says = f"It needs about {_size(needed)} (a process: {parts}); {_size(free)} {where} are free"
    if needed > free:
        says += (
            f": {advice}" if least > free else ": the pieces will be halved until they fit, which is slower"
        )
    yield Finding(subject="memory", is_fine=least <= free, says=f"{says}.")


def _hours(*, config: CaptionerConfig, needs: Needs, rows: int, processes: int) -> Finding:
    """Operations of all steps, at the speed that this device has just shown in matrix products."""
    steps = step_count(training=config.training, examples=rows)
    speed = _operations_per_second(config)
    recomputed = 4 / 3 if config.training.gradient_checkpointing else 1.0
    work = steps * min(config.training.batch_size, rows) * needs.operations_per_row * recomputed
    hours = work / (speed * SHARE_OF_SPEED * (processes if torch.cuda.is_available() else 1)) / 3600
    says = (
        f"About {hours:,.1f} hours for {steps:,} steps: {work:.1e} operations at {SHARE_OF_SPEED:.0%} of the {speed:.1e} a "
        "second that one device has just shown in matrix products. Evaluations and embedding the images take more."
    )
    return Finding(subject="hours", is_fine=True, says=says)


def _operations_per_second(config: CaptionerConfig, *, seconds: float = 0.5) -> float:
    on_gpu = torch.cuda.is_available()
    kinds = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
    kind = kinds[config.training.precision] if on_gpu else torch.float32
    width = 4096 if on_gpu else 768
    one = torch.randn(width, width, device="cuda" if on_gpu else "cpu", dtype=kind)
    _wait(one @ one)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        for _ in range(10 if on_gpu else 1):
            product = one @ one
            done += 1
        _wait(product)
    return done * 2 * width**3 / (time.perf_counter() - began)


def _wait(tensor: torch.Tensor) -> None:
    if tensor.is_cuda:
        torch.cuda.synchronize()


def _many(processes: int) -> str:
    return "one process" if processes == 1 else f"{processes} processes"


def _size(count: float) -> str:
    return f"{count / GIB:.1f} GiB" if count >= GIB / 10 else f"{count / 2**20:.1f} MiB"
