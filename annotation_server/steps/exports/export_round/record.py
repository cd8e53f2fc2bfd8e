"""A finished export is recorded: its manifest, which images it holds, and what changed since the last one of its kind."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.models import Export
from annotation_server.queries.exports.export_changes import count_changes, export_changes, previous_export
from annotation_server.releases.row_index import RowIndex

COPY = "COPY export_image (export_id, image_id, digests) FROM STDIN"


def record_export(
    *,
    export: Export,
    folder: Path | str,
    manifest: dict[str, Any],
    sha256: str,
    index: RowIndex,
    hold: jobs.Hold | None,
) -> None:
    """Store it; a takedown asks which exports hold an image. A job that is held ends with it: both or neither. Raises
    FencedOff, JobCancelled."""
    export.folder, export.row_count = str(folder), manifest["row_count"]
    export.manifest, export.manifest_sha256 = manifest, sha256
    export.finished_at = Now()
    with transaction.atomic():
        export.previous = previous_export(export)
        export.save()
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for image_id, digests in index:
                copy.write_row((export.pk, image_id, digests))
        if export.previous is not None:
            export.changes = count_changes(before=export.previous, after=export)
            export.save(update_fields=["changes"])
        audit.record(
            actor=export.requested_by,
            verb="round.exported",
            subject=export,
            project=export.project,
            after={"round": export.round.number, "format": export.format, "manifest_sha256": sha256},
        )
        if hold is not None:
            jobs.finish(hold=hold, result={"folder": str(folder)})
    export.refresh_from_db()


def write_changes(*, export: Export, folder: Path) -> Path | None:
    """A line a changed image, beside the folder: in it everything is the same bytes whatever was exported before."""
    if export.previous is None:
        return None
    path = folder.with_name(f"{folder.name}.changes.jsonl")
    with path.open("w", encoding="utf-8", newline="\n") as file, transaction.atomic():
        for change in export_changes(before=export.previous, after=export):
            file.write(json.dumps(asdict(change)) + "\n")
    return path
