"""The program that decodes pictures, in a process of its own with bounded memory.

`python -m annotation_server.pictures.decoder` reads one JSON request a line, its pictures as [path, staged]. For each it
writes <staged>.original and <staged>.screen, the rendition,
and answers with one line: what the picture is, or why it is refused.
A picture that kills this process harms nobody else (see decoder_process.py).
"""

import argparse
import gc
import hashlib
import json
import resource
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableImage
from annotation_server.pictures import pixels
from annotation_server.pictures.encoding import encoded

# Said once at the start, so that a decoder that cannot run is told from a picture that ended it.
READY = {"ready": True}


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pixel-limit", type=int, required=True)
    parser.add_argument("--memory-limit", type=int, required=True, help="Bytes of address space.")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (options.memory_limit, options.memory_limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(READY), flush=True)
    for line in sys.stdin:
        for path, staged in json.loads(line):
            answer = _answer(Path(path), Path(staged), pixel_limit=options.pixel_limit)
            print(json.dumps(answer), flush=True)


def _answer(path: Path, staged: Path, *, pixel_limit: int) -> dict[str, Any]:
    try:
        return _decode(path, staged, pixel_limit)
    except UnreadableImage as refusal:
        return {"refused": refusal.message}
    except MemoryError:
        gc.collect()
        return {"refused": "Decoding it needs more memory than an import may use."}
    except OSError as error:
        return {"failed": error.strerror or str(error)}


def _decode(path: Path, staged: Path, pixel_limit: int) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableImage(f"The file cannot be read ({error.strerror or error}).") from error
    picture = pixels.read_picture(file=BytesIO(content), pixel_limit=pixel_limit)
    screen = pixels.shrunk(picture.image, size="screen")
    perceptual_hash, colour_grid = pixels.look_of(screen)
    if path.parent == staged.parent:  # The import's own copy: nobody else can change it.
        path.rename(staged.with_suffix(".original"))
    else:
        staged.with_suffix(".original").write_bytes(content)
    coding = picture.coding if screen is picture.image else picture.coding.scaled()
    shown = encoded(screen, coding=coding, size="screen", at_most=len(content))
    staged.with_suffix(".screen").write_bytes(shown)
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "byte_count": len(content),
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "perceptual_hash": perceptual_hash,
        "colour_grid": colour_grid.hex(),
    }


if __name__ == "__main__":
    main()
