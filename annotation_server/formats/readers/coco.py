"""COCO captions: {"images": [{"id", "file_name"}], "annotations": [{"image_id", "caption"}]}. Every caption is an alt-text.

Also what keeps captions with the images, as Karpathy's splits do: {"images": [{"filename", "sentences": [{"raw"}]}]}.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.cells import as_texts
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.json_objects import NO_OBJECT
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "coco"
NAMES = ("file_name", "image_url", "alt_texts", "licence", "id", "split")
# An image's own captions, by the names that tools give them.
OF_IMAGES = ("captions", "caption", "sentences")
FILE_NAMES = ("file_name", "filename", "file")
ADDRESSES = ("coco_url", "flickr_url", "url")
SPLIT_OF_FILE = re.compile(r"captions_(train|val|test)")
IDS = ("id", "cocoid", "imgid")
ORPHAN = "Its image is not in the file."
NO_CAPTION = "It has no caption: boxes, outlines and keypoints are not used."
NO_TEXT = "Its caption is neither a text nor a list of texts."


def recognises(path: Path) -> bool:
    """An object with a list of images, and annotations beside them or captions in them."""
    content = document(path)
    if not isinstance(content, dict) or (images := list_of_objects(content.get("images"))) is None:
        return False
    return isinstance(content.get("annotations"), list) or any(name in images[0] for name in OF_IMAGES)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Images in the file's order, their captions in the order of the annotations."""
    if not recognises(path):
        raise UnreadableSource(f"{path} is not of the format {NAME}.")
    content = document(path)
    if _is_of_boxes(content):
        raise UnreadableSource(
            f"{path.name} has COCO's boxes, outlines or keypoints, and no caption: import captions_….json instead."
        )
    known, ledger = Columns(names=NAMES, said=columns), Ledger()
    rows = _rows(content, known, path, ledger)
    return Source(format=NAME, rows=rows, total=len(content["images"]), columns=known, ledger=ledger)


def _is_of_boxes(content: dict[str, Any]) -> bool:
    """What instances_….json and person_keypoints_….json are."""
    annotations = content.get("annotations") or []
    if not annotations or any(isinstance(one, dict) and "caption" in one for one in annotations):
        return False
    return not any(
        isinstance(image, dict) and any(name in image for name in OF_IMAGES) for image in content["images"]
    )


def _rows(content: dict[str, Any], columns: Columns, path: Path, ledger: Ledger) -> Iterator[ImportRow]:
    captions = _captions(content, ledger)
    licences = {
        _id(one.get("id")): one.get("name") for one in content.get("licenses") or [] if isinstance(one, dict)
    }
    seen: set[str] = set()
    for number, image in enumerate(content["images"], start=1):
        if not isinstance(image, dict):
            yield ImportRow(number=number, name=f"image {number}", problem=NO_OBJECT)
            continue
        key = _id_of(image)
        cells, problem = _cells(image, captions.get(key, []), path)
        cells["licence"] = licences.get(_id(image.get("license")))
        if "altogether" in content:
            cells |= _our_own(image, captions.get(key, []), content["altogether"])
        if key and key in seen:
            problem = f"Another image of the file has its id '{key}': nobody can tell whose the captions are."
        seen.add(key)
        if problem:
            name = str(cells.get("file_name") or key)[:300]
            yield columns.refused(number=number, name=name, cells=cells, picture=None, problem=problem)
        else:
            yield columns.row(number=number, cells=cells, folder=path.parent)


def _captions(content: dict[str, Any], ledger: Ledger) -> dict[str, list[str]]:
    """By the image's id, as a text: one tool writes 42, another "42"."""
    ids = {_id_of(image) for image in content["images"] if isinstance(image, dict)}
    captions: defaultdict[str, list[str]] = defaultdict(list)
    for number, annotation in enumerate(content.get("annotations") or [], start=1):
        if not isinstance(annotation, dict):
            ledger.leave(Kind.ANNOTATION, NO_OBJECT, example=f"annotation {number}")
            continue
        example = f"annotation {annotation.get('id', number)}"
        key, caption = _id(annotation.get("image_id")), annotation.get("caption")
        texts = _texts(caption)
        if caption is None:
            ledger.leave(Kind.ANNOTATION, NO_CAPTION, example=example)
        elif texts is None:
            ledger.leave(Kind.ANNOTATION, NO_TEXT, example=example)
        elif not key or key not in ids:
            ledger.leave(Kind.ANNOTATION, ORPHAN, example=example)
            ledger.leave(Kind.TEXT, ORPHAN, example=next(iter(texts), ""), count=len(texts))
        else:
            ledger.use(Kind.ANNOTATION)
            captions[key] += texts
    return captions


def _cells(image: dict[str, Any], captions: list[str], path: Path) -> tuple[dict[str, Any], str]:
    """What the image says, and what is wrong with it."""
    name = next((image[field] for field in FILE_NAMES if image.get(field)), None)
    if isinstance(name, str) and isinstance(folder := image.get("filepath"), str):
        name = f"{folder}/{name}"
    address = next((image[field] for field in ADDRESSES if image.get(field)), None)
    texts = list(captions)
    for field in OF_IMAGES:
        if image.get(field) is None:
            continue
        own = _texts(image[field])
        if own is None:
            return {"file_name": name}, f"Its {field} are neither a text nor a list of texts."
        texts += own
    found = _file(path, name)
    # A file that is not there is looked for under its name only where there is no address.
    cells = {"file_name": found or (None if address else name), "image_url": address}
    of_file = SPLIT_OF_FILE.match(path.name)
    split = image.get("split") or (of_file[1] if of_file else "")
    return {**cells, "alt_texts": texts, "id": _id_of(image), "split": split}, ""


def _texts(cell: Any) -> list[str] | None:
    """None: it is none."""
    try:
        return as_texts(cell if isinstance(cell, list) else [cell])
    except ValueError:
        return None


def _id_of(image: dict[str, Any]) -> str:
    return next((key for name in IDS if (key := _id(image.get(name)))), "")


def _id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _our_own(image: dict[str, Any], captions: list[str], about: Any) -> dict[str, Any]:
    """Of an export that we wrote: the captions are a round's, and the alt-texts stand by themselves."""
    kept = ("alt_texts", "split", "source", "domain", "face_boxes", "page_url")
    number = about.get("round") if isinstance(about, dict) else None
    return {
        **{name: image.get(name) for name in kept},
        "id": image.get("source_key"),
        f"round{number}": captions[0] if captions else "",
    }


def _file(path: Path, name: Any) -> str | None:
    """COCO keeps the pictures in a folder beside the annotations, whose name differs (captions_val2017.json: val2017/)."""
    if not isinstance(name, str) or "\x00" in name:
        return None
    split = path.stem.removeprefix("captions_")
    above = path.parent.parent
    folders = [path.parent, path.parent / "images", above, above / "images", above / split]
    folders += [path.parent / split, *(folder / split for folder in (folders[1], folders[3]))]
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    return str(found) if found else None
