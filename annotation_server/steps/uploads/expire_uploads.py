"""Sources that somebody brought in and then left: their files go, and the images that they brought stay.

What was left for IMPORT_EXPIRY_DAYS is an upload without another piece, or a source that nobody started, could read or took up
again. Finished imports stay, with what became of their rows; their sources go, should their workers have died over that.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import ImportState, JobState
from annotation_server.errors import Refusal
from annotation_server.files.trees import remove_tree
from annotation_server.intake.upload_files import folder_of, remove_source, upload_path
from annotation_server.models import ArchiveImport, Import, Upload
from annotation_server.places import archive_import_folders, import_folders
from annotation_server.queries.imports.import_state import import_state
from annotation_server.releases.project_files import noted
from annotation_server.rules.unstored_projects import remove_unless_stored
from annotation_server.rules.uploads import KINDS, named, project_of

logger = logging.getLogger(__name__)

LEFT = {ImportState.RECEIVING, ImportState.UNREADABLE, ImportState.READY, ImportState.STOPPED}
AT_ONCE = 100


def expire_uploads(*, after: timedelta) -> int:
    """Forget them, each in a transaction of its own, and files of uploads that are gone or finished, and of projects that never
    came to be; returns how many."""
    expired = sum(_expire_all(kind, after) for kind in KINDS)
    _remove_strays(Import, import_folders(), after)
    _remove_strays(ArchiveImport, archive_import_folders(), after)
    with noted() as left:
        remove_unless_stored(left)
    return expired


def _expire_all(kind: type[Upload], after: timedelta) -> int:
    candidates = _untouched(kind, after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_one_of_many(partial(_expire, kind, number, after)) for number in list(candidates))


def _one_of_many(work: Callable[[], int | None]) -> int:
    """What goes wrong with one is logged, and the others have their turn."""
    try:
        return work() or 0
    except (DatabaseError, Refusal, OSError, RecursionError):
        logger.exception("an import could not be forgotten")
        return 0


def _untouched(kind: type[Upload], after: timedelta) -> QuerySet[Upload]:
    """Not finished, and their jobs ended that long ago, by the database's clock."""
    long_ago = Now() - after
    ended = Q(job__finished_at__lt=long_ago) & ~Q(job__state=JobState.SUCCEEDED) | Q(job=None)
    looked_at = Q(inspection__finished_at__lt=long_ago) | Q(inspection=None)
    return kind._default_manager.filter(ended, looked_at, created_at__lt=long_ago)


def _expire(kind: type[Upload], number: int, after: timedelta) -> int:
    with transaction.atomic():
        rows = _untouched(kind, after).select_for_update(of=("self",), skip_locked=True)
        found = rows.select_related("job", "inspection").filter(pk=number).first()
        if found is None or import_state(found) not in LEFT or _still_comes(found, after):
            return 0
        audit.record(
            actor=None,
            verb="import.expired",
            subject=found,
            project=project_of(found),
            after={**named(found), "received": found.received},
        )
        folder = folder_of(upload=found)
        found.delete()
        transaction.on_commit(lambda: remove_tree(folder))
    return 1


def _still_comes(upload: Upload, after: timedelta) -> bool:
    """A piece of it has been written since: the file itself says when."""
    return upload.received < upload.byte_count and _is_younger(upload_path(upload=upload), after)


def _remove_strays(kind: type[Upload], there: dict[int, Path], after: timedelta) -> None:
    """A server that was killed between forgetting or finishing one and removing its files has left them."""
    known = dict(kind._default_manager.filter(pk__in=there).values_list("pk", "job__state"))
    for number in (number for number, state in known.items() if state == JobState.SUCCEEDED):
        _one_of_many(partial(remove_source, folder=there[number]))
    for number in there.keys() - known.keys():
        if not _is_younger(there[number], after):
            _one_of_many(partial(remove_tree, there[number]))


def _is_younger(path: Path, after: timedelta) -> bool:
    try:
        # Files have this machine's times.
        # nosemgrep: no-clock-in-steps
        return time.time() - path.stat().st_mtime < after.total_seconds()
    except OSError:
        return False
