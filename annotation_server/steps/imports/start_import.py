"""A person has seen what is in the source and starts the import; a worker takes its rows, and a dead worker's successor
goes on with the next row."""

from typing import Any

from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import ImportState, JobKind
from annotation_server.errors import SeveralSources, SourceWithoutTexts
from annotation_server.formats.readers.survey import told_without_texts
from annotation_server.intake.import_report import Checkpoint, ImportReport
from annotation_server.intake.row_journal import RowJournal
from annotation_server.intake.upload_files import folder_of, remove_source, rows_path
from annotation_server.models import Import, User
from annotation_server.queries.imports.import_state import HOW_READ
from annotation_server.rules.uploads import hold_upload_that_is, queue_job, start_upload

NO_TEXTS = (
    "No text was found beside the pictures. Say what a column means, or which file holds the texts; or confirm that the "
    "pictures come in without alt-texts (without_texts)."
)
CAN_BE_SEEN = {ImportState.READY, ImportState.STOPPED, ImportState.UNREADABLE}


def start_import(*, import_: Import, options: dict[str, Any], started_by: User) -> Import:
    """Have a worker import it with these options, from the first row on; what they leave open is read as the preview was.
    `without_texts` says that pictures without one text are meant. Raises ImportNotReady, SourceWithoutTexts, SeveralSources."""
    chosen = dict(options)
    meant = chosen.pop("without_texts", False)
    preview: dict[str, Any] = import_.preview or {}
    chosen |= _as_seen(preview.get("said", {}), chosen)
    if not meant:
        _refuse_without_texts(preview, chosen)
    if preview.get("candidates") and not (chosen.get("texts") or chosen.get("format")):
        raise SeveralSources("Choose which of its files says what the rows are.")
    chosen["texts_expected"] = not meant
    with transaction.atomic():
        return start_upload(
            import_,
            kind=JobKind.IMPORT_IMAGES,
            started_by=started_by,
            options=chosen,
            fields={"options": chosen, "rows_done": 0, "counts": {}, "journal_bytes": 0},
        )


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


def look_again(*, import_: Import, said: dict[str, Any], asked_by: User) -> Import:
    """Have a worker look into the source once more, with what somebody said of it. Raises ImportNotReady."""
    with transaction.atomic():
        locked = hold_upload_that_is(
            CAN_BE_SEEN, import_, otherwise="; only a source that is here can be looked into."
        )
        locked.inspection = queue_job(locked, kind=JobKind.INSPECT_SOURCE, requested_by=asked_by)
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


def seconds_of_looking(*, import_: Import) -> float:
    """How long a worker took to fetch, unpack and look into it: that is part of the import's time."""
    inspection = import_.inspection
    if inspection is None or inspection.started_at is None or inspection.finished_at is None:
        return 0.0
    return (inspection.finished_at - inspection.started_at).total_seconds()


def taken_up(*, import_: Import, hold: jobs.Hold) -> Checkpoint:
    """The import as far as it is. Each chunk's transaction also says how far it got, and fails when the hold was lost; the last
    one ends the job. Then the source is not needed any more; what became of its rows is kept."""
    journal = RowJournal(rows_path(import_id=import_.pk), kept_bytes=import_.journal_bytes)

    def save(report: ImportReport) -> None:
        with transaction.atomic():
            jobs.still_held(hold=hold)
            Import.objects.filter(pk=import_.pk).update(
                rows_done=report.done, counts=report.to_save(), journal_bytes=journal.flush()
            )

    def end(report: ImportReport) -> None:
        jobs.finish(hold=hold, result=report.to_save())
        transaction.on_commit(lambda: remove_source(folder=folder_of(upload=import_)))

    report = ImportReport.resumed(saved=import_.counts, journal=journal)
    report.members = (import_.preview or {}).get("members", [])
    return Checkpoint(report=report, save=save, end=end)
