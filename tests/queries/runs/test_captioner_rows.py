"""What the captioner's manifests say of an image."""

from collections.abc import Callable

from annotation_server.models import Image, Project
from annotation_server.queries.runs.captioner_rows import drafting_rows


def test_faces_lie_where_they_are_in_the_picture_that_the_captioner_opens(
    project: Project, make_images: Callable[..., list[Image]]
) -> None:
    """The screen rendition's longer side is 1600 at most; a smaller picture is as it came."""
    large, small = make_images(2)
    box = [[300, 600, 900, 1200]]
    Image.objects.filter(pk=large.pk).update(width=4800, height=2400, face_boxes=box)
    Image.objects.filter(pk=small.pk).update(width=1000, height=1300, face_boxes=box)
    boxes = {row["row_id"]: row["face_boxes"] for row in drafting_rows(project=project)}
    assert boxes == {str(large.pk): [[100, 200, 300, 400]], str(small.pk): box}
