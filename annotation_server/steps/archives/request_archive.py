"""An admin has a project archived, and removes what is not needed any more."""

from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import JobKind
from annotation_server.errors import ArchiveUnderWay
from annotation_server.models import Archive, Project, User
from annotation_server.models.job import UNFINISHED
from annotation_server.places import archive_file
from annotation_server.releases.release import remove_release
from annotation_server.rules.locks import hold_project


def request_archive(*, project: Project, pictures: bool, checkpoints: bool, requested_by: User) -> Archive:
    """Have a worker write it. Raises ArchiveUnderWay."""
    with transaction.atomic():
        hold_project(project_id=project.pk)
        if Archive.objects.filter(project=project, job__state__in=UNFINISHED).exists():
            raise ArchiveUnderWay("The project is being archived already. Wait for it, or cancel its job.")
        job = jobs.enqueue(kind=JobKind.EXPORT_ARCHIVE, project=project, requested_by=requested_by)
        return Archive.objects.create(
            project=project,
            pictures=pictures,
            checkpoints=checkpoints,
            requested_by=requested_by,
            job=job,
        )


def remove_archive(*, archive: Archive, removed_by: User) -> None:
    """Forget it with its file, and with what a worker that died left of one. Raises ArchiveUnderWay."""
    with transaction.atomic():
        hold_project(project_id=archive.project_id)
        if Archive.objects.filter(pk=archive.pk, job__state__in=UNFINISHED).exists():
            raise ArchiveUnderWay("The archive is being written. Cancel its job first.")
        audit.record(
            actor=removed_by,
            verb="archive.removed",
            subject=archive,
            project=archive.project,
            before={"pictures": archive.pictures, "sha256": archive.sha256},
        )
        folder = archive_file(archive_id=archive.pk, slug=archive.project.slug).parent
        Archive.objects.filter(pk=archive.pk).delete()
        transaction.on_commit(lambda: remove_release(folder))
