"""Somebody has no more need of an import, or of an archive that was brought in."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import ImportState
from annotation_server.files.trees import remove_tree
from annotation_server.intake.upload_files import folder_of
from annotation_server.models import Upload, User
from annotation_server.rules.uploads import hold_upload_that_is, project_of

CAN_GO = {
    ImportState.RECEIVING,
    ImportState.UNREADABLE,
    ImportState.READY,
    ImportState.STOPPED,
    ImportState.FINISHED,
}


def remove_upload(*, upload: Upload, removed_by: User) -> None:
    """Forget it and its files; what it brought stays. Raises ImportNotReady while a worker is at it."""
    with transaction.atomic():
        locked = hold_upload_that_is(CAN_GO, upload, otherwise=". Cancel its job first.")
        audit.record(actor=removed_by, verb="import.removed", subject=locked, project=project_of(locked))
        folder = folder_of(upload=locked)
        locked.delete()
        transaction.on_commit(lambda: remove_tree(folder))
