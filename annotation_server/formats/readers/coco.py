"""COCO captions: {"images": [{"id", "file_name"}], "annotations": [{"image_id", "caption"}]}. Every caption is an alt-text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "coco"
NAMES = ("file_name", "coco_url", "alt_texts", "licence", "id")


def recognises(path: Path) -> bool:
    """An object with lists of images and annotations."""
    content = document(path)
    return isinstance(content, dict) and all(
        list_of_objects(content.get(key)) is not None for key in ("images", "annotations")
    )


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Images in the file's order, their captions in the order of the annotations."""
    content = document(path)
    known = Columns(names=NAMES, said={"coco_url": "image_url", **columns})
    return Source(format=NAME, rows=_rows(content, known, path), total=len(content["images"]), columns=known)


def _rows(content: dict[str, Any], columns: Columns, path: Path) -> Iterator[ImportRow]:
    captions: defaultdict[Any, list[str]] = defaultdict(list)
    for annotation in content["annotations"]:
        if isinstance(annotation, dict) and isinstance(annotation.get("caption"), str):
            captions[annotation.get("image_id")].append(annotation["caption"])
    licences = {
        one.get("id"): one.get("name") for one in content.get("licenses") or [] if isinstance(one, dict)
    }
    for number, image in enumerate(content["images"], start=1):
        if not isinstance(image, dict):
            yield ImportRow(number=number, name=f"image {number}", problem="It is not a JSON object.")
            continue
        cells = {
            "file_name": _file(path, image.get("file_name")),
            "coco_url": image.get("coco_url") or image.get("flickr_url"),
            "alt_texts": captions[image.get("id")],
            "licence": licences.get(image.get("license")),
            "id": image.get("id"),
        }
        if "altogether" in content:
            cells |= _our_own(image, captions[image.get("id")], content["altogether"])
        yield columns.row(number=number, cells=cells, folder=path.parent)


def _our_own(image: dict[str, Any], captions: list[str], about: Any) -> dict[str, Any]:
    """Of an export that we wrote: the captions are a round's, and the alt-texts stand by themselves."""
    kept = ("alt_texts", "split", "source", "domain", "face_boxes")
    number = about.get("round") if isinstance(about, dict) else None
    return {
        **{name: image.get(name) for name in kept},
        "id": image.get("source_key"),
        f"round{number}": captions[0] if captions else "",
    }


def _file(path: Path, name: Any) -> Any:
    """COCO keeps the pictures in a folder beside the annotations, whose name differs; None sends us to the address."""
    if not isinstance(name, str) or "\x00" in name:
        return name
    split = path.stem.removeprefix("captions_")
    folders = [path.parent, path.parent / "images", path.parent.parent / "images", path.parent.parent / split]
    folders += [folder / split for folder in folders[1:3]]
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    return str(found) if found else None
