"""A round goes out as a dataset: a frozen selection in one of the formats, with a manifest that proves it.

The same rows and options give the same bytes, so nothing of the moment (time, server, export number) is in the files.
"""

import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, Split
from annotation_server.errors import InvalidSettings
from annotation_server.formats.pictures import local_rendition
from annotation_server.formats.release import file_entries, new_release, refuse_used, write_manifest
from annotation_server.formats.versions import CODE_VERSION, EXPORT_SCHEMA_VERSION
from annotation_server.formats.writers import WRITERS, writer_named
from annotation_server.formats.writers.row import ExportCaption, ExportRow
from annotation_server.models import Export, Project, Round, User
from annotation_server.queries.export_rows import Snapshot, snapshot

FORMATS = WRITERS
TOLD_EVERY_ROWS = 200


@dataclass(frozen=True, kw_only=True)
class ExportOptions:
    """`accepted_only` leaves out what waits for a verdict; empty lists mean all; `images`: with the pictures' renditions."""

    images: bool = False
    accepted_only: bool = True
    splits: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)


def request_export(
    *, round: Round, format: str, requested_by: User | None, options: ExportOptions | None = None
) -> Export:
    """Have a worker write the export. Raises UnknownFormat, InvalidSettings."""
    with transaction.atomic():
        export = _create(
            round=round, format=format, options=options or ExportOptions(), requested_by=requested_by
        )
        jobs.enqueue(
            kind=JobKind.EXPORT_ROUND,
            project=round.project,
            round=round,
            export=export,
            requested_by=requested_by,
        )
    return export


def export_round(
    *,
    project: Project,
    round: Round,
    format: str,
    folder: Path,
    options: ExportOptions,
    requested_by: User | None,
    progress: Callable[..., None],
) -> Export:
    """Write the round into `folder`, which must be new or empty, and record the export.

    Raises UnknownFormat, InvalidSettings, FolderNotEmpty, ServiceUnavailable; then nothing is left in the folder.
    """
    refuse_used(folder)
    if round.project_id != project.pk:
        raise InvalidSettings(f"Round {round.number} is not one of project '{project.slug}'.")
    export = _create(round=round, format=format, options=options, requested_by=requested_by)
    try:
        return _write(export=export, folder=folder, progress=progress)
    except BaseException:
        Export.objects.filter(pk=export.pk, finished_at=None).delete()
        raise


def write_export(*, export: Export, folder: Path, progress: Callable[..., None]) -> Export:
    """Write an export that was asked for, into the server's own folder; what a killed worker left there goes first."""
    if folder.exists():
        shutil.rmtree(folder)
    return _write(export=export, folder=folder, progress=progress)


def _create(*, round: Round, format: str, options: ExportOptions, requested_by: User | None) -> Export:
    writer_named(format)
    if unknown := set(options.splits) - set(Split.values):
        raise InvalidSettings(f"Unknown split '{min(unknown)}': use train or eval.")
    return Export.objects.create(
        project=round.project, round=round, format=format, options=asdict(options), requested_by=requested_by
    )


def _write(*, export: Export, folder: Path, progress: Callable[..., None]) -> Export:
    options = ExportOptions(**export.options)
    image_ids, counts = array("q"), Counter[str]()
    with new_release(folder) as partial:
        with snapshot(round=export.round) as seen:
            rows = _counted(_rows(seen, export, options), image_ids, counts, progress)
            writer_named(export.format).write(rows=rows, folder=partial)
            manifest = _manifest(export=export, seen=seen, counts=counts, files=file_entries(partial))
        sha256 = write_manifest(partial, manifest)
    _record(export=export, folder=folder, manifest=manifest, sha256=sha256, image_ids=image_ids)
    progress(done=len(image_ids), total=len(image_ids), message="exporting")
    return export


def _rows(seen: Snapshot, export: Export, options: ExportOptions) -> Iterator[tuple[int, ExportRow]]:
    """Image ids and rows."""
    selected = seen.rows(
        accepted_only=options.accepted_only,
        splits=options.splits,
        sources=options.sources,
        domains=options.domains,
    )
    slug, number = export.project.slug, export.round.number
    for found in selected:
        captions = [_caption(one, slug) for one in found.pop("captions")]
        image_id = found.pop("id")
        del found["media_type"]  # The export's pictures are renditions.
        yield (
            image_id,
            ExportRow(
                **found,
                caption=next(one.text for one in captions if one.round == number),
                captions=captions,
                picture=local_rendition(sha256=found["sha256"], size="screen") if options.images else None,
            ),
        )


def _caption(found: dict[str, Any], slug: str) -> ExportCaption:
    annotator = pseudonym(slug=slug, user_id=found.pop("annotator_id"))
    return ExportCaption(**{**found, "annotator": annotator, "verdict": found["verdict"] or ""})


def pseudonym(*, slug: str, user_id: int) -> str:
    """A person's name in exports: the same in every export of the project, so that rounds can be compared, another one in
    every other project, and not to be turned back without the server's SECRET_KEY."""
    digest = salted_hmac(f"altogether.annotator.{slug}", str(user_id), algorithm="sha256").hexdigest()
    return f"annotator-{digest[:12]}"


def _counted(
    rows: Iterator[tuple[int, ExportRow]],
    image_ids: "array[int]",
    counts: Counter[str],
    progress: Callable[..., None],
) -> Iterator[ExportRow]:
    for image_id, row in rows:
        image_ids.append(image_id)
        counts[row.split] += 1
        if len(image_ids) % TOLD_EVERY_ROWS == 0:
            progress(done=len(image_ids), total=0, message="exporting")
        yield row


def _manifest(
    *, export: Export, seen: Snapshot, counts: Counter[str], files: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "schema_version": EXPORT_SCHEMA_VERSION,
        "code_version": CODE_VERSION,
        "project": export.project.slug,
        "language": export.project.language,
        "round": export.round.number,
        "rounds": seen.rounds(),
        "captioner_runs": seen.runs(),
        "format": export.format,
        "options": export.options,
        "row_count": counts.total(),
        "rows_per_split": dict(sorted(counts.items())),
        "files": files,
    }


def _record(
    *, export: Export, folder: Path, manifest: dict[str, Any], sha256: str, image_ids: "array[int]"
) -> None:
    """The export is finished, and which images it holds is known: a takedown asks for that."""
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(
            folder=str(folder),
            row_count=manifest["row_count"],
            manifest=manifest,
            manifest_sha256=sha256,
            finished_at=Now(),
        )
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY export_image (export_id, image_id) FROM STDIN") as copy,
        ):
            for image_id in image_ids:
                copy.write_row((export.pk, image_id))
        audit.record(
            actor=export.requested_by,
            verb="round.exported",
            subject=export,
            project=export.project,
            after={"round": export.round.number, "format": export.format, "manifest_sha256": sha256},
        )
    export.refresh_from_db()
