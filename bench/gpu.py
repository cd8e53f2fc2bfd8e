"""What the captioner does on a GPU at the paper's sizes, beside our plain re-creation of the released way.

`python -m bench.gpu [--small] [--minutes 8] [--output gpu.json]`. ViT-H/14, OPT-1.3B and the mapping network of 8 layers have
random weights, so nothing is downloaded. It needs torch, transformers, safetensors and
numpy alone. `--small` walks the same code in seconds, also without a GPU. Each part gets its share of the minutes and
says how much it measured. Prints progress on stderr, one line of JSON, and a table last.

Both ways compute in bfloat16 on a GPU (weights in float32 under autocast for training), with the same optimiser and rows.
Times are wall-clock seconds around work that the device has finished. MFU is the useful operations a second
(`bench.captions.operations`) over the rate of one large bfloat16 matrix product, measured in the same run.
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW

from bench.captions.bare_machine import settings_without_pydantic

with settings_without_pydantic():
    from bench.captions.operations import tower_flops, training_flops
    from bench.captions.released import generate_padded, padded_loss
    from bench.captions.scale import (
        FINE_TUNING,
        PAPER,
        PRE_TRAINING,
        SIDE,
        SMALL,
        Lengths,
        Scaled,
        make_scaled,
        make_views,
    )
    from captioner.config import DecodeSettings, TrainingConfig
    from captioner.examples.batches import collate
    from captioner.examples.views import View
    from captioner.generation.decoding import ContinuousDecoder, Prompt
    from captioner.training.optimizer import make_optimizer

# Of the time that is given: embedding, pre-training, fine-tuning, sampling ours, sampling the released way.
SHARES = {"embed": 0.1, "pre_train": 0.2, "fine_tune": 0.2, "sample": 0.2, "sample_released": 0.25}
BUCKET = 50


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured at a time. `rows` are those of one forward pass in training, `together` are decoded together."""

    images: int
    rows: int
    together: int
    captions: int
    matrix: int


LARGE = Plan(images=256, rows=64, together=256, captions=1024, matrix=8192)
FEW = Plan(images=4, rows=4, together=4, captions=8, matrix=256)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="small sizes, which a CPU can walk in seconds")
    parser.add_argument("--minutes", type=float, default=8.0, help="upper bound of the time for measuring")
    parser.add_argument("--output", type=Path, help="also write the JSON to this file")
    options = parser.parse_args()
    if not options.small and not torch.cuda.is_available():
        parser.error("no GPU is here: use --small to walk the same code on the CPU")
    figures = Measurement(small=options.small, minutes=options.minutes).run()
    line = json.dumps(figures)
    if options.output:
        options.output.write_text(line + "\n")
    print(line)
    print(table(figures))


class Measurement:
    """One run on one device."""

    def __init__(self, *, small: bool, minutes: float) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.on_gpu = self.device.type == "cuda"
        self.plan = FEW if small else LARGE
        self.seconds = 60 * minutes
        self.sizes = SMALL if small else PAPER
        self.dtype = torch.bfloat16 if self.on_gpu else torch.float32
        torch.set_float32_matmul_precision("high")

    def run(self) -> dict[str, Any]:
        """All parts, one after the other."""
        say("making the model")
        scaled = make_scaled(sizes=self.sizes)
        scaled.model.to(self.device)
        scaled.encoder.to(self.device)
        peak = self._matrix_rate()
        figures: dict[str, Any] = {
            "device": torch.cuda.get_device_name() if self.on_gpu else platform.processor() or "cpu",
            "torch": torch.__version__,
            "precision": "bf16" if self.on_gpu else "fp32",
            "parameters": sum(p.numel() for p in scaled.model.parameters()),
            "tower_parameters": sum(p.numel() for p in scaled.encoder.parameters()),
            "matrix_tflops": peak / 1e12,
            "embed": self._embedding(scaled, peak),
            "pre_train": self._training(scaled, PRE_TRAINING, share="pre_train", peak=peak),
            "fine_tune": self._training(scaled, FINE_TUNING, share="fine_tune", peak=peak),
            "sample": self._sampling(scaled),
        }
        rounded: dict[str, Any] = _rounded(figures)
        return rounded

    def _embedding(self, scaled: Scaled, peak: float) -> dict[str, float]:
        """Images a second through the tower, as decoded pixels."""
        say("embedding images")
        pixels = torch.randn(self.plan.images, 3, SIDE, SIDE, device=self.device)

        @torch.inference_mode()
        def embed() -> None:
            with self._autocast():
                scaled.encoder(pixels)

        times, seconds = self._repeat([embed], seconds=self.seconds * SHARES["embed"])
        rate = times * self.plan.images / seconds[0]
        return {"images_per_second": rate, "mfu": rate * tower_flops(self.sizes) / peak, "batches": times}

    def _training(self, scaled: Scaled, lengths: Lengths, *, share: str, peak: float) -> dict[str, float]:
        """Steps on the same batches, ours and the released way in turns: forward, backward, optimiser."""
        say(f"training: {share}")
        batches = self._batches(lengths)
        pixels = torch.randn(self.plan.rows, 3, SIDE, SIDE, device=self.device)
        scaled.model.train()
        with torch.no_grad(), self._autocast():
            embedding_BE = functional.normalize(scaled.encoder(pixels).float(), dim=-1)
        optimizer = make_optimizer(model=scaled.model, config=TrainingConfig())

        def ours(views: Sequence[View]) -> None:
            self._step(optimizer, lambda: self._loss(scaled, views, embedding_BE))

        def released(views: Sequence[View]) -> None:
            self._step(optimizer, lambda: self._released_loss(scaled, views, pixels))

        def over(step: Callable[[Sequence[View]], None]) -> Callable[[], None]:
            def every() -> None:
                for views in batches:
                    step(views)

            return every

        times, (own, theirs) = self._repeat(
            [over(ours), over(released)], seconds=self.seconds * SHARES[share]
        )
        done = times * len(batches)
        operations = times * sum(training_flops(self.sizes, views) for views in batches)
        return {
            "rows_per_second": done * self.plan.rows / own,
            "released_rows_per_second": done * self.plan.rows / theirs,
            "ratio": theirs / own,
            "mfu": operations / own / peak,
            "released_mfu": operations / theirs / peak,
            "steps": done,
            **self._memory({"": lambda: ours(batches[-1]), "released_": lambda: released(batches[-1])}),
        }

    def _step(self, optimizer: AdamW, loss: Callable[[], Tensor]) -> None:
        with self._autocast():
            value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()

    def _loss(self, scaled: Scaled, views: Sequence[View], embedding_BE: Tensor) -> Tensor:
        batch = collate(views=views, codec=scaled.codec)
        summed = scaled.model(
            image_B=embedding_BE,
            ids_BT=batch.ids_BT.to(self.device),
            predicting_M=batch.predicting_M.to(self.device),
            label_M=batch.label_M.to(self.device),
        )
        return summed / batch.tokens  # type: ignore[no-any-return]

    def _released_loss(self, scaled: Scaled, views: Sequence[View], pixels: Tensor) -> Tensor:
        with torch.no_grad():
            embedding_BE = functional.normalize(scaled.encoder(pixels).float(), dim=-1)
        return padded_loss(scaled=scaled, views=views, embedding_BE=embedding_BE)

    def _sampling(self, scaled: Scaled) -> dict[str, float]:
        """Caption tokens a second, nucleus sampling ours, greedy the released way (which is the cheaper of the two)."""
        say("sampling captions")
        scaled.model.eval()
        scaled.model.to(self.dtype)
        views = make_views(
            count=self.plan.captions, lengths=FINE_TUNING, vocabulary=self.sizes.vocabulary, seed=3
        )
        embedding_NE = functional.normalize(torch.randn(len(views), self.sizes.embedding), dim=-1)
        embedding_NE = embedding_NE.to(self.device, self.dtype)
        tokens, seconds = self._sampled(scaled, views, embedding_NE)
        released_tokens, released_seconds = self._sampled_released(scaled, views, embedding_NE)
        rate, released = tokens / seconds, released_tokens / released_seconds
        return {
            "tokens_per_second": rate,
            "released_tokens_per_second": released,
            "ratio": rate / released,
            "tokens": tokens,
            "released_tokens": released_tokens,
        }

    def _sampled(self, scaled: Scaled, views: Sequence[View], embedding_NE: Tensor) -> tuple[int, float]:
        prompts = [
            Prompt(
                row_id=view.row.row_id,
                embedding_E=embedding_E,
                alt_ids=view.alt_ids,
                max_tokens=len(view.caption_ids),
            )
            for view, embedding_E in zip(views, embedding_NE, strict=True)
        ]
        decoder = ContinuousDecoder(
            model=scaled.model,
            codec=scaled.codec,
            settings=DecodeSettings(slots=self.plan.together),
            device=self.device,
            tick=lambda _: None,
        )
        tokens = 0
        decoder.decode(prompts[: self.plan.together])

        def sample() -> None:
            nonlocal tokens
            tokens += sum(len(made.logprobs) for made in decoder.decode(prompts))

        _, [seconds] = self._repeat([sample], seconds=self.seconds * SHARES["sample"], warm=False, at_least=1)
        return tokens, seconds

    def _sampled_released(
        self, scaled: Scaled, views: Sequence[View], embedding_NE: Tensor
    ) -> tuple[int, float]:
        """Batch after batch as the rows come, until its time is up."""
        starts: Iterator[int] = iter(range(0, len(views), self.plan.together))
        tokens = 0

        @torch.inference_mode()
        def sample(start: int) -> None:
            nonlocal tokens
            part = views[start : start + self.plan.together]
            captions = generate_padded(
                scaled=scaled,
                embedding_BE=embedding_NE[start : start + len(part)],
                alt_ids=[view.alt_ids for view in part],
                limits=[len(view.caption_ids) for view in part],
                static=False,
            )
            tokens += sum(len(caption) for caption in captions)

        began = time.perf_counter()
        for start in starts:
            sample(start)
            self._finish()
            if time.perf_counter() - began > self.seconds * SHARES["sample_released"]:
                break
        return tokens, time.perf_counter() - began

    def _batches(self, lengths: Lengths) -> list[list[View]]:
        """Four batches evenly spread over the lengths of a bucket, which stand for the whole of it."""
        rows = self.plan.rows
        views = make_views(count=rows * BUCKET, lengths=lengths, vocabulary=self.sizes.vocabulary, seed=1)
        ordered = sorted(views, key=lambda view: view.length)
        places = [round((number + 0.5) * BUCKET / 4 - 0.5) for number in range(4)]
        return [ordered[place * rows : (place + 1) * rows] for place in places]

    def _repeat(
        self, works: Sequence[Callable[[], object]], *, seconds: float, warm: bool = True, at_least: int = 2
    ) -> tuple[int, list[float]]:
        """Runs the works in turns until the time is up; how often, and the seconds of each."""
        if warm:
            for work in works:
                work()
        self._finish()
        times, spent, began = 0, [0.0 for _ in works], time.perf_counter()
        while times < at_least or time.perf_counter() - began + sum(spent) / times < seconds:
            for place, work in enumerate(works):
                with self._timed(spent, place):
                    work()
            times += 1
        return times, spent

    @contextmanager
    def _timed(self, spent: list[float], place: int) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._finish()
        spent[place] += time.perf_counter() - began

    def _matrix_rate(self) -> float:
        """Operations a second of one large matrix product."""
        size = self.plan.matrix
        left = torch.randn(size, size, device=self.device, dtype=self.dtype)
        right = torch.randn(size, size, device=self.device, dtype=self.dtype)
        times, [seconds] = self._repeat([lambda: left @ right], seconds=2.0 if self.on_gpu else 0.2)
        return 2 * size**3 * times / seconds

    def _memory(self, steps: dict[str, Callable[[], object]]) -> dict[str, float]:
        """GiB at the peak of each step, model and optimiser included."""
        if not self.on_gpu:
            return {}
        peaks = {}
        for name, step in steps.items():
            torch.cuda.reset_peak_memory_stats()
            step()
            peaks[f"{name}peak_gib"] = torch.cuda.max_memory_allocated() / 2**30
        return peaks

    def _autocast(self) -> AbstractContextManager[Any]:
        return torch.autocast("cuda", dtype=torch.bfloat16) if self.on_gpu else nullcontext()

    def _finish(self) -> None:
        if self.on_gpu:
            torch.cuda.synchronize()


def table(figures: dict[str, Any]) -> str:
    """For people and docs/performance.md."""
    embed, sample = figures["embed"], figures["sample"]
    rows = [("", "ours", "released way", "ratio", "MFU")]
    rows.append(
        ("images embedded a second", f"{embed['images_per_second']:,}", "", "", f"{embed['mfu']:.0%}")
    )
    for name, part in (("pre-training", "pre_train"), ("fine-tuning", "fine_tune")):
        found = figures[part]
        rows.append(
            (
                f"{name}: rows a second",
                f"{found['rows_per_second']:,}",
                f"{found['released_rows_per_second']:,}",
                f"{found['ratio']:.2f}",
                f"{found['mfu']:.0%}",
            )
        )
    own, theirs = sample["tokens_per_second"], sample["released_tokens_per_second"]
    rows.append(("caption tokens a second", f"{own:,}", f"{theirs:,}", f"{sample['ratio']:.2f}", ""))
    lines = [f"{a:<30}{b:>14}{c:>16}{d:>8}{e:>7}" for a, b, c, d, e in rows]
    heading = (
        f"{figures['device']}, torch {figures['torch']}, {figures['precision']}, "
        f"{figures['parameters'] / 1e9:.2f} B parameters trained, "
        f"a matrix product reaches {figures['matrix_tflops']:.4g} TFLOP/s"
    )
    return "\n".join([heading, *lines])


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
