"""A picture in full size for looking closely: fresh pixels, upright, without metadata, made when somebody first wants it.

`python -m annotation_server.formats.full_size ORIGINAL TARGET` decodes in a process of its own with bounded memory, as an
import does (see decoder.py): it is the source's own bytes that are read.
"""

import argparse
import json
import resource
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

from annotation_server.errors import ServiceUnavailable, UnreadableImage
from annotation_server.formats import pixels
from annotation_server.formats.decoder_process import PROJECT
from annotation_server.formats.decoding import MEMORY_LIMIT, SECONDS_LIMIT
from annotation_server.formats.faces import Boxes, without_faces

# Each may take as much memory as an import's decoder.
_AT_ONCE = threading.BoundedSemaphore(2)


def write_full_size(*, original: Path, target: Path, pixel_limit: int, blurred: Boxes) -> None:
    """Write the WebP. Raises UnreadableImage, ServiceUnavailable."""
    command = [
        *(sys.executable, "-m", "annotation_server.formats.full_size", str(original), str(target)),
        *(f"--pixel-limit={pixel_limit}", f"--blur={json.dumps(blurred)}"),
    ]
    if not _AT_ONCE.acquire(timeout=SECONDS_LIMIT):
        raise ServiceUnavailable("Too many people want pictures in full size. Try again shortly.")
    try:
        ended = subprocess.run(
            command, cwd=PROJECT, capture_output=True, timeout=SECONDS_LIMIT, check=False, text=True
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableImage("This picture takes too long in full size.") from error
    finally:
        _AT_ONCE.release()
    if ended.returncode != 0:
        raise UnreadableImage("This picture cannot be shown in full size.")


def main() -> None:
    """What write_full_size starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("original", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--pixel-limit", type=int, required=True)
    parser.add_argument("--blur", type=json.loads, default=[], help="Boxes, as JSON.")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = BytesIO(options.original.read_bytes())
    picture = pixels.read_picture(file=content, pixel_limit=options.pixel_limit, in_full=True)
    image = pixels.shrunk(picture.image, size="original")
    if options.blur:
        image = without_faces(image, boxes=options.blur, width=picture.width, height=picture.height)
    options.target.write_bytes(pixels.as_webp(image, size="original"))


if __name__ == "__main__":
    main()
