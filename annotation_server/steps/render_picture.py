"""A picture is asked for in a size, with its faces blurred where its project says so: made once, then kept."""

import tempfile
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server.errors import NotFound
from annotation_server.formats.faces import Boxes, faces_key, read_rendition, without_faces
from annotation_server.formats.full_size import write_full_size
from annotation_server.formats.pictures import MADE_AT_IMPORT, keep, rendition_name, staging_folder
from annotation_server.formats.pixels import as_webp, shrunk
from annotation_server.models import Image

GONE = "The picture's file is gone from the storage. Import it again."


def render_picture(*, image: Image, size: str) -> str:
    """The name of the rendition in the storage. `image` comes with its project. Raises NotFound, UnreadableImage."""
    boxes = image.face_boxes if image.project.blur_faces else []
    name = rendition_name(sha256=image.sha256, size=size, faces=faces_key(boxes))
    if (not boxes and size == MADE_AT_IMPORT) or default_storage.exists(name):
        return name
    staged = staging_folder() / f"{uuid4().hex}.webp"
    try:
        if size == "original":
            _write_full_size(image, staged, boxes)
        else:
            staged.write_bytes(_from_screen(image, size, boxes))
        keep(name=name, staged=staged)
    except FileNotFoundError as error:
        raise NotFound(GONE) from error
    finally:
        with suppress(FileNotFoundError):
            staged.unlink()
    return name


def _from_screen(image: Image, size: str, boxes: Boxes) -> bytes:
    with default_storage.open(rendition_name(sha256=image.sha256, size=MADE_AT_IMPORT)) as file:
        seen = read_rendition(file.read())
    if boxes:
        seen = without_faces(seen, boxes=boxes, width=image.width, height=image.height)
    return as_webp(shrunk(seen, size=size), size=size)


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
