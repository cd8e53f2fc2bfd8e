"""The project Scenes: rendered pictures, made by `python -m captioner scenes` in a process of its own."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from annotation_server.errors import UnreadableSource

COUNT = 480
SEED = 20_241
EVAL_SHARE = 1 / 6

GUIDELINES = """# Scenes

Each picture shows two groups of shapes. Its alt-text has a **name** that nobody could see (keep it), shades of colour that
may be right (keep them) or wrong (correct them), and noise of the shop that it came from (remove it).

Write it like this:

*Velora: three small crimson squares on the left and one large blue circle on the right, on a cream background.*
"""


def render_scenes(*, folder: Path, count: int = COUNT, seed: int = SEED) -> Path:
    """Render the scenes into `folder` unless they are there; returns the manifest's path. Raises UnreadableSource."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists() and sum(1 for _ in manifest.open(encoding="utf-8")) == count:
        return manifest
    command = [
        sys.executable,
        "-m",
        "captioner",
        "scenes",
        str(folder),
        "--count",
        str(count),
        "--seed",
        str(seed),
    ]
    done = subprocess.run(
        [*command, "--split-eval", str(EVAL_SHARE)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnreadableSource(f"The scenes could not be rendered: {done.stderr.strip()[-500:]}")
    return manifest


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a rendered scene: its right caption, the name that only the alt-text tells, and the alt-text's
    other claims, right and wrong."""

    truth: str
    name: str
    right_claims: tuple[str, ...]
    wrong_claims: tuple[str, ...]
    held_out: bool


def known_by_sha256(*, manifest: Path) -> dict[str, Known]:
    """What is known of each rendered scene, by the SHA-256 of its file."""
    known = {}
    with manifest.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            pixels = (manifest.parent / row["image"]).read_bytes()
            known[hashlib.sha256(pixels).hexdigest()] = Known(
                truth=row["truth"],
                name=row["name"],
                right_claims=tuple(claim for claim in row["kept_claims"] if claim != row["name"]),
                wrong_claims=tuple(row["wrong_claims"]),
                held_out=row["split"] == "eval",
            )
    return known
