"""Renditions that are made from the screen rendition: smaller ones, and those without faces."""

from io import BytesIO

from django.core.files.storage import default_storage

from annotation_server.pictures.encoding import encoded
from annotation_server.pictures.faces import Boxes, faces_key, without_faces
from annotation_server.pictures.pixels import SIZES, read_picture, shrunk
from annotation_server.pictures.storage import MADE_AT_IMPORT, making, rendition_name


def small_rendition(*, sha256: str, size: str, boxes: Boxes, width: int, height: int) -> str:
    """The name in the storage of the screen rendition or a smaller one, without the faces in `boxes`: pixels of the
    width × height original. Made at the first need. Raises FileNotFoundError where the picture is gone."""
    name = rendition_name(sha256=sha256, size=size, faces=faces_key(boxes))
    if (not boxes and size == MADE_AT_IMPORT) or default_storage.exists(name):
        return name
    with default_storage.open(rendition_name(sha256=sha256, size=MADE_AT_IMPORT)) as file:
        content = file.read()
    with making(name) as staged:
        staged.write_bytes(_made(content, size=size, boxes=boxes, width=width, height=height))
    return name


def _made(content: bytes, *, size: str, boxes: Boxes, width: int, height: int) -> bytes:
    """Our own bytes need no bounded process."""
    picture = read_picture(file=BytesIO(content), pixel_limit=SIZES[MADE_AT_IMPORT] ** 2)
    if not boxes and max(picture.width, picture.height) <= SIZES[size]:
        return content
    small = shrunk(picture.image, size=size)
    coding = picture.coding if small is picture.image else picture.coding.scaled()
    # Blurred when it is small: a web thread waits for it.
    shown = without_faces(small, boxes=boxes, width=width, height=height) if boxes else small
    return encoded(shown, coding=coding, size=size, at_most=len(content))
