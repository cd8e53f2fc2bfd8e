"""A whole project into a folder, to be imported into another server without loss: every row, every picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server import audit
from annotation_server.formats import archive
from annotation_server.formats.pictures import MADE_AT_IMPORT, rendition_name
from annotation_server.formats.release import file_entries, new_release, write_manifest
from annotation_server.formats.versions import CODE_VERSION
from annotation_server.models import CaptionerRun, Image, Project, User
from annotation_server.queries.archive_rows import NAMES, PEOPLE, TABLES, ProjectRows
from annotation_server.queries.frozen import frozen

TOLD_EVERY = 200


def export_archive(
    *,
    project: Project,
    folder: Path,
    pictures: bool,
    checkpoints: bool,
    exported_by: User | None,
    progress: Callable[..., None],
) -> dict[str, Any]:
    """Write the archive into a new or empty folder; returns its manifest. Raises FolderNotEmpty, ServiceUnavailable.

    The rows are of one moment. Of images that were taken down the rows go along, so that the next server knows it, but not
    the pictures.
    """
    with new_release(folder) as partial:
        with frozen() as connected:
            rows = ProjectRows(connected, project)
            counts = _write_tables(rows, partial, progress)
        if pictures:
            _write_pictures(project, partial, progress)
        if checkpoints:
            _write_checkpoints(project, partial)
        manifest: dict[str, Any] = {
            "format": archive.FORMAT,
            "archive_version": archive.ARCHIVE_VERSION,
            "code_version": CODE_VERSION,
            "project": project.slug,
            "tables": counts,
            "row_count": sum(counts.values()),
            "files": file_entries(partial),
        }
        write_manifest(partial, manifest)
    audit.record(
        actor=exported_by,
        verb="project.archived",
        subject=project,
        project=project,
        after={"rows": manifest["row_count"], "files": len(manifest["files"])},
    )
    return manifest


def _write_tables(rows: ProjectRows, folder: Path, progress: Callable[..., None]) -> dict[str, int]:
    counts = {
        PEOPLE: archive.write_lines(
            folder / archive.PEOPLE, (dict(zip(NAMES, person[1:], strict=True)) for person in rows.people)
        )
    }
    for done, table in enumerate(TABLES):
        progress(done=done, total=len(TABLES), message=f"archiving {table.name}")
        counts[table.name] = archive.write_lines(archive.table_file(folder, table.name), rows.rows(table))
    return counts


def _write_pictures(project: Project, folder: Path, progress: Callable[..., None]) -> None:
    """Files are addressed by their content, so they need no snapshot; one that was taken down meanwhile is left out."""
    images = Image.objects.filter(project=project, withdrawn_at=None).order_by("pk")
    total = images.count()
    for done, (sha256, name) in enumerate(images.values_list("sha256", "file_name").iterator()):
        if done % TOLD_EVERY == 0:
            progress(done=done, total=total, message="archiving pictures")
        for one in (name, rendition_name(sha256=sha256, size=MADE_AT_IMPORT)):
            archive.copy_out(name=one, folder=folder)
    progress(done=total, total=total, message="archiving pictures")
    guidelines = f"guidelines/{project.pk}"
    if default_storage.exists(guidelines):
        for name in sorted(default_storage.listdir(guidelines)[1]):
            archive.copy_out(name=f"{guidelines}/{name}", folder=folder, as_name=f"guidelines/{name}")


def _write_checkpoints(project: Project, folder: Path) -> None:
    for run in CaptionerRun.objects.filter(project=project).exclude(checkpoint="").order_by("number"):
        source = Path(settings.RUNS_ROOT) / run.checkpoint
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            target = folder / "checkpoints" / str(run.number) / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
