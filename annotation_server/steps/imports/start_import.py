"""A person has seen what is in the source and starts the import; a worker takes its rows, and a dead worker's successor
goes on with the next row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import ImportState, JobKind
from annotation_server.errors import ImportNotReady, InvalidSettings, SeveralSources, SourceWithoutTexts
from annotation_server.formats.readers.survey import told_without_texts
from annotation_server.intake import incoming as files
from annotation_server.intake.import_report import Checkpoint, ImportReport
from annotation_server.intake.row_journal import RowJournal
from annotation_server.models import Import, Project, User
from annotation_server.places import import_folder
from annotation_server.queries.archives.archive_people import ArchivePerson, refuse_unseen
from annotation_server.queries.imports.import_state import HOW_READ, import_state
from annotation_server.texts.slug import refuse_malformed_slug

NO_TEXTS = (
    "No text was found beside the pictures. Say what a column means, or which file holds the texts; or confirm that the "
    "pictures come in without alt-texts (without_texts)."
)
CAN_START = {ImportState.READY, ImportState.STOPPED}
CAN_BE_SEEN = {ImportState.READY, ImportState.STOPPED, ImportState.UNREADABLE}
CAN_GO = {
    ImportState.RECEIVING,
    ImportState.UNREADABLE,
    ImportState.READY,
    ImportState.STOPPED,
    ImportState.FINISHED,
}


def start_import(*, incoming: Import, options: dict[str, Any], started_by: User) -> Import:
    """Have a worker import it with these options, from the first row on; what they leave open is read as the preview was.
    `without_texts` says that pictures without one text are meant. Raises ImportNotReady, SourceWithoutTexts, SeveralSources."""
    chosen = dict(options)
    meant = chosen.pop("without_texts", False)
    preview: dict[str, Any] = incoming.preview or {}
    chosen |= _as_seen(preview.get("said", {}), chosen)
    if not meant:
        _refuse_without_texts(preview, chosen)
    if preview.get("candidates") and not (chosen.get("texts") or chosen.get("format")):
        raise SeveralSources("Choose which of its files says what the rows are.")
    return _start(incoming, JobKind.IMPORT_IMAGES, {**chosen, "texts_expected": not meant}, started_by)


def _as_seen(said: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    """How the source is read: as it was looked at, but for what is said now."""
    columns = {**said.get("columns", {}), **chosen.get("columns", {})}
    return {name: chosen.get(name) or value for name, value in said.items()} | {"columns": columns}


def _refuse_without_texts(preview: dict[str, Any], options: dict[str, Any]) -> None:
    """The preview found none, and nothing that was said since can have changed that."""
    seen = preview.get("survey")
    said = HOW_READ | preview.get("said", {})
    as_seen = all(options.get(name, value) == value for name, value in said.items())
    if seen and as_seen and told_without_texts(seen):
        raise SourceWithoutTexts(NO_TEXTS)


def start_archive_import(
    *, incoming: Import, slug: str, started_by: User, confirmed: Mapping[str, str] | None = None
) -> Import:
    """Have a worker make a project of the archive, with that slug. `confirmed`: see import_archive. Raises ImportNotReady,
    InvalidSettings."""
    refuse_malformed_slug(slug)
    if Project.objects.filter(slug=slug).exists():
        raise InvalidSettings(f"There is a project '{slug}' already. Choose another slug.")
    found = (incoming.preview or {}).get("people", [])
    refuse_unseen(people=[ArchivePerson(**person) for person in found], confirmed=confirmed or {})
    options = {"slug": slug, "confirmed": dict(confirmed or {})}
    return _start(incoming, JobKind.IMPORT_ARCHIVE, options, started_by)


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


def look_again(*, incoming: Import, said: dict[str, Any], asked_by: User) -> Import:
    """Have a worker look into the source once more, with what somebody said of it. Raises ImportNotReady."""
    with transaction.atomic():
        locked = _locked(incoming)
        if (state := import_state(locked)) not in CAN_BE_SEEN:
            raise ImportNotReady(f"The import is {state}; only a source that is here can be looked into.")
        locked.inspection = jobs.enqueue(
            kind=JobKind.INSPECT_SOURCE,
            project=locked.project,
            requested_by=asked_by,
            parameters={"import": locked.pk},
        )
        locked.job, locked.options = None, said
        locked.save(update_fields=["inspection", "job", "options"])
        audit.record(
            actor=asked_by,
            verb="import.looked_into",
            subject=locked,
            project=locked.project,
            after={"said": said},
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
    return import_folder(import_id=incoming.pk) / str(preview["path"])


def seconds_of_looking(*, incoming: Import) -> float:
    """How long a worker took to fetch, unpack and look into it: that is part of the import's time."""
    inspection = incoming.inspection
    if inspection is None or inspection.started_at is None or inspection.finished_at is None:
        return 0.0
    return (inspection.finished_at - inspection.started_at).total_seconds()


def taken_up(*, incoming: Import, hold: jobs.Hold) -> Checkpoint:
    """The import as far as it is. Each chunk's transaction also says how far it got, and fails when the hold was lost; the last
    one ends the job. Then the source is not needed any more; what became of its rows is kept."""
    journal = RowJournal(files.rows_path(import_id=incoming.pk), kept_bytes=incoming.journal_bytes)

    def save(report: ImportReport) -> None:
        with transaction.atomic():
            jobs.still_held(hold=hold)
            Import.objects.filter(pk=incoming.pk).update(
                rows_done=report.done, counts=report.to_save(), journal_bytes=journal.settle()
            )

    def end(report: ImportReport) -> None:
        jobs.finish(hold=hold, result=report.to_save())
        transaction.on_commit(lambda: files.remove_source(import_id=incoming.pk))

    report = ImportReport.resumed(saved=incoming.counts, journal=journal)
    report.members = (incoming.preview or {}).get("members", [])
    return Checkpoint(report=report, save=save, end=end)


def _locked(incoming: Import) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("project", "job", "inspection")
    return rows.get(pk=incoming.pk)
