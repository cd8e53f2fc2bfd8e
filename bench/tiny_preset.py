"""What the tiny preset learns from annotated scenes, over several seeds, measured on scenes that it never saw.

`python -m bench.tiny_preset [--seeds 3] [--scenes 400] [--held-out 600] [--set NAME=VALUE] [--json]`. Every seed has scenes of
its own; about a minute of one core a seed, and once as much for the encoder. Prints a table and, last, one line of JSON.
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from captioner.commands.settings import changed
from captioner.config import CaptionerConfig, get_preset
from captioner.generation.generate import generate
from captioner.metrics.cider import cider_d
from captioner.progress import silent
from captioner.scenes import write_scenes
from captioner.training.train import train

# Unlike the seeds that training scenes are drawn with.
HELD_OUT_SEED = 777
COLUMNS = ("names_kept", "right_shades_kept", "wrong_claims_copied", "exact", "cider_with", "cider_without")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity; the last line is always JSON"
    )
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--scenes", type=int, default=400, help="annotated scenes a seed")
    parser.add_argument("--held-out", type=int, default=600)
    parser.add_argument("--cache", type=Path, default=Path("var/captioner"))
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    torch.set_num_threads(1)
    config = changed(get_preset("tiny"), changes=options.set)
    print(f"{'seed':<6}" + "".join(f"{name:>21}" for name in (*COLUMNS, "cpu_seconds")))
    with tempfile.TemporaryDirectory() as folder:
        held_out = write_manifest(Path(folder) / "held-out", count=options.held_out, seed=HELD_OUT_SEED)
        runs = [
            _run(Path(folder), config=config, seed=seed, held_out=held_out, options=options)
            for seed in range(options.seeds)
        ]
    means = {name: round(sum(run[name] for run in runs) / len(runs), 2) for name in COLUMNS}
    print(json.dumps({"mean": means, "seeds": runs}))


def _run(
    folder: Path,
    *,
    config: CaptionerConfig,
    seed: int,
    held_out: tuple[Path, list[dict[str, Any]]],
    options: argparse.Namespace,
) -> dict[str, float]:
    manifest, _ = write_manifest(folder / f"scenes-{seed}", count=options.scenes, seed=100 + seed)
    began = time.process_time()
    train(
        config=changed(config, changes=[f"training.seed={seed}"]),
        manifest=manifest,
        eval_manifest=None,
        output=folder / f"run-{seed}",
        cache=options.cache,
        progress=silent,
    )
    seconds = round(time.process_time() - began, 1)
    texts = {
        with_alt_text: _captions(
            folder,
            seed=seed,
            manifest=held_out[0],
            config=config,
            with_alt_text=with_alt_text,
            options=options,
        )
        for with_alt_text in (True, False)
    }
    figures = {**_figures(texts, rows=held_out[1]), "cpu_seconds": seconds}
    print(f"{seed:<6}" + "".join(f"{value:>21}" for value in figures.values()), flush=True)
    return figures


def _captions(
    folder: Path,
    *,
    seed: int,
    manifest: Path,
    config: CaptionerConfig,
    with_alt_text: bool,
    options: argparse.Namespace,
) -> list[str]:
    output = folder / f"captions-{seed}-{with_alt_text}.jsonl"
    generate(
        checkpoint=folder / f"run-{seed}",
        manifest=manifest,
        output=output,
        cache=options.cache,
        with_alt_text=with_alt_text,
        decode=config.decode,
        progress=silent,
    )
    return [json.loads(line)["text"] for line in output.read_text().splitlines()]


def _figures(texts: dict[bool, list[str]], *, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Percentages of held-out scenes, or of the claims about them; CIDEr-D with and without alt-text."""
    pairs = list(zip(rows, texts[True], strict=True))
    truths = [[row["truth"]] for row in rows]
    return {
        "names_kept": _share([row["name"] in text for row, text in pairs]),
        "right_shades_kept": _share([one in text for row, text in pairs for one in row["kept_claims"][1:]]),
        "wrong_claims_copied": _share([one in text for row, text in pairs for one in row["wrong_claims"]]),
        "exact": _share([row["truth"] == text for row, text in pairs]),
        "cider_with": round(cider_d(candidates=texts[True], references=truths), 2),
        "cider_without": round(cider_d(candidates=texts[False], references=truths), 2),
    }


def _share(found: Sequence[bool]) -> float:
    return round(100 * sum(found) / max(len(found), 1), 1)


def write_manifest(folder: Path, *, count: int, seed: int) -> tuple[Path, list[dict[str, Any]]]:
    """A manifest of new scenes, and what is true of each."""
    written = write_scenes(output=folder, count=count, seed=seed, split_eval=0.0, progress=silent)
    rows = [json.loads(line) for line in written.read_text().splitlines()]
    manifest = folder / "rows.jsonl"
    with manifest.open("w", encoding="utf-8") as lines:
        for row in rows:
            image = folder / row["image"]
            fields = {
                "row_id": image.stem,
                "image": str(image),
                "sha256": hashlib.sha256(image.read_bytes()).hexdigest(),
                "alt_texts": [row["alt_text"]],
                "caption": row["truth"],
            }
            lines.write(json.dumps(fields) + "\n")
    return manifest, rows


if __name__ == "__main__":
    main()
