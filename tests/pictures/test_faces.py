"""Boxes in pixels, and in shares of the size: told apart, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from annotation_server.errors import UnclearFaceBoxes
from annotation_server.pictures.faces import MOST_BOXES, MOST_TIMES_THE_PICTURE, blurred_areas, in_pixels
from annotation_server.queries.archives.archive_shapes import SHAPES

SHARE = st.floats(0, 1).filter(lambda share: share not in {0, 1})


@given(
    st.lists(st.tuples(SHARE, SHARE, SHARE, SHARE), min_size=1, max_size=4),
    st.integers(1, 5_000),
    st.integers(1, 5_000),
)
def test_shares_are_multiplied_by_the_size(boxes: list[tuple[float, ...]], width: int, height: int) -> None:
    found = in_pixels(boxes, width=width, height=height)
    assert found == [[a * width, b * height, c * width, d * height] for a, b, c, d in boxes]


@given(st.integers(8, 5_000), st.integers(8, 5_000), st.data())
def test_pixels_stay_as_they_are(width: int, height: int, data: st.DataObject) -> None:
    right, bottom = data.draw(st.integers(5, width)), data.draw(st.integers(5, height))
    box = [float(data.draw(st.integers(0, right))), float(data.draw(st.integers(0, bottom))), right, bottom]
    assert in_pixels([box], width=width, height=height) == [box]


def test_a_box_is_cut_at_the_edges() -> None:
    assert in_pixels([[-3, 50, 40, 105]], width=200, height=100) == [[0, 50, 40, 100]]
    assert in_pixels([[-0.02, 0.5, 0.5, 1.08]], width=200, height=100) == [[0, 50, 100, 100]]
    assert in_pixels([], width=200, height=100) == []


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ([[0, 0, 1, 1]], "pixels or in shares"),
        ([[0, 0, 2, 2]], "pixels or in shares"),
        ([[0.1, 0.2, 1.7, 1.9]], "pixels or in shares"),
        ([[0.1, 0.2, 0.3, 0.4], [10, 20, 30, 40]], "pixels or in shares"),
        ([[300, 20, 380, 90]], "another size"),
        ([[10, 20, 30, 40], [10, 300, 30, 380]], "another size"),
    ],
)
def test_what_may_be_either_is_refused(boxes: list[list[float]], said: str) -> None:
    with pytest.raises(UnclearFaceBoxes, match=said):
        in_pixels(boxes, width=200, height=100)


EDGE = st.integers(-5, 205)
BOX = st.tuples(EDGE, EDGE, EDGE, EDGE).map(
    lambda four: (*map(min, four[:2], four[2:]), *map(max, four[:2], four[2:]))
)


@given(st.lists(BOX, max_size=30), st.sampled_from([1, 0.5, 0.16]))
def test_what_is_blurred_covers_every_box_and_is_bounded_by_the_picture(
    boxes: list[tuple[int, ...]], scale: float
) -> None:
    width = height = round(200 * scale)
    areas = blurred_areas(boxes, across=scale, down=scale, size=(width, height))
    assert (
        sum((right - left) * (bottom - top) for left, top, right, bottom in areas)
        <= MOST_TIMES_THE_PICTURE * width * height
    )
    for left, top, right, bottom in boxes:
        x, y = (left + right) / 2 * scale, (top + bottom) / 2 * scale
        if 0 < x < width and 0 < y < height and (right - left) * scale >= 2 <= (bottom - top) * scale:
            assert any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in areas)


def test_a_few_boxes_are_blurred_each_by_itself_and_many_on_each_other_as_one() -> None:
    apart = [(0, 0, 100, 100), (100, 100, 200, 200)]
    assert blurred_areas(apart, across=1, down=1, size=(200, 200)) == apart
    assert blurred_areas([*apart] * 50, across=1, down=1, size=(200, 200)) == [(0, 0, 200, 200)]


def test_an_archive_has_no_more_boxes_of_a_picture_than_an_import_takes() -> None:
    boxes = TypeAdapter(SHAPES["image", "face_boxes"])
    boxes.validate_python([[1, 2, 3, 4]] * MOST_BOXES)
    with pytest.raises(ValidationError, match="at most 100 items"):
        boxes.validate_python([[1, 2, 3, 4]] * (MOST_BOXES + 1))
