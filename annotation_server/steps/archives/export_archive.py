"""A whole project, to be imported into another server without loss: every row, every picture. Into a folder, or as one file
that is downloaded."""

from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.files.trees import remove_tree
from annotation_server.models import Archive, CaptionerRun, Image, Project, User
from annotation_server.pictures.storage import MADE_AT_IMPORT, rendition_name
from annotation_server.places import archive_file, checkpoint_at
from annotation_server.progress import Progress
from annotation_server.queries.archives.archive_rows import NAMES, PEOPLE, TABLES, ProjectRows
from annotation_server.queries.frozen import frozen
from annotation_server.releases import archive as layout
from annotation_server.releases.archive_place import ArchiveFolder, ArchivePlace, ArchiveTar
from annotation_server.releases.project_files import guidelines_folder, guidelines_pictures
from annotation_server.releases.release import new_release
from annotation_server.rules.locks import hold_project
from annotation_server.versions import CODE_VERSION

TOLD_EVERY = 200


def export_archive(
    *,
    project: Project,
    folder: Path,
    pictures: bool,
    checkpoints: bool,
    exported_by: User | None,
    progress: Progress,
) -> dict[str, Any]:
    """Write the archive into a new or empty folder; returns its manifest. Raises FolderNotEmpty, ServiceUnavailable.

    The rows are of one moment. Of images that were taken down the rows go along, so that the next server knows it, but not
    the pictures.
    """
    with new_release(folder) as partial, ArchiveFolder(partial) as place:
        manifest = _write(place, project, pictures, checkpoints, progress)
    _record(project, exported_by, manifest)
    return manifest


def write_archive(*, archive: Archive, hold: jobs.Hold, progress: Progress) -> None:
    """Write one that was asked for as a file of the server, and end the job. Raises ServiceUnavailable, FencedOff,
    JobCancelled.

    What a killed worker left is written anew; a file that is whole is of one that was killed before it could say so.
    """
    _wait_for_takedowns(archive.project)
    path = archive_file(archive_id=archive.pk, slug=archive.project.slug)
    remove_tree(path.parent)
    with new_release(path.parent) as partial, ArchiveTar(partial / path.name) as place:
        manifest = _write(place, archive.project, archive.pictures, archive.checkpoints, progress)
        # Of a job that was cancelled, or that another worker has now, nothing is put out.
        jobs.beat(hold=hold)
    with transaction.atomic():
        Archive.objects.filter(pk=archive.pk).update(
            byte_count=place.byte_count,
            sha256=place.sha256,
            contents=layout.contents_of(manifest),
            finished_at=Now(),
        )
        _record(archive.project, archive.requested_by, manifest)
        jobs.finish(hold=hold, result={"archive": archive.pk})


def _wait_for_takedowns(project: Project) -> None:
    """Those that were begun before this job are through: their pictures stay behind. A later one lists this archive."""
    with transaction.atomic():
        hold_project(project_id=project.pk)


def _write(
    place: ArchivePlace,
    project: Project,
    pictures: bool,
    checkpoints: bool,
    progress: Progress,
) -> dict[str, Any]:
    with frozen() as connected:
        counts = _write_tables(ProjectRows(connected, project), place, progress)
    if pictures:
        _write_pictures(project, place, progress)
    if checkpoints:
        _write_checkpoints(project, place)
    manifest: dict[str, Any] = {
        "format": layout.FORMAT,
        "archive_version": layout.ARCHIVE_VERSION,
        "code_version": CODE_VERSION,
        "project": project.slug,
        "tables": counts,
        "row_count": sum(counts.values()),
        "files": place.entries(),
    }
    place.finish(manifest)
    return manifest


def _record(project: Project, exported_by: User | None, manifest: dict[str, Any]) -> None:
    audit.record(
        actor=exported_by,
        verb="project.archived",
        subject=project,
        project=project,
        after={"rows": manifest["row_count"], "files": layout.file_count(manifest)},
    )


def _write_tables(rows: ProjectRows, place: ArchivePlace, progress: Progress) -> dict[str, int]:
    people = (dict(zip(NAMES, person[1:], strict=True)) for person in rows.people)
    counts = {PEOPLE: place.add_lines(layout.PEOPLE, people)}
    for done, table in enumerate(TABLES):
        progress(done=done, total=len(TABLES), message=f"archiving {table.name}")
        counts[table.name] = place.add_lines(layout.table_file(table.name), rows.rows(table))
    return counts


def _write_pictures(project: Project, place: ArchivePlace, progress: Progress) -> None:
    """In the order of their names: of the guidelines, originals, renditions. Files are addressed by their content, so they need
    no snapshot; one that is removed meanwhile is left out."""
    guidelines = guidelines_folder(project_id=project.pk)
    for name in guidelines_pictures(project_id=project.pk):
        place.add_picture(f"{layout.PICTURES}/guidelines/{name}", f"{guidelines}/{name}")
    images = Image.objects.filter(project=project, withdrawn_at=None).order_by("sha256")
    total = 2 * images.count()
    originals = images.values_list("file_name", flat=True).iterator()
    hashes = images.values_list("sha256", flat=True).iterator()
    renditions = (rendition_name(sha256=sha256, size=MADE_AT_IMPORT) for sha256 in hashes)
    for done, name in enumerate(chain(originals, renditions)):
        if done % TOLD_EVERY == 0:
            progress(done=done, total=total, message="archiving pictures")
        place.add_picture(f"{layout.PICTURES}/{name}", name)
    progress(done=total, total=total, message="archiving pictures")


def _write_checkpoints(project: Project, place: ArchivePlace) -> None:
    for run in CaptionerRun.objects.filter(project=project).exclude(checkpoint="").order_by("number"):
        source = checkpoint_at(place=run.checkpoint)
        for path in sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink()):
            place.add_file(f"checkpoints/{run.number}/{path.relative_to(source).as_posix()}", path)
