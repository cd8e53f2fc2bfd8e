"""A picture in full size for looking closely: fresh pixels, upright, without metadata, made when somebody first wants it.

`python -m annotation_server.pictures.full_size ORIGINAL TARGET` decodes in a process of its own with bounded memory, as an
import does (see decoder.py): it is the source's own bytes that are read. It reads the boxes of what is blurred as JSON from its
input, as there may be more of them than a command line takes.
"""

import argparse
import json
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from annotation_server.errors import UnreadableImage
from annotation_server.files.bare_environment import bare_environment
from annotation_server.pictures import pixels
from annotation_server.pictures.decoder_process import PROJECT
from annotation_server.pictures.decoding import MEMORY_LIMIT, SECONDS_LIMIT
from annotation_server.pictures.encoding import encoded
from annotation_server.pictures.faces import Boxes, without_faces


def write_full_size(*, original: Path, target: Path, pixel_limit: int, blurred: Boxes) -> None:
    """Write the rendition. Raises UnreadableImage."""
    command = [
        *(sys.executable, "-m", "annotation_server.pictures.full_size", str(original), str(target)),
        f"--pixel-limit={pixel_limit}",
    ]
    try:
        ended = subprocess.run(
            command,
            cwd=PROJECT,
            env=bare_environment(),
            input=json.dumps(blurred),
            capture_output=True,
            timeout=SECONDS_LIMIT,
            check=False,
            text=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableImage("This picture takes too long in full size.") from error
    if ended.returncode != 0:
        raise UnreadableImage("This picture cannot be shown in full size.")


def main() -> None:
    """What write_full_size starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("original", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--pixel-limit", type=int, required=True)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    boxes: Boxes = json.load(sys.stdin)
    content = options.original.read_bytes()
    picture = pixels.read_picture(file=BytesIO(content), pixel_limit=options.pixel_limit, in_full=True)
    image = pixels.shrunk(picture.image, size="original")
    if boxes:
        image = without_faces(image, boxes=boxes, width=picture.width, height=picture.height)
    shown = encoded(image, coding=picture.coding, size="original", at_most=len(content))
    options.target.write_bytes(shown)


if __name__ == "__main__":
    main()
