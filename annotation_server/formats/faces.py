"""Faces blurred in the pixels themselves, so that what is served holds nobody's face where a project does not want it."""

import hashlib
import json
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageFilter

Boxes = Sequence[Sequence[float]]


def faces_key(boxes: Boxes) -> str:
    """Names the pixels without these faces: other boxes, other pixels. Empty where there is nothing to blur."""
    if not boxes:
        return ""
    return hashlib.sha256(json.dumps(boxes).encode()).hexdigest()[:12]


def boxes_within(boxes: Boxes, *, width: int, height: int, longest: int) -> list[list[float]]:
    """The boxes of a width × height image, in pixels of a rendition whose longer side is at most `longest`."""
    share = min(1.0, longest / max(width, height))
    return [[edge * share for edge in box] for box in boxes]


def without_faces(image: Image.Image, *, boxes: Boxes, width: int, height: int) -> Image.Image:
    """A copy of the image with each box blurred beyond recognition. The boxes are in pixels of width × height."""
    across, down = image.width / width, image.height / height
    blurred = image.copy()
    for left, top, right, bottom in boxes:
        box = (
            max(0, int(left * across)),
            max(0, int(top * down)),
            min(image.width, round(right * across)),
            min(image.height, round(bottom * down)),
        )
        if box[0] < box[2] and box[1] < box[3]:
            # An average of a few large cells keeps no feature; the blur only softens their edges.
            face = blurred.crop(box)
            cells = face.resize((4, 4), Image.Resampling.BOX).resize(face.size, Image.Resampling.BICUBIC)
            radius = max(face.size) / 12
            blurred.paste(cells.filter(ImageFilter.GaussianBlur(radius)), box)
    return blurred


def read_rendition(content: bytes) -> Image.Image:
    """A rendition of our own: its bytes need no bounded process."""
    return Image.open(BytesIO(content), formats=["WEBP"]).convert("RGB")
