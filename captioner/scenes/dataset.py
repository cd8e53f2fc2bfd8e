"""Writing rendered scenes as a folder: images/*.png, manifest.jsonl with one row a scene, and the same as what the captioner
learns from and is judged on: train.jsonl and eval.jsonl."""

import hashlib
import json
import random
from contextlib import ExitStack
from pathlib import Path

from captioner.errors import FolderNotEmpty, NothingToDo
from captioner.progress import Progress
from captioner.scenes.drawing import draw_scene
from captioner.scenes.scene import Scene, random_scene


def write_scenes(
    *, output: Path, count: int, seed: int, split_eval: float, progress: Progress, size: int = 320
) -> Path:
    """Renders `count` scenes below `output`, a share `split_eval` of them held out; returns the manifest's path."""
    if count < 1:
        raise NothingToDo("The number of scenes must be at least 1.")
    if output.exists() and any(output.iterdir()):
        raise FolderNotEmpty(output)
    images = output / "images"
    images.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    held_out = set(rng.sample(range(count), round(count * split_eval)))
    manifest = output / "manifest.jsonl"
    with ExitStack() as files:
        lines, *halves = (
            files.enter_context((output / name).open("w", encoding="utf-8"))
            for name in (manifest.name, "train.jsonl", "eval.jsonl")
        )
        for number in range(count):
            scene = random_scene(rng=rng)
            name = f"scene_{number:05d}.png"
            draw_scene(scene=scene, size=size).save(images / name)
            row = _row(scene=scene, image=f"images/{name}", split="eval" if number in held_out else "train")
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            learned = _learned_from(row, sha256=hashlib.sha256((images / name).read_bytes()).hexdigest())
            halves[number in held_out].write(json.dumps(learned, ensure_ascii=False) + "\n")
            progress(done=number + 1, total=count, message="scenes")
    return manifest


def _row(*, scene: Scene, image: str, split: str) -> dict[str, object]:
    return {
        "image": image,
        "alt_text": scene.alt_text,
        "truth": scene.truth,
        "name": scene.name,
        "kept_claims": list(scene.kept_claims),
        "wrong_claims": list(scene.wrong_claims),
        "domain": scene.domain,
        "split": split,
    }


def _learned_from(row: dict[str, object], *, sha256: str) -> dict[str, object]:
    """As captioner/samples/manifest.py reads it: what a careful person would have made of the alt-text."""
    return {
        "row_id": Path(str(row["image"])).stem,
        "image": row["image"],
        "sha256": sha256,
        "alt_texts": [row["alt_text"]],
        "caption": row["truth"],
        "source": "scenes",
        "domain": row["domain"],
    }
