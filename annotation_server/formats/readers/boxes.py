"""Boxes around faces, as other people's tables have them: lists of corners, or objects whose keys name the sides.

A list is [left, top, right, bottom], perhaps with a score after it. An object is read by the names of its keys; one whose names
say nothing is refused, for a box in the wrong place shows the face. Whether the numbers are pixels or shares of the picture's
size is known once the picture is decoded (pictures/faces.py).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from annotation_server.pictures.faces import MOST_BOXES

CORNERS = (
    ("left", "top", "right", "bottom"),
    ("x0", "y0", "x1", "y1"),
    ("x1", "y1", "x2", "y2"),
    ("xmin", "ymin", "xmax", "ymax"),
    ("minx", "miny", "maxx", "maxy"),
    ("startx", "starty", "endx", "endy"),
)
SIZED = (
    ("x", "y", "w", "h"),
    ("x", "y", "width", "height"),
    ("left", "top", "width", "height"),
    ("xmin", "ymin", "width", "height"),
    ("originx", "originy", "width", "height"),
)
# An object that holds the box, as detectors write it beside a score.
WITHIN = ("bbox", "box", "boundingbox", "facebbox", "face")
LARGEST = 1e9


def as_boxes(cell: Any) -> list[list[float]]:
    """[[left, top, right, bottom], …], also from a JSON string; empty when there is none. Raises ValueError."""
    if isinstance(cell, str):
        try:
            cell = json.loads(cell) if cell.strip() else None
        except (ValueError, RecursionError):
            raise ValueError("The face boxes cannot be read: write them as JSON.") from None
    if not cell or cell != cell:  # NaN is an empty cell.
        return []
    boxes = cell if isinstance(cell, list) else [cell]
    if all(_is_number(edge) for edge in boxes):
        boxes = [boxes]
    if len(boxes) > MOST_BOXES:
        raise ValueError(
            f"The picture has {len(boxes):,} face boxes; at most {MOST_BOXES} are taken. One box may cover many faces."
        )
    return [_box(box) for box in boxes]


def _box(box: Any) -> list[float]:
    edges = _by_names(box) if isinstance(box, dict) else box
    if not isinstance(edges, list) or len(edges) not in {4, 5} or not all(map(_is_number, edges)):
        raise ValueError("A face box is not four numbers: left, top, right, bottom.")
    left, top, right, bottom = (float(edge) for edge in edges[:4])
    if not all(-LARGEST < edge < LARGEST for edge in (left, top, right, bottom)):
        raise ValueError("A face box has numbers that are no places in a picture.")
    if right < left or bottom < top:
        raise ValueError(
            "A face box ends before it begins: a list is left, top, right, bottom; width and height need an object's keys."
        )
    return [left, top, right, bottom]


def _by_names(box: Mapping[Any, Any]) -> list[Any]:
    named = {re.sub(r"[^a-z0-9]", "", str(key).lower()): value for key, value in box.items()}
    for corners in CORNERS:
        if set(corners) <= named.keys():
            return [named[side] for side in corners]
    for sides in SIZED:
        if set(sides) <= named.keys():
            left, top, width, height = (named[side] for side in sides)
            if not all(map(_is_number, (left, top, width, height))):
                return []
            if width < 0 or height < 0:
                raise ValueError("A face box has a width or a height below zero.")
            return [left, top, left + width, top + height]
    for name in WITHIN:
        if isinstance(within := named.get(name), dict):
            return _by_names(within)
        if isinstance(within, list):
            return within
    raise ValueError(
        f"A face box has the keys {', '.join(sorted(map(str, box)))[:100]!r}: "
        "name its sides left, top, right, bottom or x, y, width, height."
    )


def _is_number(edge: Any) -> bool:
    return isinstance(edge, int | float) and not isinstance(edge, bool)
