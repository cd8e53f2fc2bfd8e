"""Pictures made up on the spot: each seed another one, far from all others to the eye and to the perceptual hash."""

import json
import random
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image


def drawn(seed: int, *, width: int = 96, height: int = 64) -> Image.Image:
    """Soft blobs of random colours."""
    rng = random.Random(seed)
    coarse = Image.frombytes("RGB", (9, 8), rng.randbytes(9 * 8 * 3))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def write_picture(path: Path, seed: int, **size: int) -> Path:
    """The drawing as a file; its suffix says the format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn(seed, **size).save(path)
    return path


def encoded(picture: Image.Image, format: str) -> bytes:
    """The bytes of such a file."""
    file = BytesIO()
    picture.save(file, format)
    return file.getvalue()


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A manifest in JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
