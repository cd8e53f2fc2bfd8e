"""A project comes back from its archive: every row as it was, under new ids, in one transaction."""

import json
import uuid
from array import array
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Field, JSONField

from annotation_server import audit, jobs
from annotation_server.errors import InvalidSettings, UnreadableSource
from annotation_server.formats import archive
from annotation_server.formats.pictures import settle
from annotation_server.formats.project_files import (
    guidelines_folder,
    keep_checkpoint,
    noted,
    remove_project_files,
)
from annotation_server.models import Caption, CaptionerRun, Event, Job, Project, User
from annotation_server.queries.archive_rows import NAMES, PEOPLE, TABLES, Table, row_counts, stored_ids
from annotation_server.queries.locks import hold_archive, hold_project
from annotation_server.queries.unstored_projects import remove_unless_stored

Ids = dict[str, "array[int]"]
NOT_STORABLE = (DatabaseError, psycopg.Error, LookupError, TypeError, ValueError)


def import_archive(
    *,
    folder: Path,
    slug: str,
    imported_by: User | None,
    progress: Callable[..., None],
    hold: jobs.Hold | None = None,
) -> Project:
    """Make a project of the archive; `slug` where it is not to be the archive's own. A job that is held ends with it.

    People are known by their names: who is not here yet becomes an inactive account that an admin can invite. Raises
    UnreadableSource, InvalidSettings, ServiceUnavailable; then nothing is stored but pictures that nobody names.
    """
    manifest = archive.read_archive(folder)
    slug = slug or str(manifest["project"])
    if Project.objects.filter(slug=slug).exists():
        raise InvalidSettings(f"There is a project '{slug}' already. Give this one another name.")
    counts = row_counts(manifest=manifest)
    ids: Ids = {table.name: stored_ids(table=table, count=counts.get(table.name, 0)) for table in TABLES}
    files: dict[str, Any] = {"project_id": ids["project"][0], "run_ids": list(ids["captioner_run"])}
    if hold is not None:
        _take_over(hold, files)
    try:
        with noted(files) as left, transaction.atomic():
            remove_unless_stored(left)
            hold_project(project_id=files["project_id"])
            project = _store(folder, counts, ids, slug, progress)
            guidelines = guidelines_folder(project_id=project.pk)
            total = archive.picture_count(manifest)
            for done, _ in enumerate(archive.take_pictures(folder, guidelines=guidelines)):
                progress(done=done, total=total, message="importing pictures")
            settle()
            _take_checkpoints(project, folder, progress)
            audit.record(
                actor=imported_by,
                verb="project.restored",
                subject=project,
                project=None,  # The project's own log is the one that came along.
                after={"slug": slug, "rows": manifest["row_count"]},
            )
            if hold is not None:
                jobs.finish(hold=hold, result={"project": slug})
    except (OperationalError, InterfaceError):
        raise  # The database went away, perhaps with everything stored; nothing is wrong with the archive.
    except Exception as error:
        remove_project_files(**files)
        if not isinstance(error, NOT_STORABLE):
            raise
        reason = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
        raise UnreadableSource(f"The archive holds rows that cannot be stored ({reason}).") from error
    return project


def _take_over(hold: jobs.Hold, files: dict[str, Any]) -> None:
    """Remove the files of a worker that died before its rows were stored, and name those that this one will write."""
    left = Job.objects.get(pk=hold.job_id).parameters.get("files")
    if left is not None:
        remove_project_files(**left)
    jobs.note(hold=hold, files=files)


def _store(
    folder: Path, counts: dict[str, int], ids: Ids, slug: str, progress: Callable[..., None]
) -> Project:
    ids[PEOPLE] = _people(folder)
    again = _submissions_are_here(folder)
    for done, table in enumerate(TABLES):
        progress(done=done, total=len(TABLES), message=f"importing {table.name}")
        if table.name in counts:
            _copy(table, _rows(table, folder, slug, ids["project"][0] if again else None), ids)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # What a row names must be there.
        cursor.execute("ANALYZE")
    return Project.objects.get(pk=ids["project"][0])


def _rows(table: Table, folder: Path, slug: str, renamed_for: int | None) -> Iterator[dict[str, Any]]:
    for row in archive.read_lines(folder / archive.table_file(table.name)):
        if table.model is Project:
            row["slug"] = slug
        if table.model is Caption and renamed_for is not None:
            # Submission ids are unique on a server, and the archive's project lives here too.
            row["submission_id"] = str(uuid.uuid5(uuid.UUID(row["submission_id"]), str(renamed_for)))
        yield row


def _copy(table: Table, rows: Iterator[dict[str, Any]], ids: Ids) -> None:
    first = list(islice(rows, 1))
    there = {name for row in first for name in row}
    columns = _columns(table, there) if first else table.columns()
    names = ", ".join(connection.ops.quote_name(name) for name in ("id", *(str(c.column) for c in columns)))
    sql = f"COPY {connection.ops.quote_name(table.name)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for pk, row in zip(ids[table.name], chain(first, rows), strict=True):
            if row.keys() != there:
                raise UnreadableSource(f"Rows of {table.name} do not all have the same columns.")
            if table.model is Event:
                row["object_id"] = _object_id(row, ids)
            copy.write_row((pk, *(_stored(column, row, ids) for column in columns)))


def _columns(table: Table, there: set[str]) -> "list[Field[Any, Any]]":
    """Those to store; one that the archive does not have yet is as a new row has it. Raises UnreadableSource."""
    columns = table.columns()
    if unknown := there - {column.attname for column in columns}:
        raise UnreadableSource(
            f"{table.name} has a column '{min(unknown)}' that this server does not know: it is older than the archive."
        )
    missing = [column for column in columns if column.attname not in there]
    if needed := [column.attname for column in missing if not _may_be_missing(column)]:
        raise UnreadableSource(
            f"{table.name} has no column '{needed[0]}', without which it means nothing: the archive was changed."
        )
    by_database = [column for column in missing if column.has_db_default() and not column.has_default()]
    return [column for column in columns if column not in by_database]


def _may_be_missing(column: "Field[Any, Any]") -> bool:
    blank = column.blank and column.empty_strings_allowed
    return column.null or blank or column.has_default() or column.has_db_default()


def _stored(column: "Field[Any, Any]", row: dict[str, Any], ids: Ids) -> Any:
    """The value for the database."""
    if column.attname not in row:
        return _default(column)
    value = row[column.attname]
    if value is None:
        return None
    if column.remote_field is not None:
        named = ids[column.remote_field.model._meta.db_table]
        if not 1 <= value <= len(named):
            raise UnreadableSource(f"{column.attname} names row {value}, which the archive does not have.")
        return named[value - 1]
    if isinstance(column, JSONField):
        return json.dumps(value)
    if column.get_internal_type() == "BinaryField":
        return bytes.fromhex(value)
    return value


def _default(column: "Field[Any, Any]") -> Any:
    value = column.get_default()
    return json.dumps(value) if isinstance(column, JSONField) and value is not None else value


def _object_id(row: dict[str, Any], ids: Ids) -> str:
    known, named = ids.get(row["object_type"]), str(row["object_id"])
    return str(known[int(named) - 1]) if known is not None and named.isdigit() else named


def _people(folder: Path) -> "array[int]":
    """The accounts of the archive's people, in its order."""
    people = list(archive.read_lines(folder / archive.PEOPLE))
    User.objects.bulk_create(
        (User(**{name: row[name] for name in NAMES}, password="!", is_active=False) for row in people),  # noqa: S106
        ignore_conflicts=True,
    )
    found = dict(
        User.objects.filter(username__in=[row["username"] for row in people]).values_list("username", "pk")
    )
    return array("q", (found[row["username"]] for row in people))


def _submissions_are_here(folder: Path) -> bool:
    first = next(archive.read_lines(folder / archive.table_file("caption")), None)
    if first is None:
        return False
    hold_archive(submission_id=first["submission_id"])
    return Caption.objects.filter(submission_id=first["submission_id"]).exists()


def _take_checkpoints(project: Project, folder: Path, progress: Callable[..., None]) -> None:
    sources = sorted((folder / "checkpoints").glob("*"))
    for done, source in enumerate(sources, start=1):
        run = CaptionerRun.objects.filter(project=project, number=int(source.name)).first()
        if run is not None:
            place = keep_checkpoint(run_id=run.pk, source=source)
            CaptionerRun.objects.filter(pk=run.pk).update(checkpoint=place)
        progress(done=done, total=len(sources), message="importing captioners' weights")
