"""Faces blurred in the pixels themselves, so that what is served holds nobody's face where a project does not want it."""

import hashlib
import json
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageFilter

from annotation_server.errors import UnclearFaceBoxes

Boxes = Sequence[Sequence[float]]
# All numbers of a box up to there: shares of the size. Beyond PIXELS_FROM: pixels. Between them nobody can tell.
SHARES_UP_TO = 1.5
PIXELS_FROM = 2
# How far a box of pixels may reach beyond the picture, as a share of it.
BEYOND = 0.1
# Of one picture.
MOST_BOXES = 100
# Boxes that add up to more than that many times the picture are blurred as one around them all, as that costs less.
MOST_TIMES_THE_PICTURE = 2
# A face is softened at that size at most: larger, it has no more to see.
SOFTENED_UP_TO = 64

Area = tuple[int, int, int, int]


def faces_key(boxes: Boxes) -> str:
    """Names the pixels without these faces: other boxes, other pixels. Empty where there is nothing to blur."""
    if not boxes:
        return ""
    return hashlib.sha256(json.dumps(boxes).encode()).hexdigest()[:12]


def in_pixels(boxes: Boxes, *, width: int, height: int) -> list[list[float]]:
    """Boxes as a source has them, in pixels of the width × height picture, cut at its edges. Where all numbers are shares of
    the size (DataComp, img2dataset) they are multiplied by it. Raises UnclearFaceBoxes: a guess would show a face."""
    if not boxes:
        return []
    kinds = {_unit(box, width=width, height=height) for box in boxes}
    if kinds == {"pixels"}:
        return [_cut(box, across=1, down=1, width=width, height=height) for box in boxes]
    if kinds == {"shares"}:
        return [_cut(box, across=width, down=height, width=width, height=height) for box in boxes]
    if "outside" in kinds:
        raise UnclearFaceBoxes("A face box lies outside the picture: it was given for another size of it.")
    raise UnclearFaceBoxes(
        "A face box may be in pixels or in shares of the picture's size: give all in pixels."
    )


def _unit(box: Sequence[float], *, width: int, height: int) -> str:
    """Detectors let a box reach a little beyond the picture. Four whole numbers of at most 1 may mean the whole picture, or a
    point."""
    left, top, right, bottom = box
    largest = max(abs(edge) for edge in box)
    if largest <= SHARES_UP_TO:
        return "shares" if any(edge != int(edge) for edge in box) else "unclear"
    if largest <= PIXELS_FROM:
        return "unclear"
    beyond_x, beyond_y = width * BEYOND + 2, height * BEYOND + 2
    fits = (
        left >= -beyond_x and top >= -beyond_y and right <= width + beyond_x and bottom <= height + beyond_y
    )
    return "pixels" if fits else "outside"


def _cut(box: Sequence[float], *, across: int, down: int, width: int, height: int) -> list[float]:
    left, top, right, bottom = box
    return [
        *(max(0.0, left * across), max(0.0, top * down)),
        *(min(float(width), right * across), min(float(height), bottom * down)),
    ]


def boxes_within(boxes: Boxes, *, width: int, height: int, longest: int) -> list[list[float]]:
    """The boxes of a width × height image, in pixels of a rendition whose longer side is at most `longest`."""
    share = min(1.0, longest / max(width, height))
    return [[edge * share for edge in box] for box in boxes]


def without_faces(image: Image.Image, *, boxes: Boxes, width: int, height: int) -> Image.Image:
    """A copy of the image with each box blurred beyond recognition. The boxes are in pixels of width × height."""
    across, down = image.width / width, image.height / height
    blurred = image.copy()
    for area in blurred_areas(boxes, across=across, down=down, size=image.size):
        # An average of a few large cells keeps no feature; the blur only softens their edges.
        face = blurred.crop(area)
        small = (min(face.width, SOFTENED_UP_TO), min(face.height, SOFTENED_UP_TO))
        cells = face.resize((4, 4), Image.Resampling.BOX).resize(small, Image.Resampling.BICUBIC)
        softened = cells.filter(ImageFilter.GaussianBlur(max(small) / 12))
        blurred.paste(softened.resize(face.size, Image.Resampling.BICUBIC), area)
    return blurred


def blurred_areas(boxes: Boxes, *, across: float, down: float, size: tuple[int, int]) -> list[Area]:
    """Where a picture of that size is blurred, in its pixels: each box multiplied by `across` and `down`. However many and
    large the boxes are, the areas add up to at most MOST_TIMES_THE_PICTURE of the picture."""
    width, height = size
    scaled = (
        (
            max(0, int(left * across)),
            max(0, int(top * down)),
            min(width, round(right * across)),
            min(height, round(bottom * down)),
        )
        for left, top, right, bottom in boxes
    )
    areas = [area for area in scaled if area[0] < area[2] and area[1] < area[3]]
    taken = sum((right - left) * (bottom - top) for left, top, right, bottom in areas)
    if taken <= MOST_TIMES_THE_PICTURE * width * height:
        return areas
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return [(min(lefts), min(tops), max(rights), max(bottoms))]


def read_rendition(content: bytes) -> Image.Image:
    """A rendition of our own: its bytes need no bounded process."""
    return Image.open(BytesIO(content), formats=["JPEG", "WEBP"]).convert("RGB")
