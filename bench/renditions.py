"""Which format the screen renditions are best served in: WebP as it is, or AVIF, on the demo's photographs.

`python -m bench.renditions [--json]`. Larger ones only, as smaller ones are kept without loss. Sizes, the CPU time of one core
to encode and to decode, and the likeness to the original (SSIM over the three channels). Ten seconds or so. Prints a table
and, last, one line of JSON.
"""

import argparse
import json
import tempfile
import time
from io import BytesIO
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity

from annotation_server.demo_data.photographs import write_photographs_manifest
from annotation_server.formats.pixels import LOSSLESS_UP_TO, as_webp

AVIF = [{"speed": 10, "quality": 80}, {"speed": 8, "quality": 80}, {"speed": 6, "quality": 75}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity; the last line is always JSON"
    )
    parser.parse_args()
    images = _photographs()
    print(
        f"{len(images)} photographs\n{'':<24}{'kB':>8}{'encode ms':>12}{'decode ms':>12}{'SSIM':>9}{'worst':>9}"
    )
    measured = [_measured("WebP as served", images, None)]
    measured += [_measured(f"AVIF {settings}", images, settings) for settings in AVIF]
    print(json.dumps({"photographs": len(images), "formats": measured}))


def _photographs() -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        rows = write_photographs_manifest(folder=Path(folder)).read_text(encoding="utf-8").splitlines()
    images = [Image.open(json.loads(row)["image"]).convert("RGB") for row in rows]
    return [image for image in images if max(image.size) > LOSSLESS_UP_TO]


def _measured(name: str, images: list[Image.Image], settings: dict[str, int] | None) -> dict[str, Any]:
    sizes, encoding, decoding, likeness = [], [], [], []
    for image in images:
        started = time.process_time()
        data = as_webp(image, size="screen") if settings is None else _as_avif(image, settings)
        encoded = time.process_time()
        seen = Image.open(BytesIO(data)).convert("RGB")
        decoding.append(time.process_time() - encoded)
        encoding.append(encoded - started)
        sizes.append(len(data))
        likeness.append(
            structural_similarity(  # type: ignore[no-untyped-call]
                np.asarray(image), np.asarray(seen), channel_axis=2, data_range=255
            )
        )
    figures = {
        "kilobytes": round(sum(sizes) / 1000),
        "encode_ms": round(1000 * mean(encoding)),
        "decode_ms": round(1000 * mean(decoding)),
        "ssim": round(float(mean(likeness)), 4),
        "worst_ssim": round(float(min(likeness)), 4),
    }
    short = name.replace("{", "").replace("}", "").replace("'", "")
    print(short.ljust(30) + "  ".join(f"{value:>8}" for value in figures.values()))
    return {"name": short, **figures}


def _as_avif(image: Image.Image, settings: dict[str, int]) -> bytes:
    file = BytesIO()
    image.save(file, "AVIF", max_threads=1, **settings)
    return file.getvalue()


if __name__ == "__main__":
    main()
