"""A person has seen what is in the source and starts the import; a worker takes its rows, and a dead worker's successor
goes on with the next row."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import ImportState, JobKind
from annotation_server.errors import ImportNotReady, InvalidSettings
from annotation_server.formats import incoming as files
from annotation_server.formats.import_report import Checkpoint, ImportReport
from annotation_server.formats.row_journal import RowJournal
from annotation_server.models import Import, Project, User
from annotation_server.queries.import_state import import_state

CAN_START = {ImportState.READY, ImportState.STOPPED}
CAN_GO = {
    ImportState.RECEIVING,
    ImportState.UNREADABLE,
    ImportState.READY,
    ImportState.STOPPED,
    ImportState.FINISHED,
}


def start_import(*, incoming: Import, options: dict[str, Any], started_by: User) -> Import:
    """Have a worker import it with these options, from the first row on. Raises ImportNotReady."""
    return _start(incoming, JobKind.IMPORT_IMAGES, options, started_by)


def start_archive_import(*, incoming: Import, slug: str, started_by: User) -> Import:
    """Have a worker make a project of the archive, with that slug. Raises ImportNotReady, InvalidSettings."""
    try:
        Project._meta.get_field("slug").run_validators(slug)
    except ValidationError as error:
        raise InvalidSettings(f"'{slug}' cannot be a project's slug. {' '.join(error.messages)}") from error
    if Project.objects.filter(slug=slug).exists():
        raise InvalidSettings(f"There is a project '{slug}' already. Choose another slug.")
    return _start(incoming, JobKind.IMPORT_ARCHIVE, {"slug": slug}, started_by)


def _start(incoming: Import, kind: JobKind, options: dict[str, Any], started_by: User) -> Import:
    with transaction.atomic():
        locked = _locked(incoming)
        if (state := import_state(locked)) not in CAN_START:
            raise ImportNotReady(f"The import is {state}; only one that is ready or stopped can be started.")
        locked.job = jobs.enqueue(
            kind=kind,
            project=locked.project,
            requested_by=started_by,
            parameters={"import": locked.pk},
        )
        locked.options = options
        locked.rows_done = locked.journal_bytes = 0
        locked.counts = {}
        locked.save(update_fields=["job", "options", "rows_done", "journal_bytes", "counts"])
        audit.record(
            actor=started_by,
            verb="import.started",
            subject=locked,
            project=locked.project,
            after={"options": options},
        )
    return locked


def remove_import(*, incoming: Import, removed_by: User) -> None:
    """Forget an import and its files; the images that it brought stay. Raises ImportNotReady while a worker is at it."""
    with transaction.atomic():
        locked = _locked(incoming)
        if (state := import_state(locked)) not in CAN_GO:
            raise ImportNotReady(f"The import is {state}. Cancel its job first.")
        audit.record(actor=removed_by, verb="import.removed", subject=locked, project=locked.project)
        number = locked.pk
        locked.delete()
        transaction.on_commit(lambda: files.remove_all(import_id=number))


def source_of(*, incoming: Import) -> Path:
    """Where the inspected source lies."""
    preview: dict[str, Any] = incoming.preview or {}
    return files.folder_of(import_id=incoming.pk) / str(preview["path"])


def taken_up(*, incoming: Import, hold: jobs.Hold) -> Checkpoint:
    """The import as far as it is. Each chunk's transaction also says how far it got, and fails when the hold was lost."""
    journal = RowJournal(files.rows_path(import_id=incoming.pk), kept_bytes=incoming.journal_bytes)

    def save(report: ImportReport) -> None:
        with transaction.atomic():
            jobs.still_held(hold=hold)
            Import.objects.filter(pk=incoming.pk).update(
                rows_done=report.done, counts=report.to_save(), journal_bytes=journal.settle()
            )

    return Checkpoint(report=ImportReport.resumed(saved=incoming.counts, journal=journal), save=save)


def finish_import(*, incoming: Import, hold: jobs.Hold, report: ImportReport) -> None:
    """End the job; the source is not needed any more, what became of its rows is kept."""
    with transaction.atomic():
        jobs.finish(hold=hold, result=report.to_save())
        transaction.on_commit(lambda: files.remove_source(import_id=incoming.pk))


def _locked(incoming: Import) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("project", "job", "inspection")
    return rows.get(pk=incoming.pk)
