"""A picture is asked for in a size, with its faces blurred where its project says so: made once, then kept."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server.errors import NotFound
from annotation_server.models import Image
from annotation_server.pictures.faces import Boxes, faces_key
from annotation_server.pictures.full_size import write_full_size
from annotation_server.pictures.render_turns import large_turn, only_maker
from annotation_server.pictures.small_renditions import small_rendition
from annotation_server.pictures.storage import MADE_AT_IMPORT, making, rendition_name

GONE = "The picture's file is gone from the storage. Import it again."


def render_picture(*, image: Image, size: str) -> str:
    """The name of the rendition in the storage. `image` comes with its project. Raises NotFound, UnreadableImage,
    PictureNotReady."""
    boxes = image.face_boxes if image.project.blur_faces else []
    name = rendition_name(sha256=image.sha256, size=size, faces=faces_key(boxes))
    if (size == MADE_AT_IMPORT and not boxes) or default_storage.exists(name):
        return name
    try:
        with only_maker(name):
            _make(image=image, size=size, boxes=boxes, name=name)
    except FileNotFoundError as error:
        raise NotFound(GONE) from error
    return name


def _make(*, image: Image, size: str, boxes: Boxes, name: str) -> None:
    """Unless somebody made it since it was looked for."""
    if size != "original":
        small_rendition(sha256=image.sha256, size=size, boxes=boxes, width=image.width, height=image.height)
    elif not default_storage.exists(name):
        with large_turn(), making(name) as staged:
            _write_full_size(image, staged, boxes)


def _write_full_size(image: Image, target: Path, boxes: Boxes) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent) as copy:
        with default_storage.open(image.file_name) as original:
            for chunk in original.chunks():
                copy.write(chunk)
        copy.flush()
        write_full_size(
            original=Path(copy.name),
            target=target,
            pixel_limit=settings.IMAGE_PIXEL_LIMIT,
            blurred=boxes,
        )
