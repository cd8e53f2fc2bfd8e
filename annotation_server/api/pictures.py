"""Where an image's pixels are, in each size; what is in them decides the address, so they can be cached for good."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from annotation_server.models import Image
from annotation_server.pictures.faces import Boxes, faces_key
from annotation_server.pictures.pixels import SIZES


class TaskImageSerializer(serializers.Serializer[Any]):
    """The picture of a task."""

    id = serializers.IntegerField()
    url = serializers.CharField(help_text="For the screen.")
    thumbnail_url = serializers.CharField()
    original_url = serializers.CharField(
        allow_null=True, help_text="In full size; null where the screen's is that already."
    )
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    face_boxes = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))


def pixels_url(*, image_id: int, sha256: str, size: str, faces: str = "") -> str:
    """The address of one size. `faces` is the key of the faces that are blurred in it."""
    seen = f"{sha256[:12]}-{faces}" if faces else sha256[:12]
    return f"{reverse('image-pixels', args=[image_id, size])}?v={seen}"


def task_image(
    *, id: int, sha256: str, width: int, height: int, face_boxes: Boxes, blur_faces: bool
) -> dict[str, Any]:
    """A TaskImage. A plain dict: it is part of the server's hottest answer."""
    faces = faces_key(face_boxes) if blur_faces else ""
    is_larger = max(width, height) > SIZES["screen"]

    def url(size: str) -> str:
        return pixels_url(image_id=id, sha256=sha256, size=size, faces=faces)

    return {
        "id": id,
        "url": url("screen"),
        "thumbnail_url": url("thumbnail"),
        "original_url": url("original") if is_larger else None,
        "width": width,
        "height": height,
        "face_boxes": face_boxes,
    }


def url_of_image(image: Image, *, size: str) -> str:
    """The same address for an image that came with its project."""
    faces = faces_key(image.face_boxes) if image.project.blur_faces else ""
    return pixels_url(image_id=image.pk, sha256=image.sha256, size=size, faces=faces)


def image_of_task(image: Image) -> dict[str, Any]:
    """A TaskImage of an image that came with its project."""
    return task_image(
        id=image.pk,
        sha256=image.sha256,
        width=image.width,
        height=image.height,
        face_boxes=image.face_boxes,
        blur_faces=image.project.blur_faces,
    )
