"""Which copies of photographs the encoder of `tiny` takes for the same, and which different ones, by the cosine asked for.

    .venv/bin/python -m bench.lookalikes FOLDER [--json] [--count 300] [--cache var/captioner]

FOLDER holds photographs, *.jpg, at any depth; `--count` of them are drawn with one seed.
"""

import argparse
import json
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import torch
from PIL import Image

from captioner.config import get_preset
from captioner.progress import silent
from captioner.training.sources import make_encoder

COSINES = (0.96, 0.98, 0.99, 0.995)


def encoded(image: Image.Image) -> Image.Image:
    """As JPEG of quality 20."""
    file = BytesIO()
    image.save(file, "JPEG", quality=20)
    return Image.open(file).convert("RGB")


def cut(image: Image.Image, share: float) -> Image.Image:
    """Without that share at each side."""
    across, down = int(image.width * share), int(image.height * share)
    return image.crop((across, down, image.width - across, image.height - down))


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "jpeg_20": encoded,
    "half": lambda image: image.resize((image.width // 2, image.height // 2)),
    "cut_1": lambda image: cut(image, 0.01),
    "cut_2.5": lambda image: cut(image, 0.025),
    "grey": lambda image: image.convert("L").convert("RGB"),
}


def main() -> None:
    """Measure, print, and end with a line of JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--cache", type=Path, default=Path("var/captioner"))
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.jpg"))
    random.Random(0).shuffle(files)
    photographs = [Image.open(file).convert("RGB") for file in files[: options.count]]
    encoder = make_encoder(
        config=get_preset("tiny"), cache=options.cache, progress=silent, device=torch.device("cpu")
    )
    own = torch.as_tensor(encoder.embed_images(photographs))
    others = own @ own.T
    others.fill_diagonal_(-1)
    nearest = others.max(dim=1).values
    found = {
        name: (own * torch.as_tensor(encoder.embed_images([copy(one) for one in photographs]))).sum(dim=1)
        for name, copy in COPIES.items()
    } | {"different": nearest}
    figures = {
        str(cosine): {
            name: round(float((values >= cosine).float().mean()), 3) for name, values in found.items()
        }
        for cosine in COSINES
    }
    print(json.dumps(figures, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
