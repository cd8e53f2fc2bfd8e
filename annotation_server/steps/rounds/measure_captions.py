"""A round's captions are measured by a worker of the captioner: embeddings, CLIP score and CIDEr-D, for the round's report."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.models import Job, Round, User
from annotation_server.models.embedding import as_vector
from annotation_server.progress import Progress
from annotation_server.rules.locks import hold_project

CHUNK = 500
STORE = """
INSERT INTO caption_measure (caption_id, encoder, vector, clip_score, cider) VALUES (%s, %s, %s::vector, %s, %s)
ON CONFLICT (caption_id) DO UPDATE SET encoder = excluded.encoder, vector = excluded.vector,
    clip_score = excluded.clip_score, cider = excluded.cider
"""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What the captioner says of a caption; `cider` is None where nobody else captioned the image."""

    caption_id: int
    encoder: str
    vector: list[float]
    clip_score: float
    cider: float | None


def request_measures(*, round: Round, requested_by: User | None) -> Job:
    """Have the round's captions measured, all of them anew; a job that is under way already is enough."""
    with transaction.atomic():
        hold_project(project_id=round.project_id)
        return jobs.enqueue_once(
            kind=JobKind.MEASURE_CAPTIONS, project=round.project, round=round, requested_by=requested_by
        )


def store_measures(*, hold: jobs.Hold, found: Iterable[Measure], progress: Progress, total: int = 0) -> int:
    """Store what was found in the place of what was there and end the job; returns how many. Raises FencedOff,
    JobCancelled."""
    count = 0
    chunk: list[Measure] = []
    for one in found:
        chunk.append(one)
        if len(chunk) == CHUNK:
            with transaction.atomic():
                jobs.still_held(hold=hold)
                count += _store(chunk)
            progress(done=count, total=total, message="measuring captions")
            chunk = []
    with transaction.atomic():
        count += _store(chunk)
        jobs.finish(hold=hold, result={"measured": count})
    return count


def _store(chunk: list[Measure]) -> int:
    with connection.cursor() as cursor:
        cursor.executemany(
            STORE,
            [
                (one.caption_id, one.encoder, as_vector(one.vector), one.clip_score, one.cider)
                for one in chunk
            ],
        )
    return len(chunk)
