"""Images that look like one: nearest neighbours by the cosine of their embeddings, found through an HNSW index."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from annotation_server.models import Image, ImageEmbedding
from annotation_server.models.embedding import as_vector

# Some widths have an index (INDEXED_WIDTHS in held_out_lookalikes.py); images of other encoders are compared one by one.
NEAREST = """
SELECT near.image_id, 1 - (near.vector::vector({width}) <=> %(vector)s::vector({width})) AS likeness
FROM image_embedding AS near
JOIN image ON image.id = near.image_id AND image.withdrawn_at IS NULL
WHERE near.project_id = %(project)s AND near.encoder = %(encoder)s AND vector_dims(near.vector) = {width}
    AND near.image_id <> %(image)s
ORDER BY near.vector::vector({width}) <=> %(vector)s::vector({width})
LIMIT %(count)s
"""


@dataclass(frozen=True, kw_only=True)
class Similar:
    """An image and how much it is like the one asked about: 1 is the same to the encoder."""

    image_id: int
    likeness: float


def similar_images(*, image: Image, count: int) -> list[Similar] | None:
    """The likest images of the same project, likest first. None when the image has no embedding yet."""
    own = ImageEmbedding.objects.filter(image=image).order_by("-pk").first()
    if own is None:
        return None
    values: dict[str, Any] = {
        "vector": as_vector(own.vector),
        "project": image.project_id,
        "encoder": own.encoder,
        "image": image.pk,
        "count": count,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # The index knows nothing of projects: it goes on until enough of this one's images are found.
        cursor.execute("SET LOCAL hnsw.iterative_scan = 'strict_order'")
        cursor.execute(NEAREST.format(width=len(own.vector)), values)
        return [Similar(image_id=pk, likeness=likeness) for pk, likeness in cursor.fetchall()]
