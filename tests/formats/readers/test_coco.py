"""Every annotation of a COCO file is an image's caption, or left for a reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from tests.formats.readers.test_ledger import account_of

BOX = {"id": 1, "image_id": 1, "category_id": 2, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0}


def coco(path: Path, images: list[Any], annotations: list[Any] | None = None, **more: Any) -> Path:
    content = {"images": images, **({} if annotations is None else {"annotations": annotations}), **more}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def rows(path: Path) -> list[ImportRow]:
    source = open_source(source=str(path))
    assert source.format == "coco"
    return list(source.rows)


def texts(path: Path) -> dict[str, list[str]]:
    return {row.source_key: row.alt_texts for row in rows(path)}


def image(key: Any, **more: Any) -> dict[str, Any]:
    return {"id": key, "file_name": f"{key}.jpg", **more}


def caption(key: Any, text: Any) -> dict[str, Any]:
    return {"id": 5, "image_id": key, "caption": text}


@pytest.mark.parametrize("of_image", [42, "42", 42.0, " 42"])
@pytest.mark.parametrize("of_annotation", [42, "42", 42.0])
def test_ids_meet_however_they_are_written(tmp_path: Path, of_image: Any, of_annotation: Any) -> None:
    path = coco(tmp_path / "c.json", [image(of_image)], [caption(of_annotation, "iguana")])
    assert texts(path) == {"42": ["iguana"]}


def test_captions_in_lists_and_with_the_images(tmp_path: Path) -> None:
    path = coco(
        tmp_path / "c.json",
        [image(1), image(2, captions=["newt", "eft"]), image(3, caption="toad"), image(4)],
        [caption(1, ["one", "uno"]), caption(1, "ett"), caption(2, [{"raw": "lizard"}]), caption(1, "")],
    )
    assert texts(path) == {
        "1": ["one", "uno", "ett", ""],
        "2": ["lizard", "newt", "eft"],
        "3": ["toad"],
        "4": [],
    }


@pytest.mark.parametrize("annotations", [[], None])
def test_captions_with_the_images_alone(tmp_path: Path, annotations: list[Any] | None) -> None:
    """As in Karpathy's dataset_flickr8k.json."""
    picture = {"filename": "1.jpg", "imgid": 0, "split": "val", "sentences": [{"raw": "A dog.", "imgid": 0}]}
    [row] = rows(coco(tmp_path / "dataset.json", [picture], annotations))
    assert (row.name, row.alt_texts, row.split, row.source_key) == ("1.jpg", ["A dog."], "eval", "0")


def test_what_is_not_used_is_told(tmp_path: Path) -> None:
    path = coco(
        tmp_path / "c.json",
        [image(1), {"id": 2, "file_name": "two.jpg"}, "no object", image(1)],
        [
            caption(1, "a"),
            caption(99, ["orphan", "waif"]),
            BOX,
            "odd",
            caption(1, {"x": 1}),
            caption(None, "b"),
        ],
    )
    found = account_of(path)
    assert found["annotation"] == {
        "used": 1,
        "Its image is not in the file.": (2, "annotation 5"),
        "It has no caption: boxes, outlines and keypoints are not used.": (1, "annotation 1"),
        "It is not a JSON object.": (1, "annotation 4"),
        "Its caption is neither a text nor a list of texts.": (1, "annotation 5"),
    }
    assert found["text"] == {
        "used": 1,
        "Its image is not in the file.": (3, "orphan"),
        "Its row was refused.": (1, "1.jpg"),
    }
    assert [row.problem for row in rows(path)] == [
        "",
        "",
        "It is not a JSON object.",
        "Another image of the file has its id '1': nobody can tell whose the captions are.",
    ]


@pytest.mark.parametrize("more", [{}, {"segmentation": [[1, 2, 3]]}, {"keypoints": [1, 2, 2]}])
def test_boxes_are_no_captions(tmp_path: Path, more: dict[str, Any]) -> None:
    path = coco(tmp_path / "instances_val2017.json", [image(1)], [{**BOX, **more}])
    with pytest.raises(UnreadableSource, match=r"instances_val2017.json has COCO's boxes.*captions_….json"):
        open_source(source=str(path))


def test_pictures_in_folders_and_at_addresses(tmp_path: Path) -> None:
    for name in ("val2017/1.jpg", "images/2.jpg", "annotations/val2014/3.jpg", "images/val2017/sub/4.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"a picture")
    path = coco(
        tmp_path / "annotations/captions_val2017.json",
        [
            *(
                image(1),
                image(2),
                {"id": 3, "file_name": "val2014/3.jpg"},
                {"id": 4, "file_name": "sub/4.jpg"},
            ),
            image(5, coco_url="http://a.example/5.jpg"),
            image(6, flickr_url="http://b.example/6.jpg"),
            image(7),
        ],
        [],
    )
    found = rows(path)
    assert {str(row.picture).replace(f"{tmp_path}/", "") for row in found} == {
        *("val2017/1.jpg", "annotations/../images/2.jpg", "images/2.jpg"),
        *("annotations/val2014/3.jpg", "images/val2017/sub/4.jpg"),
        *("http://a.example/5.jpg", "http://b.example/6.jpg", "annotations/7.jpg"),
    } - {"annotations/../images/2.jpg"}
    assert {row.split for row in found} == {"eval"}


KEY = st.sampled_from([1, "1", 2, 2.0, "x", None, True, 3])
TEXT = st.sampled_from(["a", "", ["b", "c"], [], None, 7, {"raw": "d"}, {"e": 1}, [None, "f"], True])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    images=st.lists(st.one_of(st.just("odd"), st.builds(image, KEY)), max_size=5),
    annotations=st.lists(st.one_of(st.just(BOX), st.just(3), st.builds(caption, KEY, TEXT)), max_size=8),
)
def test_no_annotation_vanishes(tmp_path: Path, images: list[Any], annotations: list[Any]) -> None:
    path = coco(tmp_path / "c.json", [image(0), *images], [caption(0, "first"), *annotations])
    account = account_of(path)["annotation"]
    left = sum(reason[0] for name, reason in account.items() if name != "used")  # type: ignore[index]
    assert account["used"] + left == len(annotations) + 1  # type: ignore[operator]
    assert len(rows(path)) == len(images) + 1
