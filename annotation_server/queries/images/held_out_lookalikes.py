"""Images of the two splits that one encoder takes for the same: what the hash of an import missed, such as a grey copy.

Each embedding's nearest neighbours come from the HNSW index of its width. ../../docs/import.md tells what is found at which
cosine.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_server.choices import Split
from annotation_server.models import HeldOutLookalike, Image, ImageEmbedding, Project

# Those that have an index (see the migrations); a million images without one would be compared pair by pair.
INDEXED_WIDTHS = (64, 128, 512, 768, 1024)
# Copies of one picture crowd the first places; beyond so many, a pair is missed.
NEIGHBOURS = 50

PAIRS = """
SELECT own.image_id, own_image.split, near.image_id, 1 - near.distance
FROM image_embedding AS own
JOIN image AS own_image ON own_image.id = own.image_id
CROSS JOIN LATERAL (
    SELECT other.image_id, other.vector::vector({width}) <=> own.vector::vector({width}) AS distance
    FROM image_embedding AS other
    WHERE other.project_id = %(project)s AND other.encoder = %(encoder)s AND vector_dims(other.vector) = {width}
        AND other.image_id <> own.image_id
    ORDER BY other.vector::vector({width}) <=> own.vector::vector({width})
    LIMIT {neighbours}
) AS near
JOIN image AS near_image ON near_image.id = near.image_id
WHERE own.id = ANY(%(embeddings)s) AND near.distance <= 1 - %(likeness)s::float8 AND near_image.split <> own_image.split
"""


def not_compared(*, project: Project, encoder: str, likeness: float) -> QuerySet[ImageEmbedding]:
    """Embeddings whose neighbours were not yet looked for down to this likeness, in the order in which they came."""
    return ImageEmbedding.objects.filter(
        Q(compared_down_to=None) | Q(compared_down_to__gt=likeness), project=project, encoder=encoder
    ).order_by("pk")


def pairs_across_splits(
    *, project: Project, encoder: str, width: int, likeness: float, embeddings: Sequence[int]
) -> dict[tuple[int, int], float]:
    """What at least so much alike there is of the other split, for each of these embeddings of one encoder: the cosine by
    training image and held-out one. `width` is one of INDEXED_WIDTHS."""
    values: dict[str, Any] = {
        "project": project.pk,
        "encoder": encoder,
        "likeness": likeness,
        "embeddings": list(embeddings),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # The index knows nothing of projects: it goes on until enough of this one's images are found.
        cursor.execute("SET LOCAL hnsw.iterative_scan = 'strict_order'")
        cursor.execute(PAIRS.format(width=width, neighbours=NEIGHBOURS), values)
        return {
            (near, own) if split == Split.EVAL else (own, near): cosine
            for own, split, near, cosine in cursor.fetchall()
        }


def near_duplicate_pairs() -> QuerySet[HeldOutLookalike]:
    """The pairs that count by the setting of now, which may have been raised since they were found."""
    return HeldOutLookalike.objects.filter(likeness__gte=settings.NEAR_DUPLICATE_LIKENESS)


def looks_held_out() -> Exists:
    """Of a task: whether the encoder takes its image for a held-out one that is still there."""
    return Exists(near_duplicate_pairs().filter(image=OuterRef("image"), held_out__withdrawn_at=None))


def lookalikes_of(*, image: Image, count: int) -> dict[int, float]:
    """Image ids of the other split that this one is taken for, with the cosine, likest first; none that was withdrawn."""
    own, other = ("held_out", "image") if image.split == Split.EVAL else ("image", "held_out")
    rows = near_duplicate_pairs().filter(**{own: image, f"{other}__withdrawn_at": None})
    return dict(rows.order_by("-likeness", other).values_list(other, "likeness")[:count])
