"""Whether two processes learn what one does: the same losses and weights from the same batches, and how much sooner.

`python -m bench.processes [--steps 40] [--sharded] [--json]`. The tiny preset without noise inside the model, on drawn scenes,
one core a process, over gloo. Prints the largest differences and, last, one line of JSON.

Rounding alone differs: two processes add up halves of each sum. Adam divides each gradient by its own size, so a weight whose
gradient is zero but for rounding moves by whole steps of the learning rate. The biases of attention's keys are such: they add
the same to every score of a row, which softmax takes away. They are counted apart.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from safetensors.torch import load_file

from bench.tiny_preset import write_manifest
from captioner.config import CaptionerConfig, get_preset, to_json
from captioner.progress import silent
from captioner.training.history import read_history
from captioner.training.train import train

LOSSES_WITHIN: Final = 1e-6
WEIGHTS_WITHIN: Final = 1e-5
WITHOUT_GRADIENT: Final = "k_proj.bias"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity; the last line is always JSON"
    )
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--scenes", type=int, default=400)
    parser.add_argument("--sharded", action="store_true", help="two processes hold half of the weights each")
    parser.add_argument("--cache", type=Path, default=Path("var/captioner"))
    options = parser.parse_args()
    config = _config(steps=options.steps)
    with tempfile.TemporaryDirectory() as folder:
        manifest, _ = write_manifest(Path(folder) / "scenes", count=options.scenes, seed=100)
        one, two = Path(folder) / "one", Path(folder) / "two"
        # The images are embedded before anything is timed.
        train(
            config=_config(steps=1),
            manifest=manifest,
            eval_manifest=None,
            output=Path(folder) / "warm-up",
            cache=options.cache,
            progress=silent,
        )
        _train(manifest, one, config, processes=1, cache=options.cache)
        sharded = dataclasses.replace(config.training, sharded=options.sharded)
        _train(manifest, two, dataclasses.replace(config, training=sharded), processes=2, cache=options.cache)
        found = {"steps": options.steps, **_losses(one, two), **_weights(one, two), **_times(one, two)}
    print(
        f"largest relative difference of a loss   {found['loss_difference']:.2e} (within {LOSSES_WITHIN:.0e})"
    )
    print(f"the same of the first ten steps         {found['loss_difference_of_first_ten']:.2e}")
    print(
        f"largest difference of a weight          {found['weight_difference']:.2e} (within {WEIGHTS_WITHIN:.0e})"
    )
    print(f"  in {found['worst_weight']}; share of weights beyond: {found['share_beyond']:.2%}")
    print(f"the same of keys' biases                {found['key_bias_difference']:.2e}")
    print(f"seconds of one process, of two          {found['seconds_one']}, {found['seconds_two']}")
    print(json.dumps(found))


def _config(*, steps: int) -> CaptionerConfig:
    tiny = get_preset("tiny")
    return dataclasses.replace(
        tiny,
        training=dataclasses.replace(
            tiny.training, embedding_noise=0.0, max_steps=steps, save_every_seconds=600.0
        ),
    )


def _train(manifest: Path, output: Path, config: CaptionerConfig, *, processes: int, cache: Path) -> None:
    settings = output.with_suffix(".json")
    settings.write_text(to_json(config))
    several = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", str(processes)]
    command = [sys.executable, *(several if processes > 1 else []), "-m", "captioner", "train", str(manifest), str(output),
               "--config", str(settings), "--cache", str(cache)]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])


def _losses(one: Path, two: Path) -> dict[str, float]:
    first, second = (
        [line["loss"] for line in read_history(folder) if "loss" in line] for folder in (one, two)
    )
    apart = [abs(a - b) / abs(a) for a, b in zip(first, second, strict=True)]
    return {"loss_difference": max(apart), "loss_difference_of_first_ten": max(apart[:10])}


def _weights(one: Path, two: Path) -> dict[str, Any]:
    first, second = (load_file(folder / "checkpoint" / "model.safetensors") for folder in (one, two))
    apart = {name: (tensor - second[name]).abs() for name, tensor in first.items()}
    keys = {name: tensor for name, tensor in apart.items() if name.endswith(WITHOUT_GRADIENT)}
    others = {name: tensor for name, tensor in apart.items() if name not in keys}
    worst = max(others, key=lambda name: float(others[name].max()))
    beyond = sum(int((tensor > WEIGHTS_WITHIN).sum()) for tensor in others.values())
    return {
        "weight_difference": float(others[worst].max()),
        "worst_weight": worst,
        "share_beyond": beyond / sum(tensor.numel() for tensor in others.values()),
        "key_bias_difference": max(float(tensor.max()) for tensor in keys.values()),
    }


def _times(one: Path, two: Path) -> dict[str, float]:
    seconds = [json.loads((folder / "report.json").read_text())["seconds"] for folder in (one, two)]
    return {
        "seconds_one": seconds[0],
        "seconds_two": seconds[1],
        "time_ratio": round(seconds[1] / seconds[0], 2),
    }


if __name__ == "__main__":
    main()
