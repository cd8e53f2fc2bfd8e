"""Every spelling of a face box is understood by its names, or refused: none is guessed."""

import json
from typing import Any

import pytest

from annotation_server.formats.readers.boxes import as_boxes
from annotation_server.pictures.faces import MOST_BOXES

CORNERS = [[10.0, 20.0, 40.0, 60.0]]


@pytest.mark.parametrize(
    "cell",
    [
        [10, 20, 40, 60],
        [[10, 20, 40, 60]],
        [[10, 20, 40, 60, 0.97]],
        "[10, 20, 40, 60]",
        {"x0": 10, "y0": 20, "x1": 40, "y1": 60},
        {"x1": 10, "y1": 20, "x2": 40, "y2": 60},
        {"left": 10, "top": 20, "right": 40, "bottom": 60},
        {"bottom": 60, "right": 40, "top": 20, "left": 10, "score": 0.9},
        {"xmin": 10, "ymin": 20, "xmax": 40, "ymax": 60},
        {"x_min": 10, "y_min": 20, "x_max": 40, "y_max": 60},
        {"Left": 10, "Top": 20, "Width": 30, "Height": 40},
        {"x": 10, "y": 20, "w": 30, "h": 40},
        {"h": 40, "w": 30, "y": 20, "x": 10},
        {"width": 30, "height": 40, "x": 10, "y": 20, "label": "face"},
        {"originX": 10, "originY": 20, "width": 30, "height": 40},
        {"bbox": [10, 20, 40, 60], "score": 0.9},
        {"boundingBox": {"x": 10, "y": 20, "w": 30, "h": 40}},
    ],
)
def test_a_box_is_read_by_its_names(cell: Any) -> None:
    assert as_boxes(cell) == CORNERS
    if not isinstance(cell, str):
        assert as_boxes(json.dumps(cell)) == CORNERS
        several = cell if isinstance(cell, list) and isinstance(cell[0], list) else [cell]
        assert as_boxes([*several, *several]) == CORNERS * 2


@pytest.mark.parametrize("cell", [None, "", " ", [], {}, "null", "[]", float("nan")])
def test_no_box_is_none(cell: Any) -> None:
    assert as_boxes(cell) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"a": 10, "b": 20, "c": 40, "d": 60}, "has the keys"),
        ({"x": 10, "y": 20, "x1": 40, "h": 60}, "has the keys"),
        ({"cx": 25, "cy": 40, "w": 30, "h": 40}, "has the keys"),
        ({"x": [10], "y": [20], "w": [30], "h": [40]}, "not four numbers"),
        ({"x": 10, "y": 20, "w": -30, "h": 40}, "below zero"),
        ([10, 20, 40], "not four numbers"),
        ([10, 20, 40, 60, 70, 80, 90, 99], "not four numbers"),
        ([[10, 20, 40, None]], "not four numbers"),
        ([[10, 20, 40, True]], "not four numbers"),
        ([[10, 20, float("nan"), 60]], "no places"),
        ([[10, 20, float("inf"), 60]], "no places"),
        ([100, 20, 30, 40], "ends before it begins"),
        ("[0.1 0.2 0.3 0.4]", "as JSON"),
        ("10,20,40,60", "as JSON"),
        (7, "not four numbers"),
        ([None], "not four numbers"),
        ([[10, 20, 40, 60]] * (MOST_BOXES + 1), "has 101 face boxes; at most 100"),
    ],
)
def test_a_box_that_says_nothing_is_refused(cell: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        as_boxes(cell)
