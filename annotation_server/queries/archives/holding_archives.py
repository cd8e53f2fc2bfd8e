"""The archives of an image's project that have its picture: to be removed, and whoever has them told, after a takedown.

Without its pictures an archive has the image's rows only, as any archive has them after a takedown too.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from annotation_server.models import Image
from annotation_server.models.job import UNFINISHED
from annotation_server.queries.as_dicts import as_dicts

# Which pictures go along is read when a worker starts to write, after the takedowns of that moment
# (steps/archives/export_archive.py). One that was taken down later went along, unless its files were gone by then.
ARCHIVES = """
SELECT archive.id, archive.created_at, archive.finished_at
FROM image
JOIN archive ON archive.project_id = image.project_id AND archive.pictures
LEFT JOIN job ON job.id = archive.job_id
WHERE image.id = %(image)s
    AND (archive.finished_at >= image.created_at OR job.state = ANY(%(unfinished)s))
    AND (
        image.withdrawn_at IS NULL
        OR image.withdrawn_at >= CASE WHEN job.id IS NULL THEN archive.created_at ELSE job.started_at END
    )
ORDER BY archive.id
"""


@dataclass(frozen=True, kw_only=True)
class HoldingArchive:
    """`finished_at` is empty while it is being written."""

    id: int
    created_at: datetime
    finished_at: datetime | None


def holding_archives(*, image: Image) -> list[HoldingArchive]:
    """Oldest first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVES, {"image": image.pk, "unfinished": [str(state) for state in UNFINISHED]})
        return [HoldingArchive(**row) for row in as_dicts(cursor)]
