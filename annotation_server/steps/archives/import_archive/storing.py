"""The rows of an archive on their way into the database: each is checked, its numbers become ids of this server, COPY takes it.
Names of tables and columns come from the models alone."""

import json
import uuid
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField

from annotation_server.errors import UnreadableSource
from annotation_server.models import Caption, Event, Image, Project, User
from annotation_server.pictures.storage import original_name
from annotation_server.queries.archives.archive_rows import PEOPLE, Table, renumbered
from annotation_server.queries.archives.archive_schema import checked
from annotation_server.releases import archive

Ids = dict[str, "array[int]"]
ELSEWHERE = "elsewhere:"


@dataclass(frozen=True, kw_only=True)
class Storing:
    """One archive. `ids` are those of this server for the rows of each table, in their order."""

    folder: Path
    ids: Ids
    slug: str

    @property
    def project_id(self) -> int:
        """Of the project that comes to be."""
        return self.ids["project"][0]

    def people(self, usernames: Sequence[str]) -> "array[int]":
        """The accounts of these names."""
        found = dict(User.objects.filter(username__in=usernames).values_list("username", "pk"))
        return array("q", (found[name] for name in usernames))

    def store(self, table: Table, *, renames_submissions: bool) -> None:
        """Every row of it. `renames_submissions`: they are unique on a server, and the archive's project lives here too.
        Raises UnreadableSource."""
        rows = archive.read_lines(self.folder / archive.table_file(table.name))
        first = list(islice(rows, 1))
        there = {name for row in first for name in row}
        columns = _columns(table, there) if first else table.columns()
        here = table.set_here()
        check = checked(table=table.name, columns=[column for column in columns if column.attname in there])
        names = ["id", *(str(column.column) for column in (*columns, *(column for column, _ in here)))]
        sql = f"COPY {connection.ops.quote_name(table.name)} ({', '.join(map(connection.ops.quote_name, names))}) FROM STDIN"
        values = tuple(value for _, value in here)
        with connection.cursor() as cursor, cursor.copy(sql) as copy:
            numbered = enumerate(chain(first, rows), start=1)
            for pk, (number, row) in zip(self.ids[table.name], numbered, strict=True):
                if row.keys() != there:
                    raise UnreadableSource(f"Rows of {table.name} do not all have the same columns.")
                table.detach(row)
                check(row, number)
                self._prepare(table, row, number, renames_submissions)
                copy.write_row((pk, *(self._stored(column, row) for column in columns), *values))

    def _prepare(self, table: Table, row: dict[str, Any], number: int, renames_submissions: bool) -> None:
        for column, named in table.ids.items():
            if row.get(column) is not None:
                row[column] = self._with_ids(row[column], named)
        if table.model is Project:
            row["slug"] = self.slug
        elif table.model is Caption and renames_submissions:
            row["submission_id"] = str(uuid.uuid5(uuid.UUID(row["submission_id"]), str(self.project_id)))
        elif table.model is Image:
            _refuse_other_file(row, number)
        elif table.model is Event:
            row["object_id"] = self._object_id(row["object_type"], row["object_id"])

    def _with_ids(self, value: Any, named: str) -> Any:
        return renumbered(value, lambda number: self._id(named, number))

    def _id(self, table: str, number: int) -> int:
        named = self.ids[table]
        if not 1 <= number <= len(named):
            raise UnreadableSource(f"The archive names row {number} of {table}, which it does not have.")
        return named[number - 1]

    def _stored(self, column: "Field[Any, Any]", row: dict[str, Any]) -> Any:
        """The value for the database."""
        if column.attname not in row:
            return _default(column)
        value = row[column.attname]
        if value is None:
            return None
        if column.remote_field is not None:
            named = self.ids[column.remote_field.model._meta.db_table]
            if not 1 <= value <= len(named):
                raise UnreadableSource(
                    f"{column.attname} names row {value}, which the archive does not have."
                )
            return named[value - 1]
        if isinstance(column, JSONField):
            return json.dumps(value)
        if column.get_internal_type() == "BinaryField":
            return bytes.fromhex(value)
        return value

    def _object_id(self, table: str, named: str) -> str:
        """What an event was about: a row of the archive, or something that is nobody's number here."""
        if table == PEOPLE or table in self.ids:
            if named.isdigit():
                return str(self._id(table, int(named)))
            if not named.startswith(ELSEWHERE):
                raise UnreadableSource("An event of the archive is about a row that has no number.")
        return f"{ELSEWHERE}{named}"[:40] if named.isdigit() else named


def _refuse_other_file(row: dict[str, Any], number: int) -> None:
    if row["file_name"] != original_name(sha256=row["sha256"], media_type=row["media_type"]):
        raise UnreadableSource(
            f"Row {number} of image of the archive cannot be taken: file_name is not the name of its picture."
        )


def _columns(table: Table, there: set[str]) -> "list[Field[Any, Any]]":
    """Those to store; one that the archive does not have yet is as a new row has it. Raises UnreadableSource."""
    columns = table.columns()
    if unknown := there - {column.attname for column in columns}:
        raise UnreadableSource(
            f"{table.name} has a column '{min(unknown)[:60]}' that this server does not know: it is older than the archive."
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


def _default(column: "Field[Any, Any]") -> Any:
    value = column.get_default()
    return json.dumps(value) if isinstance(column, JSONField) and value is not None else value
