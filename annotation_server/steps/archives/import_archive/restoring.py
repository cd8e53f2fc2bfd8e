"""A project comes back from its archive: every row as it was, under new ids, in one transaction. A stranger may have written
it: nothing is stored that this server would not have written itself, and nobody here is drawn into it unasked."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg.sql import SQL, Identifier

from annotation_server import audit, jobs
from annotation_server.errors import InvalidSettings, Refusal, UnreadableSource
from annotation_server.models import Caption, CaptionerRun, Image, Job, Project, User
from annotation_server.pictures.storage import flush_storage
from annotation_server.progress import Progress
from annotation_server.queries.archives.archive_contradictions import refuse_contradictions, refuse_left_out
from annotation_server.queries.archives.archive_people import (
    here_already,
    other_name,
    people_of,
    refuse_unseen,
)
from annotation_server.queries.archives.archive_rows import PEOPLE, TABLES, row_counts, stored_ids
from annotation_server.releases import archive
from annotation_server.releases.archive_checkpoints import refuse_strange_settings
from annotation_server.releases.archive_pictures import ExpectedPicture, take_pictures
from annotation_server.releases.project_files import (
    guidelines_folder,
    keep_checkpoint,
    noted,
    remove_project_files,
)
from annotation_server.rules.locks import hold_archive, hold_project
from annotation_server.rules.unstored_projects import remove_unless_stored
from annotation_server.steps.archives.import_archive.storing import Storing
from annotation_server.texts.slug import refuse_malformed_slug

NOT_STORABLE = (DatabaseError, psycopg.Error, LookupError, TypeError, ValueError, AttributeError)


def import_archive(
    *,
    folder: Path,
    slug: str,
    imported_by: User | None,
    progress: Progress,
    confirmed: Mapping[str, str] | None = None,
    hold: jobs.Hold | None = None,
) -> Project:
    """Make a project of the archive; `slug` where it is not to be the archive's own. A job that is held ends with it.

    People become inactive accounts that an admin can invite. `confirmed` are those, by name, with their role in the archive,
    of whom the owner says that they are the same as the account of that name here; anybody else whose name is taken gets
    another name. Raises UnreadableSource, InvalidSettings, ServiceUnavailable; then nothing is stored but pictures that nobody
    names.
    """
    manifest = archive.read_archive(folder)
    slug = slug or str(manifest["project"])
    refuse_malformed_slug(slug)
    if Project.objects.filter(slug=slug).exists():
        raise InvalidSettings(f"There is a project '{slug}' already. Give this one another name.")
    counts = row_counts(manifest=manifest)
    _refuse_other_counts(folder, counts)
    refuse_unseen(people=people_of(folder=folder), confirmed=confirmed or {})
    ids = {table.name: stored_ids(table=table, count=counts.get(table.name, 0)) for table in TABLES}
    files: dict[str, Any] = {"project_id": ids["project"][0], "run_ids": list(ids["captioner_run"])}
    if hold is not None:
        _take_over(hold, files)
    try:
        with noted(files) as left, transaction.atomic():
            remove_unless_stored(left)
            hold_project(project_id=files["project_id"])
            storing = Storing(folder=folder, ids=ids, slug=slug)
            ids[PEOPLE] = storing.people(_accounts(folder, slug, confirmed or {}))
            project = _store(storing, counts, progress)
            _take_pictures(project, folder, archive.picture_count(manifest), progress)
            _take_checkpoints(project, folder, progress)
            audit.record(
                actor=imported_by,
                verb="project.restored",
                subject=project,
                project=None,  # The project's own log is the one that came along.
                after={"slug": slug, "rows": manifest["row_count"], "same_people": sorted(confirmed or {})},
            )
            if hold is not None:
                jobs.finish(hold=hold, result={"project": slug})
    except (OperationalError, InterfaceError):
        raise  # The database went away, perhaps with everything stored; nothing is wrong with the archive.
    except Exception as error:
        remove_project_files(**files)
        if isinstance(error, Refusal) or not isinstance(error, NOT_STORABLE):
            raise
        reason = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
        raise UnreadableSource(f"The archive holds rows that cannot be stored ({reason}).") from error
    return project


def _refuse_other_counts(folder: Path, counts: Mapping[str, int]) -> None:
    """Before an id is given to any of them."""
    named = {PEOPLE: archive.PEOPLE, **{table.name: archive.table_file(table.name) for table in TABLES}}
    for name, count in counts.items():
        path = folder / named[name]
        lines = archive.line_count(path) if count or path.is_file() else 0
        if lines != count:
            raise UnreadableSource(
                f"{path.name} of the archive has {lines:,} rows, not {count:,} as it says."
            )


def _take_over(hold: jobs.Hold, files: dict[str, Any]) -> None:
    """Remove the files of a worker that died before its rows were stored, and name those that this one will write."""
    left = Job.objects.get(pk=hold.job_id).parameters.get("files")
    if left is not None:
        remove_project_files(**left)
    jobs.note(hold=hold, files=files)


def _accounts(folder: Path, slug: str, confirmed: Mapping[str, str]) -> list[str]:
    """Whom each of the archive's people is here, by name, in its order; new ones are made."""
    people = people_of(folder=folder)
    here = here_already(usernames=[person.username for person in people])
    names: list[str] = []
    new: list[User] = []
    for person in people:
        name = person.username
        if name in here and name not in confirmed:
            name = other_name(username=name, slug=slug, taken={*names, *(one.username for one in people)})
        names.append(name)
        if name not in here:
            new.append(
                User(
                    username=name,
                    first_name=person.first_name,
                    last_name=person.last_name,
                    password="!",  # noqa: S106
                    is_active=False,
                )
            )
    User.objects.bulk_create(new)
    return names


def _store(storing: Storing, counts: Mapping[str, int], progress: Progress) -> Project:
    again = _submissions_are_here(storing.folder)
    for done, table in enumerate(TABLES):
        progress(done=done, total=len(TABLES), message=f"importing {table.name}")
        if table.name in counts:
            storing.store(table, renames_submissions=again)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # What a row names must be there.
        names = SQL(", ").join(Identifier(table.name) for table in TABLES)
        cursor.execute(SQL("ANALYZE {}").format(names))
    refuse_contradictions(project_id=storing.project_id)
    refuse_left_out(project_id=storing.project_id)
    return Project.objects.get(pk=storing.project_id)


def _submissions_are_here(folder: Path) -> bool:
    first = next(archive.read_lines(folder / archive.table_file("caption")), None)
    try:
        submission = str(UUID((first or {})["submission_id"]))
    except NOT_STORABLE:
        return False  # None, or one that is refused when its turn comes.
    hold_archive(submission_id=submission)
    return Caption.objects.filter(submission_id=submission).exists()


def _take_pictures(project: Project, folder: Path, total: int, progress: Progress) -> None:
    def expected(hashes: Sequence[str]) -> dict[str, ExpectedPicture]:
        rows = Image.objects.filter(project=project, sha256__in=hashes)
        return {
            row.sha256: ExpectedPicture(
                media_type=row.media_type,
                width=row.width,
                height=row.height,
                byte_count=row.byte_count,
                is_withdrawn=row.withdrawn_at is not None,
            )
            for row in rows
        }

    guidelines = guidelines_folder(project_id=project.pk)
    for done, _ in enumerate(take_pictures(folder, expected=expected, guidelines=guidelines)):
        progress(done=done, total=total, message="importing pictures")
    flush_storage()


def _take_checkpoints(project: Project, folder: Path, progress: Progress) -> None:
    sources = sorted((folder / "checkpoints").glob("*"))
    for done, source in enumerate(sources, start=1):
        run = CaptionerRun.objects.filter(project=project, number=int(source.name)).first()
        if run is None:
            raise UnreadableSource(
                f"The archive has the weights of a captioner {source.name} that it does not have."
            )
        refuse_strange_settings(source)
        place = keep_checkpoint(run_id=run.pk, source=source)
        CaptionerRun.objects.filter(pk=run.pk).update(checkpoint=place)
        progress(done=done, total=len(sources), message="importing captioners' weights")
