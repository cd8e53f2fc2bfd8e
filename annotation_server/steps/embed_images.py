"""Images become comparable by their looks: a worker of the captioner computes their embeddings, Postgres keeps them."""

from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.models import Image, ImageEmbedding, Job, Project, User
from annotation_server.models.embedding import as_vector
from annotation_server.models.job import UNFINISHED
from annotation_server.queries.locks import hold_project

CHUNK = 500


def request_embeddings(*, project: Project, requested_by: User | None) -> Job:
    """Have the project's images embedded that are not yet; a job that is under way already is enough."""
    with transaction.atomic():
        hold_project(project_id=project.pk)
        under_way = Job.objects.filter(
            project=project, kind=JobKind.EMBED_IMAGES, state__in=UNFINISHED
        ).first()
        return under_way or jobs.enqueue(
            kind=JobKind.EMBED_IMAGES, project=project, requested_by=requested_by
        )


def not_embedded(*, project: Project, encoder: str) -> QuerySet[Image]:
    """Images that have none by this encoder, in the order of their ids."""
    there = ImageEmbedding.objects.filter(image=OuterRef("pk"), encoder=encoder)
    return Image.objects.filter(~Exists(there), project=project, withdrawn_at=None).order_by("pk")


def store_embeddings(
    *,
    project: Project,
    hold: jobs.Hold,
    encoder: str,
    vectors: Iterator[tuple[int, list[float]]],
    progress: Callable[[int], None],
) -> int:
    """Store (image id, vector) pairs and end the job; returns how many. Those of another encoder go: they are not
    comparable. Raises FencedOff."""
    count = 0
    chunk: list[tuple[int, list[float]]] = []
    for one in vectors:
        chunk.append(one)
        if len(chunk) == CHUNK:
            count += _store(project, hold, encoder, chunk)
            progress(count)
            chunk = []
    count += _store(project, hold, encoder, chunk)
    with transaction.atomic():
        ImageEmbedding.objects.filter(project=project).exclude(encoder=encoder).delete()
        jobs.finish(hold=hold, result={"embedded": count})
    return count


def _store(project: Project, hold: jobs.Hold, encoder: str, chunk: list[tuple[int, list[float]]]) -> int:
    with transaction.atomic():
        jobs.still_held(hold=hold)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO image_embedding (image_id, project_id, encoder, vector) VALUES (%s, %s, %s, %s::vector) "
                "ON CONFLICT ON CONSTRAINT image_embedding_once_per_encoder DO NOTHING",
                [(pk, project.pk, encoder, as_vector(vector)) for pk, vector in chunk],
            )
    return len(chunk)
