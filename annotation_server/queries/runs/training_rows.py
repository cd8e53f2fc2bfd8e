"""What a captioner may learn from, and what it is judged on: each image's newest accepted caption, never a
check task's.

The order is by image id, so the same captions always give the same list and the same hash.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import QuerySet

from annotation_server.choices import Split, TaskState
from annotation_server.models import Caption, Project, Task


def newest_accepted(*, project: Project, split: Split, through_round: int) -> QuerySet[Task]:
    """One accepted task per image, of the latest round up to `through_round`, ordered by image id."""
    return (
        Task.objects.filter(
            image__project=project,
            image__split=split,
            image__withdrawn_at=None,
            state=TaskState.ACCEPTED,
            check_kind="",
            round__number__lte=through_round,
        )
        .order_by("image_id", "-round__number", "-preferred", "slot")
        .distinct("image_id")
    )


def rows_sha256(rows: Iterable[tuple[str, int, str]]) -> str:
    """SHA-256 over (image sha256, caption id, caption text) in the given order."""
    digest = hashlib.sha256()
    for image_sha256, caption_id, text in rows:
        digest.update(f"{image_sha256}\t{caption_id}\t{len(text)}\t{text}\n".encode())
    return digest.hexdigest()


def captions_sha256(captions: Iterable[Caption]) -> str:
    """The same over captions that have their task and image loaded."""
    return rows_sha256((one.task.image.sha256, one.pk, one.text) for one in captions)
