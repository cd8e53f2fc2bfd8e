"""Renditions that are made from the screen rendition: smaller ones, and those without faces."""

from django.core.files.storage import default_storage

from annotation_server.formats.faces import Boxes, faces_key, read_rendition, without_faces
from annotation_server.formats.pictures import MADE_AT_IMPORT, making, rendition_name
from annotation_server.formats.pixels import as_webp, shrunk


def small_rendition(*, sha256: str, size: str, boxes: Boxes, width: int, height: int) -> str:
    """The name in the storage of the screen rendition or a smaller one, without the faces in `boxes`: pixels of the
    width × height original. Made at the first need. Raises FileNotFoundError where the picture is gone."""
    name = rendition_name(sha256=sha256, size=size, faces=faces_key(boxes))
    if (not boxes and size == MADE_AT_IMPORT) or default_storage.exists(name):
        return name
    with default_storage.open(rendition_name(sha256=sha256, size=MADE_AT_IMPORT)) as file:
        seen = read_rendition(file.read())
    if boxes:
        seen = without_faces(seen, boxes=boxes, width=width, height=height)
    with making(name) as staged:
        staged.write_bytes(as_webp(shrunk(seen, size=size), size=size))
    return name
