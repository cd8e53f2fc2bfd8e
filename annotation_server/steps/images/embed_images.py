"""Images become comparable by their looks, and with their alt-texts: a worker of the captioner computes embeddings and
scores, Postgres keeps them. Then the splits are compared, so that no captioner learns from what it is judged on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.models import AltText, HeldOutLookalike, Image, ImageEmbedding, Job, Project, User
from annotation_server.models.embedding import as_vector
from annotation_server.progress import Progress
from annotation_server.queries.images.held_out_lookalikes import (
    INDEXED_WIDTHS,
    near_duplicate_pairs,
    not_compared,
    pairs_across_splits,
)
from annotation_server.rules.locks import hold_project

CHUNK = 500
STORE = """
INSERT INTO image_embedding (image_id, project_id, encoder, vector, alt_text_score) VALUES (%s, %s, %s, %s::vector, %s)
ON CONFLICT ON CONSTRAINT image_embedding_once_per_encoder DO UPDATE SET alt_text_score = excluded.alt_text_score
"""


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """What the captioner's encoder says of an image; `alt_text_score` is None where there is no alt-text."""

    image_id: int
    vector: list[float]
    alt_text_score: float | None


def request_embeddings(*, project: Project, requested_by: User | None) -> Job:
    """Have the project's images embedded that are not yet; a job that is under way already is enough."""
    with transaction.atomic():
        hold_project(project_id=project.pk)
        return jobs.enqueue_once(kind=JobKind.EMBED_IMAGES, project=project, requested_by=requested_by)


def not_embedded(*, project: Project, encoder: str) -> QuerySet[Image]:
    """Images that this encoder has not seen, or not beside the alt-text that they have."""
    there = ImageEmbedding.objects.filter(image=OuterRef("pk"), encoder=encoder)
    told = AltText.objects.filter(image=OuterRef("pk")).exclude(text="")
    return Image.objects.filter(
        ~Exists(there) | Exists(there.filter(alt_text_score=None)) & Exists(told),
        project=project,
        withdrawn_at=None,
    )


def store_embeddings(
    *,
    project: Project,
    hold: jobs.Hold,
    encoder: str,
    found: Iterator[Embedded],
    progress: Progress,
    total: int = 0,
) -> int:
    """Store what was found, compare the splits and end the job; returns how many were stored. What another encoder found goes:
    it is not comparable. `total` is how many there are to store, as far as the caller knows. Raises FencedOff."""
    count = 0
    chunk: list[Embedded] = []
    for one in found:
        chunk.append(one)
        if len(chunk) == CHUNK:
            count += _store(project, hold, encoder, chunk)
            progress(done=count, total=total, message="storing embeddings")
            chunk = []
    count += _store(project, hold, encoder, chunk)
    _compare(project, hold, encoder, progress)
    with transaction.atomic():
        ImageEmbedding.objects.filter(project=project).exclude(encoder=encoder).delete()
        HeldOutLookalike.objects.filter(image__project=project).exclude(encoder=encoder).delete()
        alike = near_duplicate_pairs().filter(image__project=project).values("image").distinct().count()
        jobs.finish(hold=hold, result={"embedded": count, "look_held_out": alike})
    return count


def _store(project: Project, hold: jobs.Hold, encoder: str, chunk: list[Embedded]) -> int:
    with transaction.atomic():
        jobs.still_held(hold=hold)
        with connection.cursor() as cursor:
            cursor.executemany(
                STORE,
                [
                    (one.image_id, project.pk, encoder, as_vector(one.vector), one.alt_text_score)
                    for one in chunk
                ],
            )
    return len(chunk)


def _compare(project: Project, hold: jobs.Hold, encoder: str, progress: Progress) -> None:
    """Whichever of two images is compared last meets the other, so every pair is met."""
    likeness = settings.NEAR_DUPLICATE_LIKENESS
    waiting = not_compared(project=project, encoder=encoder, likeness=likeness)
    first = waiting.first()
    if first is None or len(first.vector) not in INDEXED_WIDTHS:
        return
    total, done, last = waiting.count(), 0, 0
    while chunk := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            jobs.still_held(hold=hold)
            pairs = pairs_across_splits(
                project=project,
                encoder=encoder,
                width=len(first.vector),
                likeness=likeness,
                embeddings=chunk,
            )
            HeldOutLookalike.objects.bulk_create(
                (
                    HeldOutLookalike(image_id=image, held_out_id=held_out, encoder=encoder, likeness=cosine)
                    for (image, held_out), cosine in pairs.items()
                ),
                update_conflicts=True,
                unique_fields=["image", "held_out"],
                update_fields=["encoder", "likeness"],
            )
            ImageEmbedding.objects.filter(pk__in=chunk).update(compared_down_to=likeness)
        last, done = chunk[-1], done + len(chunk)
        progress(done=done, total=total, message="comparing the splits")
