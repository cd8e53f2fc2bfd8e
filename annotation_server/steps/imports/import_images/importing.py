"""Images and their texts come in: every row of a source gets an outcome, and nothing a row does stops the rest."""

import ipaddress
import os
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import JobKind
from annotation_server.errors import SourceWithoutTexts
from annotation_server.files.memory_limit import limited_memory
from annotation_server.files.time_limit import TimeLimit
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.survey import survey, without_texts
from annotation_server.intake.import_report import Checkpoint, ImportReport
from annotation_server.intake.local_copy import local_source, unpacked_source
from annotation_server.intake.packed_account import account_of
from annotation_server.intake.prepared_rows import Defaults
from annotation_server.intake.unpacked import Unpacked
from annotation_server.models import ImageEmbedding, Project, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.decoding import DecoderPool
from annotation_server.pictures.storage import staging_folder
from annotation_server.progress import Progress
from annotation_server.reach.fetch import FetchLimits
from annotation_server.rules.locks import hold_project
from annotation_server.steps.imports.import_images.chunks import MESSAGE, Importing


def import_images(
    *,
    project: Project,
    source: str,
    imported_by: User | None,
    options: ImportOptions,
    progress: Progress,
    checkpoint: Checkpoint | None = None,
    time_limit: TimeLimit | None = None,
) -> ImportReport:
    """Import every row of `source`: a file, a folder, or s3://BUCKET/PREFIX.

    Rows are taken in chunks, each one transaction. A stopped import is run again from the start (what is there already is
    passed over by its hash or its address) or, with a `checkpoint`, from the first row without an outcome. What `progress`
    raises ends the import between two chunks. Raises UnreadableSource,
    UnknownFormat, InvalidSettings, ServiceUnavailable (no space), TookTooLong (past the `time_limit`).
    """
    checkpoint = checkpoint or Checkpoint(report=ImportReport())
    left_out = Unpacked()
    with (
        local_source(source, left_out=left_out) as brought,
        unpacked_source(
            brought,
            left_out=left_out,
            progress=progress,
        ) as path,
        limited_memory(settings.IMPORT_MEMORY_LIMIT),
    ):
        checkpoint.report.members = account_of(left_out) or checkpoint.report.members
        report = _import(
            project=project,
            path=path,
            options=options,
            progress=progress,
            checkpoint=checkpoint,
            time_limit=time_limit,
        )
    with transaction.atomic():
        _compare_by_looks(project, imported_by)
        audit.record(
            actor=imported_by,
            verb="images.imported",
            subject=project,
            project=project,
            after={"source": source, "format": report.format, "captions": report.captions, **report.rows},
        )
        checkpoint.end(report)
    return report


def _compare_by_looks(project: Project, imported_by: User | None) -> None:
    """Where somebody had the project's images embedded, new ones are too."""
    if ImageEmbedding.objects.filter(project=project).exists():
        hold_project(project_id=project.pk)
        jobs.enqueue_once(kind=JobKind.EMBED_IMAGES, project=project, requested_by=imported_by)


def _import(
    *,
    project: Project,
    path: str,
    options: ImportOptions,
    progress: Progress,
    checkpoint: Checkpoint,
    time_limit: TimeLimit | None,
) -> ImportReport:
    with time_limit.interrupting() if time_limit else nullcontext():
        if options.texts_expected and not checkpoint.report.done:
            _refuse_without_texts(path, options)
        opened = _opened(path, options)
    progress = time_limit.watched(progress) if time_limit else progress
    rows = time_limit.over(opened.rows) if time_limit else opened.rows
    report = checkpoint.report
    report.format = opened.format
    with DecoderPool(
        staging=staging_folder(),
        pixel_limit=settings.IMAGE_PIXEL_LIMIT,
        processes=options.processes or os.cpu_count() or 1,
    ) as pool:
        importing = Importing(
            project=project,
            defaults=_defaults(source=path, options=options, staging=pool.staging),
            pool=pool,
            report=report,
            progress=progress,
            total=opened.total,
            save=checkpoint.save,
        )
        importing.take(islice(rows, report.done, None))
    if opened.columns is not None:
        report.columns = dict(opened.columns.field_of)
        report.unknown_columns = list(opened.columns.unknown)
        report.spare_columns = dict(opened.columns.spare)
    report.account = opened.account()
    checkpoint.save(report)
    progress(done=report.done, total=report.done, message=MESSAGE)
    return report


def _opened(path: str, options: ImportOptions) -> Source:
    return open_source(
        source=path,
        format=options.format,
        columns=options.columns,
        encoding=options.encoding,
        texts=options.texts,
        images=options.images,
        confined=options.confined,
    )


def _refuse_without_texts(path: str, options: ImportOptions) -> None:
    """Opens the source once more: what was looked at must come again as rows. Raises SourceWithoutTexts."""
    found = survey(_opened(path, options), show=0, until_text=True)
    if found.without_texts:
        raise SourceWithoutTexts(without_texts(found))


def _defaults(*, source: str, options: ImportOptions, staging: Path) -> Defaults:
    path = Path(source).resolve()
    networks = [ipaddress.ip_network(network) for network in settings.IMPORT_ALLOWED_NETWORKS]
    return Defaults(
        split=options.split,
        source=options.source,
        domain=options.domain,
        licence=options.licence,
        repair_texts=options.repair_texts,
        confined_to=(path if path.is_dir() else path.parent) if options.confined else None,
        fetched_to=staging,
        fetch_limits=FetchLimits(allowed=networks),
    )
