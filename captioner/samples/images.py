"""Reading images the way a person sees them: upright, opaque, 8 bits a channel, faces blurred where asked."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from captioner.errors import UnreadableImage
from captioner.samples.manifest import Box

# Decoding needs about 4 bytes a pixel; a small file can claim any number of pixels.
MAX_PIXELS = 100_000_000


def load_image(*, path: Path, face_boxes: tuple[Box, ...] = ()) -> Image.Image:
    """The RGB image at `path`; raises UnreadableImage with a plain reason."""
    try:
        with path.open("rb") as stream:
            return read_image(stream, path=path, face_boxes=face_boxes)
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
        raise UnreadableImage(path=path, reason=reason) from error


def read_image(stream: BinaryIO, *, path: Path, face_boxes: tuple[Box, ...] = ()) -> Image.Image:
    """The RGB image of an open file; `path` names it in reasons."""
    try:
        with Image.open(stream) as opened:
            return _as_seen(opened, path=path, face_boxes=face_boxes)
    except UnreadableImage:
        raise
    except UnidentifiedImageError as error:
        raise UnreadableImage(path=path, reason="it is no image of a known kind, or is damaged") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableImage(path=path, reason=str(error).rstrip(".") or type(error).__name__) from error


def _as_seen(opened: Image.Image, *, path: Path, face_boxes: tuple[Box, ...]) -> Image.Image:
    if opened.width * opened.height > MAX_PIXELS:
        raise UnreadableImage(path=path, reason=f"it has more than {MAX_PIXELS:,} pixels")
    upright = ImageOps.exif_transpose(opened)
    return blur_faces(_opaque_rgb(upright), face_boxes=face_boxes)


def _opaque_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        # Pillow clips 16-bit grey to 8 bits instead of scaling it.
        values = np.asarray(image, dtype=np.float32)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        image = Image.fromarray((values.clip(0, top) / top * 255).astype(np.uint8))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, layer)
    return image.convert("RGB")


def blur_faces(image: Image.Image, *, face_boxes: tuple[Box, ...]) -> Image.Image:
    """A copy with each box blurred beyond recognition; parts of a box outside the image are ignored."""
    if not face_boxes:
        return image
    blurred = image.copy()
    for left, top, right, bottom in face_boxes:
        box = (
            max(0, int(left)),
            max(0, int(top)),
            min(image.width, round(right)),
            min(image.height, round(bottom)),
        )
        if box[0] < box[2] and box[1] < box[3]:
            radius = max(box[2] - box[0], box[3] - box[1]) / 6
            blurred.paste(image.crop(box).filter(ImageFilter.GaussianBlur(radius)), box)
    return blurred
