"""An image is taken down at its source's request: gone from serving, tasks, later exports and training sets."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import TaskState
from annotation_server.errors import InvalidText
from annotation_server.models import Export, Image, Task, User
from annotation_server.pictures.faces import faces_key
from annotation_server.pictures.pixels import SIZES
from annotation_server.pictures.storage import rendition_name
from annotation_server.queries.archives.holding_archives import HoldingArchive, holding_archives
from annotation_server.rules.locks import hold_project
from annotation_server.texts.text import as_typed

REASON_LIMIT = 2_000
STOPPED = [TaskState.PENDING, TaskState.CLAIMED, TaskState.RETURNED]


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """`exports`: the finished ones that hold the image; `archives`: those that have its picture. Whoever has them must be
    told. `tasks`: how many were cancelled."""

    exports: list[Export]
    archives: list[HoldingArchive]
    tasks: int


def withdraw_image(*, image: Image, reason: str, withdrawn_by: User | None) -> Withdrawal:
    """Take the image down; again is harmless. What people wrote about it stays, as their work. Raises InvalidText.

    The picture's files are removed unless another project still shows the same picture.
    """
    reason = as_typed(text=reason, limit=REASON_LIMIT).strip()
    if not reason:
        raise InvalidText("Say who asked for the takedown and why; it is kept in the audit log.")
    with transaction.atomic():
        # An archive is begun before or after, see steps/archives/export_archive.py.
        hold_project(project_id=image.project_id)
        first = Image.objects.filter(pk=image.pk, withdrawn_at=None).update(withdrawn_at=Now())
        tasks = Task.objects.filter(image=image, state__in=STOPPED).update(
            state=TaskState.CANCELLED, lease_expires_at=None
        )
        exports = list(
            Export.objects.filter(export_images__image=image, finished_at__isnull=False)
            .select_related("round")
            .order_by("pk")
        )
        archives = holding_archives(image=image)
        if first:
            audit.record(
                actor=withdrawn_by,
                verb="image.withdrawn",
                subject=image,
                project=image.project,
                after={
                    "reason": reason,
                    "tasks": tasks,
                    "exports": [export.pk for export in exports],
                    "archives": [archive.id for archive in archives],
                },
            )
        transaction.on_commit(lambda: _remove_files(image))
    return Withdrawal(exports=exports, archives=archives, tasks=tasks)


def _remove_files(image: Image) -> None:
    if Image.objects.filter(sha256=image.sha256, withdrawn_at=None).exists():
        return
    names = [
        rendition_name(sha256=image.sha256, size=size, faces=faces)
        for size in SIZES
        for faces in ("", faces_key(image.face_boxes))
    ]
    for name in {image.file_name, *names}:
        default_storage.delete(name)
