"""A round goes out as a dataset: a frozen selection in one of the formats, with a manifest that proves it.

The same rows and options give the same bytes, so nothing of the moment (time, server, export number) is in the files.
"""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.errors import InvalidSettings
from annotation_server.files.checksums import file_entries
from annotation_server.formats.writers import PICTURED, WRITERS, refuse_unknown, writer_named
from annotation_server.formats.writers.parts import RowsChanged
from annotation_server.formats.writers.row import Contents, ExportCaption, ExportRow
from annotation_server.models import Export, Project, Round, User
from annotation_server.options.export_round import ExportChoices, ExportOptions
from annotation_server.pictures.small_renditions import small_rendition
from annotation_server.pictures.storage import local_path
from annotation_server.progress import Progress
from annotation_server.queries.exports.export_manifest import manifest_of
from annotation_server.queries.exports.export_rows import Snapshot, snapshot
from annotation_server.releases.release import refuse_used, resumed_release, write_manifest
from annotation_server.releases.remote_release import remote_release
from annotation_server.releases.row_index import RowIndex
from annotation_server.steps.exports.export_round.record import record_export, write_changes
from annotation_server.versions import CODE_VERSION, EXPORT_SCHEMA_VERSION

FORMATS = WRITERS
TOLD_EVERY_ROWS = 200


def request_export(
    *, round: Round, format: str, requested_by: User | None, options: ExportChoices | None = None
) -> Export:
    """Have a worker write the export. Raises UnknownFormat, InvalidSettings."""
    with transaction.atomic():
        export = _asked(
            round=round, format=format, options=options or ExportChoices(), requested_by=requested_by
        )
        export.save()
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
    folder: Path | str,
    options: ExportChoices,
    requested_by: User | None,
    progress: Progress,
) -> Export:
    """Write the round into `folder` (a path or s3://BUCKET/PREFIX), which must be new or empty, and record the export.

    One that was killed is run again with the same words: what it had finished is not written twice. Raises UnknownFormat,
    InvalidSettings, FolderNotEmpty, ServiceUnavailable; then nothing is left in the folder.
    """
    if isinstance(folder, Path):
        refuse_used(folder)
    if round.project_id != project.pk:
        raise InvalidSettings(f"Round {round.number} is not one of project '{project.slug}'.")
    export = _asked(round=round, format=format, options=options, requested_by=requested_by)
    _write(export=export, folder=folder, progress=progress)
    if isinstance(folder, Path):
        write_changes(export=export, folder=folder)
    return export


def write_export(*, export: Export, folder: Path, hold: jobs.Hold, progress: Progress) -> Export:
    """Write an export that was asked for, into the server's own folder, from where a killed worker left it, and end the job.
    A folder that is whole is of one that was killed before it could say so. Raises ServiceUnavailable, FencedOff,
    JobCancelled."""
    if folder.exists():
        shutil.rmtree(folder)
    return _write(export=export, folder=folder, progress=progress, hold=hold)


def _asked(*, round: Round, format: str, options: ExportChoices, requested_by: User | None) -> Export:
    refuse_unknown(format)
    if options.byte_order_mark and format != "csv":
        raise InvalidSettings(f"Only csv may begin with a byte order mark, not {format}: leave it out.")
    images = options.images or format in PICTURED
    chosen = {name: getattr(options, name) for name in ExportChoices.model_fields}
    stored = ExportOptions.model_validate(
        chosen
        | {
            "images": images,
            "splits": sorted(set(options.splits)),
            "faces_blurred": images and round.project.blur_faces,
        }
    ).stored()
    return Export(
        project=round.project, round=round, format=format, options=stored, requested_by=requested_by
    )


def _write(
    *, export: Export, folder: Path | str, progress: Progress, hold: jobs.Hold | None = None
) -> Export:
    try:
        return _write_once(export=export, folder=folder, progress=progress, hold=hold)
    except RowsChanged:
        # People went on working since the attempt that was killed; nothing is left of it now.
        return _write_once(export=export, folder=folder, progress=progress, hold=hold)


def _write_once(*, export: Export, folder: Path | str, progress: Progress, hold: jobs.Hold | None) -> Export:
    options = ExportOptions.model_validate(export.options)
    counts = Counter[str]()
    key = _key(export)
    with RowIndex() as index:
        with (
            resumed_release(folder, key=key)
            if isinstance(folder, Path)
            else remote_release(folder, key=key) as parts
        ):
            with snapshot(round=export.round) as seen:
                if options.text == "draft":
                    seen.use_drafts()
                rows = _counted(_rows(seen, export, options), index, counts, progress)
                writer_named(export.format).write(
                    rows=rows, parts=parts, contents=_contents(export, seen, options)
                )
                files = file_entries(parts.folder)
                manifest = manifest_of(
                    export=export,
                    rounds=seen.rounds(),
                    captioner_runs=seen.runs(),
                    row_count=counts.total(),
                    rows_per_split=dict(sorted(counts.items())),
                    files=files,
                )
            sha256 = write_manifest(parts.folder, manifest)
            # Of a job that was cancelled, or that another worker has now, nothing is put out.
            progress(done=index.count, total=index.count, message="exporting")
        record_export(export=export, folder=folder, manifest=manifest, sha256=sha256, index=index, hold=hold)
    return export


def _key(export: Export) -> str:
    """What is exported, apart from its rows: what a killed attempt left is of use only to the same."""
    asked = [export.round_id, export.format, export.options, EXPORT_SCHEMA_VERSION, CODE_VERSION]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _rows(seen: Snapshot, export: Export, options: ExportOptions) -> Iterator[tuple[int, ExportRow]]:
    """Image ids and rows."""
    selected = seen.rows(
        accepted_only=options.accepted_only,
        control=options.control,
        splits=options.splits,
        sources=options.sources,
        domains=options.domains,
    )
    slug, number = export.project.slug, export.round.number
    for found in selected:
        image_id, draft = found.pop("id"), found.pop("draft")
        captions = [_caption(one, slug) for one in found.pop("captions")]
        del found["media_type"]  # The export's pictures are renditions.
        text = draft if options.text == "draft" else next(one.text for one in captions if one.round == number)
        text, source = _mixed(text, found["sha256"], found["alt_texts"], options)
        picture = _picture(found, options) if options.images else None
        yield (
            image_id,
            ExportRow(**found, caption=text, caption_source=source, captions=captions, picture=picture),
        )


def _picture(found: dict[str, Any], options: ExportOptions) -> Path:
    name = small_rendition(
        sha256=found["sha256"],
        size="screen",
        boxes=found["face_boxes"] if options.faces_blurred else [],
        width=found["width"],
        height=found["height"],
    )
    return local_path(name)


def _mixed(text: str, sha256: str, alt_texts: list[str], options: ExportOptions) -> tuple[str, str]:
    """The text of the row and where it is from. An image without alt-text keeps its caption."""
    if options.mix is None or not alt_texts or drawn(sha256=sha256, seed=options.mix_seed) < options.mix:
        return text, options.text
    return alt_texts[0], "alt_text"


def drawn(*, sha256: str, seed: int) -> float:
    """A number in 0…1 (1 excluded) that belongs to the image: the same whatever else is exported."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{sha256}".encode()).digest()[:8]) / 2**64


def _contents(export: Export, seen: Snapshot, options: ExportOptions) -> Contents:
    return Contents(
        byte_order_mark=options.byte_order_mark,
        project=export.project.slug,
        name=export.project.name,
        language=export.project.language,
        round=export.round.number,
        rounds=[one["number"] for one in seen.rounds()],
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
    index: RowIndex,
    counts: Counter[str],
    progress: Progress,
) -> Iterator[ExportRow]:
    for image_id, row in rows:
        index.add(image_id=image_id, row=row)
        counts[row.split] += 1
        if index.count % TOLD_EVERY_ROWS == 0:
            progress(done=index.count, total=0, message="exporting")
        yield row
