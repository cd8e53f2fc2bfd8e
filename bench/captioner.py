"""The captioner's cost against our own plain re-creation of the released code's, on the same rows and weights.

`python -m bench.captioner [--proportions opt-125m|opt-1.3b] [--json]`. Both sides take turns in one process on one core;
times are CPU seconds. No figure needs a download. Prints a table and, last, one line of JSON. A quarter of an hour on an idle
core, most of it the released way of generating.

How fair the picture is: lengths are those of the public annotations (bench.captions.scale). Captions are generated for four
of the released code's batches; fewer would show mostly how continuous batching runs dry at the end, where a collection of
millions shows none of it. 128 rows are decoded together by all sides, the released code's batch.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from bench.captions.operations import training_flops
from bench.captions.released import generate_padded, padded_loss, released_loss
from bench.captions.scale import (
    FINE_TUNING,
    PRE_TRAINING,
    PROPORTIONS,
    Lengths,
    Scaled,
    make_scaled,
    make_views,
)
from captioner.config import DecodeSettings
from captioner.encoders.embeddings import EmbeddingStore
from captioner.examples.batches import collate
from captioner.examples.views import View
from captioner.generation.decoding import ContinuousDecoder, Prompt

BATCH = 32
BUCKET = 50
# Captions generated together: the released code's batch, and as many slots for the others.
TOGETHER = 128


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity; the last line is always JSON"
    )
    parser.add_argument("--proportions", choices=sorted(PROPORTIONS), default="opt-125m")
    parser.add_argument("--batches", type=int, default=4, help="training batches measured per kind of rows")
    parser.add_argument("--rows", type=int, default=512, help="captions generated per side")
    parser.add_argument("--memory-of", choices=["ours", "released"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    scaled = make_scaled(sizes=PROPORTIONS[options.proportions])
    if options.memory_of:
        print(_peak_memory_of_one_step(scaled, whose=options.memory_of))
        return
    figures = measure(scaled=scaled, options=options)
    _print_table(figures)
    print(json.dumps(figures))


def measure(*, scaled: Scaled, options: argparse.Namespace) -> dict[str, Any]:
    peak = matrix_multiply_peak()
    fine = training_costs(scaled=scaled, lengths=FINE_TUNING, batches=options.batches)
    pre = training_costs(scaled=scaled, lengths=PRE_TRAINING, batches=options.batches)
    second = second_pass_costs(scaled=scaled, batches=options.batches)
    generated = generation_costs(scaled=scaled, rows=options.rows)
    memory = {whose: _memory_in_own_process(whose, options.proportions) for whose in ("ours", "released")}
    return {
        "proportions": options.proportions,
        "fine_tune": _ratio(fine["released"], fine["ours"]),
        "pre_train": _ratio(pre["released"], pre["ours"]),
        "second_pass": _ratio(second["released"], second["ours"]),
        "generate": _ratio(generated["released"], generated["ours"]),
        "generate_vs_hf_static": _ratio(generated["hf_static"], generated["ours"]),
        "peak_fraction": round(fine["flops"] / fine["ours"] / peak, 3),
        "memory_ratio": round(memory["ours"] / memory["released"], 3),
        "matrix_multiply_gflops": round(peak / 1e9, 1),
        "loss_difference": fine["loss_difference"],
        "identical_captions": generated["identical"],
        "seconds": {"fine_tune": _rounded(fine), "pre_train": _rounded(pre), "second_pass": _rounded(second),
                    "generate": _rounded(generated)},
        "memory_mib": {whose: round(value / 1024) for whose, value in memory.items()},
    }  # fmt: skip


def training_costs(*, scaled: Scaled, lengths: Lengths, batches: int) -> dict[str, float]:
    """CPU seconds of `batches` steps (forward and backward) each way, taking turns over the same rows."""
    chosen = _bucketed_batches(scaled, lengths=lengths, count=batches)
    pixels = torch.randn(BATCH, 3, 224, 224)
    with torch.no_grad():
        embedding_BE = functional.normalize(scaled.encoder(pixels), dim=-1)
    _step(scaled, chosen[0], embedding_BE)
    cost = {"ours": 0.0, "released": 0.0, "flops": 0.0}
    for batch in chosen:
        cost["ours"] += cpu_seconds(partial(_step, scaled, batch, embedding_BE))
        cost["released"] += cpu_seconds(partial(_released_step, scaled, batch, pixels))
        cost["flops"] += training_flops(scaled.sizes, batch)
    cost["loss_difference"] = loss_difference(scaled, chosen[0], embedding_BE)
    return cost


def second_pass_costs(*, scaled: Scaled, batches: int) -> dict[str, float]:
    """A later epoch end to end, images on disk: the released way reads and encodes them again, ours reads the store."""
    chosen = _bucketed_batches(scaled, lengths=FINE_TUNING, count=batches)
    count = BATCH * batches
    with tempfile.TemporaryDirectory() as folder:
        files = _photographs(Path(folder), count=count)
        store = EmbeddingStore(folder=Path(folder) / "store", width=scaled.sizes.embedding)
        keys = [number.to_bytes(16, "big") for number in range(count)]
        store.add(keys, functional.normalize(torch.randn(count, scaled.sizes.embedding), dim=-1))
        cost = {"ours": 0.0, "released": 0.0}
        for number, batch in enumerate(chosen):
            rows = range(number * BATCH, (number + 1) * BATCH)

            def ours(batch: Sequence[View] = batch, rows: range = rows) -> None:
                found = [place for place in store.find([keys[row] for row in rows]) if place is not None]
                _step(scaled, batch, store.read(found))

            def released(batch: Sequence[View] = batch, rows: range = rows) -> None:
                pixels = torch.stack([_pixels(files[row]) for row in rows])
                _released_step(scaled, batch, pixels)

            cost["ours"] += cpu_seconds(ours)
            cost["released"] += cpu_seconds(released)
    return cost


def generation_costs(*, scaled: Scaled, rows: int) -> dict[str, float]:
    """Greedy captions of the same rows three ways; ends fall where a trained model's would."""
    views = make_views(count=rows, lengths=FINE_TUNING, vocabulary=scaled.codec.size, seed=3)
    embedding_NE = functional.normalize(torch.randn(rows, scaled.sizes.embedding), dim=-1)
    scaled.model.eval()
    prompts = [
        Prompt(
            row_id=view.row.row_id,
            embedding_E=embedding_E,
            alt_ids=view.alt_ids,
            max_tokens=len(view.caption_ids),
        )
        for view, embedding_E in zip(views, embedding_NE, strict=True)
    ]
    settings = DecodeSettings(method="greedy", max_tokens=192, slots=TOGETHER)
    decoder = ContinuousDecoder(
        model=scaled.model,
        codec=scaled.codec,
        settings=settings,
        device=torch.device("cpu"),
        tick=lambda _: None,
    )
    outputs: dict[str, list[list[int]]] = {}
    cost: dict[str, float] = {}

    def ours() -> None:
        outputs["ours"] = [list(generated.ids) for generated in decoder.decode(prompts)]

    def hf(*, static: bool, size: int) -> None:
        # Rows sorted by prompt for the static cache, as a careful user would; the released way takes them as they come.
        order = sorted(range(rows), key=lambda row: len(views[row].alt_ids)) if static else list(range(rows))
        made: dict[int, list[int]] = {}
        for start in range(0, rows, size):
            part = order[start : start + size]
            with torch.inference_mode():
                captions = generate_padded(
                    scaled=scaled,
                    embedding_BE=embedding_NE[part],
                    alt_ids=[views[row].alt_ids for row in part],
                    limits=[len(views[row].caption_ids) for row in part],
                    static=static,
                )
            made.update(zip(part, captions, strict=True))
        outputs["hf_static" if static else "released"] = [made[row] for row in range(rows)]

    cost["ours"] = cpu_seconds(ours)
    cost["hf_static"] = cpu_seconds(lambda: hf(static=True, size=TOGETHER))
    cost["released"] = cpu_seconds(lambda: hf(static=False, size=TOGETHER))
    same = sum(mine == theirs for mine, theirs in zip(outputs["ours"], outputs["hf_static"], strict=True))
    cost["identical"] = round(same / rows, 4)
    return cost


def loss_difference(scaled: Scaled, views: Sequence[View], embedding_BE: Tensor) -> float:
    """Our loss against the released loss on rows whose alt-text fills its 128 places, where both see the same input."""
    vocabulary = scaled.codec.size
    full = [
        View(
            row=view.row,
            alt_ids=tuple(3 + n % (vocabulary - 3) for n in range(128)),
            caption_ids=view.caption_ids,
        )
        for view in views[:4]
    ]
    with torch.no_grad():
        ours = _loss(scaled, full, embedding_BE[:4])
        # The released way has no separator; leaving it out of ours makes the inputs equal.
        theirs = padded_loss(scaled=scaled, views=full, embedding_BE=embedding_BE[:4])
    return round(abs(float(ours) - float(theirs)), 4)


def _bucketed_batches(scaled: Scaled, *, lengths: Lengths, count: int) -> list[list[View]]:
    """Batches evenly spread over the lengths of a bucket, which stand for the whole of it."""
    views = make_views(count=BATCH * BUCKET, lengths=lengths, vocabulary=scaled.codec.size, seed=1)
    ordered = sorted(views, key=lambda view: view.length)
    places = [round((number + 0.5) * BUCKET / count - 0.5) for number in range(count)]
    return [ordered[place * BATCH : (place + 1) * BATCH] for place in places]


def _step(scaled: Scaled, views: Sequence[View], embedding_BE: Tensor) -> None:
    _loss(scaled, views, embedding_BE).backward()  # type: ignore[no-untyped-call]


def _released_step(scaled: Scaled, views: Sequence[View], pixels: Tensor) -> None:
    released_loss(scaled=scaled, views=views, pixels=pixels).backward()  # type: ignore[no-untyped-call]


def _loss(scaled: Scaled, views: Sequence[View], embedding_BE: Tensor) -> Tensor:
    batch = collate(views=views, codec=scaled.codec)
    summed = scaled.model(
        image_B=embedding_BE, ids_BT=batch.ids_BT, predicting_M=batch.predicting_M, label_M=batch.label_M
    )
    return summed / batch.tokens  # type: ignore[no-any-return]


def matrix_multiply_peak(size: int = 1024, repeats: int = 10) -> float:
    """This core's measured float32 matrix-multiply rate, operations per CPU second."""
    left, right = torch.randn(size, size), torch.randn(size, size)
    left @ right
    return 2 * size**3 * repeats / cpu_seconds(lambda: [left @ right for _ in range(repeats)])


def cpu_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _photographs(folder: Path, *, count: int) -> list[Path]:
    rng = np.random.default_rng(0)
    files = []
    for number in range(count):
        coarse = Image.fromarray(rng.integers(0, 255, (24, 32, 3), dtype=np.uint8))
        files.append(folder / f"{number}.jpg")
        coarse.resize((640, 480), Image.Resampling.BICUBIC).save(files[-1], quality=90)
    return files


def _pixels(file: Path) -> Tensor:
    square = Image.open(file).convert("RGB").resize((224, 224), Image.Resampling.BICUBIC)
    return torch.from_numpy(np.array(square)).permute(2, 0, 1).float() / 127.5 - 1


def _peak_memory_of_one_step(scaled: Scaled, *, whose: str) -> int:
    """KiB that one fine-tuning step adds to this process."""
    [batch] = _bucketed_batches(scaled, lengths=FINE_TUNING, count=1)
    pixels = torch.randn(BATCH, 3, 224, 224)
    before = _peak_resident_kib()
    if whose == "ours":
        _step(scaled, batch, functional.normalize(torch.randn(BATCH, scaled.sizes.embedding), dim=-1))
    else:
        _released_step(scaled, batch, pixels)
    return _peak_resident_kib() - before


def _peak_resident_kib() -> int:
    """Of this program alone: getrusage's figure is inherited from a larger parent process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _memory_in_own_process(whose: str, proportions: str) -> int:
    command = [sys.executable, "-m", "bench.captioner", "--memory-of", whose, "--proportions", proportions]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def _ratio(theirs: float, ours: float) -> float:
    return round(theirs / ours, 2)


def _rounded(costs: dict[str, float]) -> dict[str, float]:
    return {
        name: round(value, 2) for name, value in costs.items() if name in ("ours", "released", "hf_static")
    }


def _print_table(figures: dict[str, Any]) -> None:
    print(f"{'CPU seconds':<22}{'released way':>14}{'HF static':>12}{'ours':>10}{'ratio':>8}")
    for name, seconds in figures["seconds"].items():
        static = f"{seconds['hf_static']:.1f}" if "hf_static" in seconds else ""
        print(f"{name:<22}{seconds['released']:>14.1f}{static:>12}{seconds['ours']:>10.1f}{figures[name]:>8}")
    print(f"against HF's static cache {figures['generate_vs_hf_static']}x, "
          f"identical captions {figures['identical_captions']:.1%}")  # fmt: skip
    print(f"peak memory of a step: {figures['memory_mib']} MiB, ratio {figures['memory_ratio']}")
    print(f"share of the measured matrix-multiply peak: {figures['peak_fraction']:.0%}")


if __name__ == "__main__":
    main()
