"""Every table of a project as rows that name each other by number: 1 is the first row of a table, in the order in which the
rows came to be. So an archive says nothing of the server that it is from, and the same project is the same archive anywhere.

Which tables, and what is left out of them, is said here; columns are found in the models, so a new one is archived too.
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model, Q, QuerySet

from annotation_server.choices import RoundState, RunState, StartFrom
from annotation_server.errors import UnreadableSource
from annotation_server.models import (
    Adjudication,
    AltText,
    ApiToken,
    Archive,
    ArchiveImport,
    BaseCheckpoint,
    Caption,
    CaptionerRun,
    CaptionMeasure,
    ClaimBookmark,
    Cohort,
    Concept,
    Draft,
    DraftSet,
    Evaluation,
    Event,
    Export,
    ExportImage,
    GuidelinesVersion,
    HeldOutLookalike,
    Image,
    ImageCluster,
    ImageEmbedding,
    Import,
    Invitation,
    Job,
    Lesson,
    Membership,
    Project,
    Review,
    Round,
    SignInLink,
    Skip,
    Task,
    TrainingSet,
    TrainingSetRow,
    User,
    Webhook,
    WebhookDelivery,
    WorkingCopy,
)

FETCHED_AT_ONCE = 2_000
PEOPLE = "user"
# Of an export's options only this one is an id.
ID_OPTION = "through_image"
UNDER_WAY = (RunState.QUEUED, RunState.TRAINING, RunState.EVALUATING, RunState.DRAFTING)
# Of a person only the name goes along: no password, no address, no right.
NAMES = ("username", "first_name", "last_name")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of `model` whose `project` (a path of field names) is the archived one.

    `blank`: columns that mean something on one server only, with what stands there instead. `ended`: states that only a job
    ends, of which none goes along, and what they become. Both hold on the way out and on the way in. `here`: columns that no
    archive has; a restored row has these values. `ids`: JSON columns with ids of rows of that table.
    """

    model: type[Model]
    project: str
    only: Q = field(default_factory=Q)
    blank: Mapping[str, Any] = field(default_factory=dict)
    ended: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    here: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the database's table, and of the archive's file."""
        return str(self.model._meta.db_table)

    def columns(self) -> "list[Field[Any, Any]]":
        """Those that are archived; the id is the row's number."""
        fields = self.model._meta.concrete_fields
        return [one for one in fields if not one.primary_key and one.attname not in self.here]

    def detach(self, row: dict[str, Any]) -> None:
        """Take out of it what is of one server only."""
        row |= {name: value for name, value in self.blank.items() if name in row}
        for name, other in self.ended.items():
            if isinstance(row.get(name), str):
                row[name] = str(other.get(row[name], row[name]))

    def set_here(self) -> "list[tuple[Field[Any, Any], Any]]":
        """Those that are not, with what stands in them after a restore."""
        fields = self.model._meta.concrete_fields
        return [(one, self.here[one.attname]) for one in fields if one.attname in self.here]

    def rows(self, project: Project) -> QuerySet[Any]:
        """In the order in which they came to be."""
        return self.model._default_manager.filter(self.only, **{self.project: project.pk}).order_by("pk")


# In an order in which they can be stored again: what a trigger looks at comes first.
TABLES = (
    # A base is of this site: what was trained from it says so in captioner_run.started_from.
    Table(
        model=Project,
        project="pk",
        ended={"captioner_start": {StartFrom.BASE: StartFrom.RECIPE}},
        here={"captioner_base_id": None},
    ),
    Table(model=Cohort, project="project"),
    Table(model=Membership, project="project"),
    Table(model=GuidelinesVersion, project="project"),
    Table(model=ImageCluster, project="project"),
    Table(model=Image, project="project"),
    Table(model=AltText, project="image__project"),
    Table(model=Lesson, project="project"),
    Table(
        model=Round,
        project="project",
        ended={"state": {RoundState.PREPARING: RoundState.CLOSED, RoundState.CLOSING: RoundState.CLOSED}},
        ids={"people": PEOPLE, "cohort_shares": "cohort"},
    ),
    Table(model=TrainingSet, project="project"),
    Table(
        model=CaptionerRun,
        project="project",
        blank={"checkpoint": ""},
        ended={"state": dict.fromkeys(UNDER_WAY, RunState.CANCELLED)},
    ),
    Table(model=DraftSet, project="run__project"),
    Table(model=Draft, project="draft_set__run__project"),
    Table(model=Task, project="round__project"),
    Table(model=Caption, project="task__round__project"),
    Table(model=Review, project="caption__task__round__project"),
    Table(model=Adjudication, project="round__project", ids={"seen": "caption"}),
    Table(model=Concept, project="caption__task__round__project"),
    Table(model=Evaluation, project="round__project"),
    Table(model=TrainingSetRow, project="training_set__project"),
    Table(model=WorkingCopy, project="task__round__project"),
    Table(model=Skip, project="task__round__project"),
    Table(model=ClaimBookmark, project="round__project"),
    Table(
        model=Export,
        project="project",
        only=Q(finished_at__isnull=False),
        blank={"folder": ""},
        ids={"options": "image"},
    ),
    Table(model=ExportImage, project="export__project", only=Q(export__finished_at__isnull=False)),
    Table(model=Event, project="project", here={"imported": True}),
)
# What is computed anew, work under way, keys to this server and whom it calls: nothing of what people made.
LEFT_OUT = (
    ImageEmbedding,
    HeldOutLookalike,
    CaptionMeasure,
    Job,
    Import,
    ArchiveImport,
    Invitation,
    SignInLink,
    ApiToken,
    Webhook,
    WebhookDelivery,
    Archive,
    BaseCheckpoint,
)


class Numbers:
    """The ids of a table's rows in ascending order; a row's number is its place, from 1."""

    def __init__(self, ids: "array[int]") -> None:
        self.ids = ids

    def of(self, pk: int) -> int | None:
        """None where the row is not in the archive."""
        place = bisect_left(self.ids, pk)
        return place + 1 if place < len(self.ids) and self.ids[place] == pk else None


class ProjectRows:
    """A project at one moment."""

    def __init__(self, connected: BaseDatabaseWrapper, project: Project) -> None:
        self._connected = connected
        self._project = project
        self.people = self._read_people()
        self._person = {pk: number for number, (pk, *_) in enumerate(self.people, start=1)}
        self._numbers = {
            table.name: Numbers(
                array("q", (pk for (pk,) in self._all(table.rows(project).values_list("pk"))))
            )
            for table in TABLES
        }

    def count(self, table: Table) -> int:
        """How many rows of it go along."""
        return len(self._numbers[table.name].ids)

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """One dictionary a row, plain data, by column name."""
        columns = table.columns()
        names = [column.attname for column in columns]
        for found in self._all(table.rows(self._project).values_list(*names)):
            row = {
                column.attname: self._plain(column, value)
                for column, value in zip(columns, found, strict=True)
            }
            table.detach(row)
            for column, named in table.ids.items():
                row[column] = renumbered(row[column], partial(self._number, named))
            if table.model is Event:
                row["object_id"] = self._object_id(row["object_type"], row["object_id"])
            yield row

    def _plain(self, column: "Field[Any, Any]", value: Any) -> Any:
        if value is None:
            return None
        if column.remote_field is not None:
            return self._number(column.remote_field.model._meta.db_table, value)
        if isinstance(column, JSONField):
            return json.loads(value) if isinstance(value, str) else value
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, (bytes, memoryview)):
            return bytes(value).hex()
        return value

    def _number(self, table: str, pk: int) -> int | None:
        return self._person.get(pk) if table == PEOPLE else self._numbers[table].of(pk)

    def _object_id(self, table: str, pk: str) -> str:
        """What an event was about; what is gone, or is not archived, keeps a name that is nobody's number."""
        if not pk.isdigit() or (table != PEOPLE and table not in self._numbers):
            return pk if not pk.isdigit() else f"elsewhere:{pk}"
        number = self._number(table, int(pk))
        return f"elsewhere:{pk}" if number is None else str(number)

    def _read_people(self) -> list[tuple[Any, ...]]:
        """(id, name …) of everybody whom a row names, by name."""
        asked = [
            table.rows(self._project).exclude(**{column.name: None}).order_by().values(column.attname)
            for table in TABLES
            for column in table.columns()
            if column.remote_field is not None and column.remote_field.model is User
        ]
        wanted = Q(pk__in=asked[0].union(*asked[1:])) | Q(pk__in=self._asked_for())
        return list(self._all(User.objects.filter(wanted).order_by("username").values_list("pk", *NAMES)))

    def _asked_for(self) -> set[int]:
        """Whom rounds are for, by name, who may be members no longer."""
        lists = self._all(Round.objects.filter(project=self._project).values_list("people"))
        return {
            pk for (people,) in lists for pk in (json.loads(people) if isinstance(people, str) else people)
        }

    def _all(self, rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
        sql, params = rows.query.sql_with_params()
        with self._connected.chunked_cursor() as cursor:
            cursor.cursor.itersize = FETCHED_AT_ONCE
            cursor.execute(sql, params)
            yield from cursor


def renumbered(value: Any, number: Callable[[int], int | None]) -> Any:
    """JSON with the ids in it named otherwise: a list of ids, or an object whose keys, or one option, are ids. What has no
    other name is left out."""
    if isinstance(value, list):
        return [other for one in value if (other := number(one)) is not None]
    if ID_OPTION in value:
        # No image yet: none is meant.
        return {**value, ID_OPTION: (value[ID_OPTION] and number(value[ID_OPTION])) or 0}
    return {
        str(other) if key.isdigit() else key: kept
        for key, kept in value.items()
        if (other := number(int(key)) if key.isdigit() else 0) is not None
    }


def row_counts(*, manifest: dict[str, Any]) -> dict[str, int]:
    """How many rows of each table an archive has; a table that is younger than the archive is not among them. Raises
    UnreadableSource."""
    counts = manifest.get("tables")
    if not isinstance(counts, dict) or not all(
        type(count) is int and count >= 0 for count in counts.values()
    ):
        raise UnreadableSource("The archive does not say how many rows its tables have.")
    if (projects := counts.get("project", 0)) != 1:
        raise UnreadableSource(f"An archive is of one project; this one has {projects}.")
    known = {PEOPLE, *(table.name for table in TABLES)}
    if unknown := {name for name, count in counts.items() if count} - known:
        raise UnreadableSource(
            f"The archive has a table '{min(unknown)}' that this server does not know: it is older than the archive."
        )
    return dict(counts)


def stored_ids(*, table: Table, count: int) -> "array[int]":
    """Ids for so many new rows, ascending; nobody else gets them."""
    sequence = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [sequence, count]
        )
        return array("q", sorted(pk for (pk,) in cursor.fetchall()))
