"""A round's captions as the captioner measures them: what was first handed in for each task, and what counts now."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from annotation_server.models import Image, Round, Task
from annotation_server.queries.runs.captioner_rows import rows_of_images

CHUNK = 2_000

# The first caption of a task is what the report compares (see queries/reports/round_report.py); the current one may be
# a reviewer's.
CAPTIONS = """
SELECT task.image_id, caption.id, caption.text, caption.id = first.id AS is_first
FROM task
LEFT JOIN LATERAL (
    SELECT id FROM caption WHERE caption.task_id = task.id AND NOT late AND annotator_id = task.annotator_id
    ORDER BY id LIMIT 1
) AS first ON true
JOIN caption ON caption.id IN (first.id, task.current_caption_id)
WHERE task.round_id = %(round)s AND task.check_kind = '' AND task.image_id = ANY(%(images)s)
ORDER BY task.image_id, caption.id
"""


def captions_to_measure(*, round: Round) -> Iterator[dict[str, Any]]:
    """As rows of a manifest; row_id is the caption's id, and a first caption has those of others as its references."""
    chunk: list[dict[str, Any]] = []
    captioned = Task.objects.filter(round=round, image=OuterRef("pk"), current_caption__isnull=False)
    images = Image.objects.filter(Exists(captioned), project=round.project_id, withdrawn_at=None)
    for row in rows_of_images(images=images):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _with_captions(round, chunk)
            chunk = []
    yield from _with_captions(round, chunk)


def _with_captions(round: Round, images: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    captions: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(CAPTIONS, {"round": round.pk, "images": [int(row["row_id"]) for row in images]})
        for image, pk, text, is_first in cursor.fetchall():
            captions[image].append((pk, text, bool(is_first)))
    for row in images:
        of_image = captions[int(row["row_id"])]
        firsts = [(pk, text) for pk, text, is_first in of_image if is_first]
        for pk, text, is_first in of_image:
            references = [other for number, other in firsts if number != pk] if is_first else []
            yield {**row, "row_id": str(pk), "caption": text, "references": references}
