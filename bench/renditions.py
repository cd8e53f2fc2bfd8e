"""What a photograph of one megapixel costs: its rendition for the screen as it was (WebP) and as it is (JPEG), its import.

    python -m bench.renditions [FOLDER] [--rows 200] [--json]

Photographs are those below FOLDER, else the demo's; each is scaled to a megapixel and kept as a JPEG of quality 85, as a web
page has it, and once more at 480 pixels, where the rendition once was without loss. For each way of encoding: bytes beside
the original's, the CPU time of one core to encode and to decode, the likeness to the original (SSIM over the three channels).
Then the parts of an import, and `import_images` as a whole (its start taken off), with the CPU of its decoders; Postgres's is
not in it. `before` is the same with the rendition encoded as it was. Prints tables and, last, a line of JSON.
"""

import argparse
import json
import math
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import mean
from typing import Any, TypeVar

import numpy as np
from PIL import Image, ImageEnhance, UnidentifiedImageError
from skimage.metrics import structural_similarity

from annotation_server.demo_data.photographs import write_photographs_manifest
from annotation_server.pictures import pixels
from annotation_server.pictures.encoding import Coding, encoded
from bench.imports.commands import import_into, say, started

MEGAPIXEL = 1_000_000
SMALL = 480
ROUNDS = 3

T = TypeVar("T")
Encode = Callable[[Image.Image, Coding, int], bytes]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, help="photographs; without it, the demo's")
    parser.add_argument("--rows", type=int, default=200, help="rows of the import; 0: no import")
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity; the last line is always JSON"
    )
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        photographs = list(_photographs(options.folder, Path(place)))
        for name, scaled in (("megapixel", _to_a_megapixel), ("small", _to_small)):
            files = [_as_jpeg(scaled(image)) for image in photographs]
            figures[name] = {"photographs": len(files), **_measured_ways(name, files)}
        figures["parts_ms"] = _parts([_as_jpeg(_to_a_megapixel(image)) for image in photographs])
        if options.rows:
            figures["import"] = _import(photographs, options.rows, figures)
    print(json.dumps(figures))


def _photographs(folder: Path | None, place: Path) -> Iterator[Image.Image]:
    if folder is None:
        rows = write_photographs_manifest(folder=place).read_text(encoding="utf-8").splitlines()
        paths = [Path(json.loads(row)["image"]) for row in rows]
    else:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        try:
            with Image.open(path) as image:
                if max(image.size) >= SMALL:
                    yield image.convert("RGB")
        except UnidentifiedImageError:
            continue


def _to_a_megapixel(image: Image.Image) -> Image.Image:
    scale = math.sqrt(MEGAPIXEL / (image.width * image.height))
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def _to_small(image: Image.Image) -> Image.Image:
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    return small


def _as_jpeg(image: Image.Image) -> bytes:
    return _saved(image, "JPEG", quality=85)


def _saved(image: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def _as_before(image: Image.Image, coding: Coding, at_most: int) -> bytes:
    if max(image.size) <= 512:
        return _saved(image, "WEBP", lossless=True, quality=0, method=0)
    return _saved(image, "WEBP", quality=90, method=2)


def _as_now(image: Image.Image, coding: Coding, at_most: int) -> bytes:
    return encoded(image, coding=coding, size="screen", at_most=at_most)


WAYS: dict[str, Encode] = {
    "before": _as_before,
    "now": _as_now,
    "WebP, quality 90, method 0": lambda image, *_: _saved(image, "WEBP", quality=90, method=0),
    "JPEG, quality 90": lambda image, *_: _saved(image, "JPEG", quality=90),
    "AVIF, quality 80, speed 10": lambda image, *_: _saved(
        image, "AVIF", quality=80, speed=10, max_threads=1
    ),
}


def _measured_ways(name: str, files: list[bytes]) -> dict[str, Any]:
    print(f"\n{name}: {len(files)} photographs, {mean(map(len, files)) / 1000:.0f} kB")
    print(f"{'':<32}{'kB':>8}{'encode ms':>12}{'decode ms':>12}{'SSIM':>9}{'worst':>9}")
    originals = [_read(file) for file in files]
    found: dict[str, Any] = {"original_kb": round(mean(map(len, files)) / 1000, 1)}
    for way, encode in WAYS.items():
        sizes, encoding, decoding, likeness = [], [], [], []
        for file, picture in zip(files, originals, strict=True):
            data, seconds = _timed(partial(encode, picture.image, picture.coding, len(file)))
            seen, again = _timed(partial(_opened, data))
            sizes.append(len(data))
            encoding.append(seconds)
            decoding.append(again)
            likeness.append(_likeness(picture.image, seen))
        figures = {
            "kb": round(mean(sizes) / 1000, 1),
            "encode_ms": round(1000 * mean(encoding), 1),
            "decode_ms": round(1000 * mean(decoding), 1),
            "ssim": round(mean(likeness), 4),
            "worst_ssim": round(min(likeness), 4),
        }
        print(way.ljust(32) + "  ".join(f"{value:>8}" for value in figures.values()), flush=True)
        found[way] = figures
    return found


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def _likeness(one: Image.Image, other: Image.Image) -> float:
    found = structural_similarity(  # type: ignore[no-untyped-call]
        np.asarray(one), np.asarray(other), channel_axis=2, data_range=255
    )
    return float(found)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """The least of a few tries: others use the machine too."""
    best = math.inf
    for _ in range(ROUNDS):
        began = time.process_time()
        found = work()
        best = min(best, time.process_time() - began)
    return found, best


def _parts(files: list[bytes]) -> dict[str, float]:
    """Of what a decoder does with a picture."""
    found: dict[str, list[float]] = {"decode": [], "look": []}
    for file in files:
        picture, of_decoding = _timed(partial(_read, file))
        found["decode"].append(of_decoding)
        found["look"].append(_timed(partial(pixels.look_of, picture.image))[1])
    parts = {name: round(1000 * mean(seconds), 2) for name, seconds in found.items()}
    print(f"\nparts, ms: {parts}")
    return parts


def _read(file: bytes) -> pixels.Picture:
    return pixels.read_picture(file=BytesIO(file), pixel_limit=2 * MEGAPIXEL)


def _import(photographs: list[Image.Image], rows: int, figures: dict[str, Any]) -> dict[str, Any]:
    """Different pictures: each turn another brightness, far enough that nothing is the same file."""
    with started() as place:
        one, many = place.folder / "one", place.folder / "many"
        for folder, count in ((one, 1), (many, rows)):
            folder.mkdir()
            for number in range(count):
                image = _to_a_megapixel(photographs[number % len(photographs)])
                brighter = ImageEnhance.Brightness(image).enhance(0.6 + number / count)
                (folder / f"{number:05d}.jpg").write_bytes(_as_jpeg(brighter))
        start = import_into("one", one, "--without-texts", rows=1)
        whole = import_into("many", many, "--without-texts", rows=rows)
    say("import of a megapixel each", whole)
    now = (whole.cpu_seconds - start.cpu_seconds) / (rows - 1) * 1000
    ways = figures["megapixel"]
    rendition = ways["now"]["encode_ms"]
    found = {
        "rows": rows,
        "now_ms": round(now, 1),
        "without_rendition_ms": round(now - rendition, 1),
        "before_ms": round(now - rendition + ways["before"]["encode_ms"], 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }
    print(f"CPU a row, ms: {found}")
    return found


if __name__ == "__main__":
    main()
