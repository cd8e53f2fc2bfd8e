"""An archive is a stranger's: one value anywhere is changed to something hostile, with hashes that fit, and it is brought in.
Whether it is refused or taken, nothing outside the new project has changed, no page breaks, and no file is served.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from annotation_server.errors import Refusal, UnreadableSource
from annotation_server.files.checksums import file_entries
from annotation_server.models import (
    Caption,
    CaptionerRun,
    Event,
    Export,
    Image,
    Project,
    Round,
    Task,
    User,
)
from annotation_server.queries.archives.archive_rows import LEFT_OUT, TABLES, Table
from annotation_server.queries.archives.archive_schema import checked
from annotation_server.releases.release import read_manifest, write_manifest
from annotation_server.steps.archives.export_archive import export_archive
from annotation_server.steps.archives.import_archive import import_archive
from annotation_server.steps.people.add_person import add_person
from tests.small_archive import lived_in

# The archive is written over a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

SECRET = b"the server's secret key"
UP = "../" * 12
# How many times all pages are looked at, each time with other ones of the values that were taken.
WALKS = 2
# Of one server only: whatever an archive says there.
BLANKED = {(table.name, 0, column) for table in TABLES for column in table.blank}
T = TypeVar("T")
Rows = dict[str, list[dict[str, Any]]]
# Table, place of the row, column.
Place = tuple[str, int, str]


def quiet(**told: Any) -> None:
    """Nobody watches."""


def deep(levels: int) -> Any:
    value: Any = "deep"
    for _ in range(levels):
        value = [value]
    return value


def hostile(secret: Path) -> dict[str, Any]:
    return {
        "a path": f"{UP}{secret}",
        "an absolute path": str(secret),
        "a folder above": "..",
        "another row": 2,
        "a row of another project": 123_456,
        "no row": 0,
        "less than nothing": -1,
        "a huge number": 2**63,
        "a larger one": 10**400,
        "a huge fraction": 1e308,
        "a NUL": "a\x00b",
        "half a character": "a\ud800b",
        "a page": "<script>alert(1)</script>",
        "somebody here": "olga",
        "nothing": None,
        "no text": "",
        "yes": True,
        "the end of time": "infinity",
        "another millennium": "9999-12-31T23:59:59+00:00",
        "long": "x" * 1_100_000,
        "a list": [],
        "an object": {},
        "deep": deep(40),
        "many": [1] * 250_000,
        "a number as a name": {"7": 1, "x": {"sha256": 5}},
        "files elsewhere": {
            "files": [{"name": f"{UP}{secret}", "bytes": 1, "sha256": "0" * 64}],
            "row_count": 1,
        },
        "a state of work": "queued",
    }


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Path:
    """Folders of this test's own, beside a file that nobody may get."""
    for name in ("MEDIA_ROOT", "EXPORTS_ROOT", "IMPORTS_ROOT", "RUNS_ROOT"):
        (tmp_path / "server" / name).mkdir(parents=True)
        setattr(settings, name, str(tmp_path / "server" / name))
    (tmp_path / "secret").write_bytes(SECRET)
    return tmp_path


@pytest.fixture
def site(folders: Path, db: None) -> Path:
    """A server with a project of its own, and the archive of another one."""
    add_person(username="olga", owner=True)
    lived_in("lizards", first_image=100)
    project = lived_in("iguanas")
    archive = folders / "archive"
    export_archive(
        project=project, folder=archive, pictures=False, checkpoints=False, exported_by=None, progress=quiet
    )
    return archive


def rows_of(archive: Path) -> Rows:
    tables = {path.stem: path for path in (archive / "tables").iterdir()} | {"user": archive / "people.jsonl"}
    return {
        name: [json.loads(line) for line in path.read_text().splitlines()] for name, path in tables.items()
    }


def write(archive: Path, rows: Rows, names: Sequence[str]) -> None:
    """As somebody with bad intentions would: the hashes fit."""
    for name in names:
        path = archive / ("people.jsonl" if name == "user" else f"tables/{name}.jsonl")
        path.write_text("".join(json.dumps(row) + "\n" for row in rows[name]))
    write_manifest(archive, {**read_manifest(archive), "files": file_entries(archive)})


class Elsewhere:
    """Everything on the server but what is brought in: rows by the ids that they had, files."""

    def __init__(self) -> None:
        self._limits = {}
        with connection.cursor() as cursor:
            for model in apps.get_app_config("annotation_server").get_models():
                if model._meta.pk.get_internal_type() != "UUIDField":
                    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {quoted(model)}")
                    [self._limits[model]] = cursor.fetchone()
                else:
                    self._limits[model] = None
        self.before = self.print()

    def print(self) -> tuple[Any, ...]:
        parts = [
            f"SELECT '{model._meta.db_table}', md5(coalesce(string_agg(one::text, '|' ORDER BY one::text), ''))"
            f" FROM {quoted(model)} AS one WHERE {'true' if limit is None else f'id <= {limit}'}"
            for model, limit in self._limits.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1")
            rows = cursor.fetchall()
        roots = [Path(getattr(django_settings, name)) for name in ("MEDIA_ROOT", "EXPORTS_ROOT", "RUNS_ROOT")]
        files = sorted(
            (str(path), path.stat().st_size, path.stat().st_mtime_ns)
            for root in roots
            for path in root.rglob("*")
            if path.is_file() and path.parent.name != "turns"  # locks of pictures being made
        )
        return rows, files

    def new(self, model: Any) -> Any:
        """Rows of the model that came since."""
        limit = self._limits[model]
        return model.objects.all() if limit is None else model.objects.filter(pk__gt=limit)


def quoted(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def refuse_what_reaches_out(project: Project, elsewhere: Elsewhere) -> None:
    """Rows that came point at nothing but each other, and nobody who was here is in them."""
    known = User.objects.exclude(pk__in=elsewhere.new(User).values("pk"))
    for table in TABLES:
        for column in table.columns():
            if column.remote_field is not None and column.remote_field.model is User:
                named = table.rows(project).filter(**{f"{column.name}__in": known})
                assert not named.exists(), f"{table.name}.{column.name} names somebody who was here"
        if table.model is not Event:
            assert elsewhere.new(table.model).count() == table.rows(project).count(), table.name
    assert set(table_rows(Event, project).values_list("imported", flat=True)) <= {True}
    assert list(elsewhere.new(Event).exclude(project=project).values_list("verb", flat=True)) == [
        "project.restored"
    ]
    for model in LEFT_OUT:
        assert elsewhere.new(model).count() == 0, model
    for user in elsewhere.new(User):
        assert (user.is_active, user.is_superuser, user.is_staff, user.email) == (False, False, False, "")
        assert not user.has_usable_password()


def table_rows(model: Any, project: Project) -> Any:
    [table] = [one for one in TABLES if one.model is model]
    return table.rows(project)


@cache
def paths() -> list[str]:
    """Every path of the API that can be read."""
    generator: Any = SchemaGenerator
    found = generator().get_schema(request=None, public=True)["paths"]
    return [path for path, verbs in found.items() if "get" in verbs and path.startswith("/api/v1/")]


def addresses(project: Project) -> Iterator[str]:
    """Every address that reads something of the project, and those that hostile rows would open."""
    ids = {
        "rounds": Round.objects.filter(project=project),
        "tasks": Task.objects.filter(round__project=project),
        "images": Image.objects.filter(project=project),
        "captions": Caption.objects.filter(task__round__project=project),
        "captioner-runs": CaptionerRun.objects.filter(project=project),
        "exports": Export.objects.filter(project=project),
    }
    found = {name: list(rows.values_list("pk", flat=True)[:2]) for name, rows in ids.items()}
    for path in paths():
        kind = path.removeprefix("/api/v1/").split("/")[0]
        asked = f"?project={project.slug}&round={found['rounds'][0]}"
        address = path.replace("{slug}", project.slug).replace("{size}", "original")
        if "{id}" in address and kind in found:
            yield from (
                address.replace("{id}", str(pk)).replace("{name}", "passwd") + asked for pk in found[kind]
            )
        elif "{" not in address:
            yield address + asked
    for export in Export.objects.filter(project=project):
        names = [file["name"] for file in (export.manifest or {}).get("files", [])]
        yield from (
            f"/api/v1/exports/{export.pk}/files/{name}" for name in (*names, "/etc/passwd", "manifest.json")
        )


def walk(project: Project, owner: APIClient) -> None:
    for address in addresses(project):
        answer: Any = owner.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code < 500, (address, content[:300])
        assert SECRET not in content, address
        assert not ("/files/" in address and answer.status_code == 200), address
        if "/pixels/" in address:
            assert answer.status_code != 200, address


def _halved(several: Sequence[T]) -> list[Sequence[T]]:
    """None of one."""
    half = len(several) // 2
    return [several[:half], several[half:]] if half else []


class Attack:
    """Brings the archive in with values of one kind at some places; what came is rolled back after a look."""

    def __init__(self, archive: Path, good: Rows, owner: APIClient) -> None:
        self.archive, self.good, self.owner = archive, good, owner
        self.elsewhere = Elsewhere()
        self.taken: dict[Place, list[Any]] = {}
        self.refused: Counter[Place] = Counter()
        self.walks = False

    def everywhere(self, places: Sequence[Place], value: Any) -> None:
        """At all of them at once, or, where that is refused, at each half of them; those that were mostly refused with other
        values, one by one, so that few restores find them."""
        doubtful = [place for place in places if self.refused[place] > len(self.taken.get(place, []))]
        self._halves([place for place in places if place not in doubtful], value)
        for place in doubtful:
            self._halves([place], value)

    def _halves(self, places: Sequence[Place], value: Any) -> None:
        if not places or self.at(places, value):
            return
        if len(places) == 1:
            self.refused[places[0]] += 1
        for half in _halved(places):
            self._halves(half, value)

    def at(self, places: Sequence[Place], value: Any) -> bool:
        """Whether it was taken."""
        taken = self.with_values(dict.fromkeys(places, value))
        for place in places if taken else ():
            self.taken.setdefault(place, []).append(value)
        return taken

    def together(self, values: Sequence[tuple[Place, Any]]) -> None:
        """What was taken one after the other, at once, with a look at every page; halves where they do not go together."""
        if values and not self.with_values(dict(values)):
            for half in _halved(values):
                self.together(half)

    def with_values(self, values: dict[Place, Any]) -> bool:
        rows = {table: [dict(row) for row in found] for table, found in self.good.items()}
        for (table, place, column), value in values.items():
            rows[table][place][column] = value
        changed = sorted({table for table, _, _ in values})
        write(self.archive, rows, changed)
        try:
            with transaction.atomic():
                taken = self._bring()
                transaction.set_rollback(True)
        finally:
            write(self.archive, self.good, changed)
        return taken

    def _bring(self) -> bool:
        project, reason = self._brought()
        assert self.elsewhere.print() == self.elsewhere.before
        assert len(reason) < 1_000
        if project is None:
            assert not Project.objects.filter(slug="twin").exists()
            return False
        refuse_what_reaches_out(project, self.elsewhere)
        if self.walks:
            walk(project, self.owner)
        return True

    def _brought(self) -> tuple[Project | None, str]:
        try:
            return import_archive(folder=self.archive, slug="twin", imported_by=None, progress=quiet), ""
        except Refusal as refusal:
            return None, refusal.message


def is_there(column: Any, value: Any, good: Rows) -> bool:
    """Whether the archive has the row that it names, where it names one."""
    target = column.remote_field and good[column.remote_field.model._meta.db_table]
    return not target or value is None or 1 <= value <= len(target)


def passes(table: Table, row: dict[str, Any], column: str, value: Any) -> bool:
    """Whether the row could be taken by what it says alone; if not, the archive is refused (see the second test)."""
    changed = {**row, column: value}
    try:
        table.detach(changed)
        checked(table=table.name, columns=table.columns())(changed, 1)
    except UnreadableSource:
        return False
    return True


@pytest.fixture
def owner(site: Path, client_of: Callable[[User | None], APIClient]) -> APIClient:
    client = client_of(User.objects.get(username="olga"))
    client.raise_request_exception = False
    return client


def test_one_hostile_value_anywhere_changes_nothing_elsewhere(
    site: Path, owner: APIClient, folders: Path
) -> None:
    good = rows_of(site)
    assert {table.name for table in TABLES} | {"user"} == {name for name, rows in good.items() if rows}
    attack = Attack(site, good, owner)
    assert attack.at([], None), "the archive as it is comes in"
    for name, value in hostile(folders / "secret").items():
        places = [
            (table.name, 0, column.attname)
            for table in TABLES
            for column in table.columns()
            if passes(table, good[table.name][0], column.attname, value) and is_there(column, value, good)
        ]
        attack.everywhere(places, value)
        if name in {"a NUL", "deep", "many"}:
            assert set(places) <= BLANKED, "nothing of it is stored but where it is thrown away"
    assert len(attack.taken) > 60, "most values of a text are only text"
    attack.walks = True
    for turn in range(WALKS):
        numbered = enumerate(attack.taken.items(), start=turn)
        attack.together([(place, values[number % len(values)]) for number, (place, values) in numbered])


def test_what_a_row_says_alone_is_asked_of_every_row(site: Path, owner: APIClient, folders: Path) -> None:
    """Each table's last row with each of these values, in one of the columns that cannot have it: refused as a whole."""
    good = rows_of(site)
    attack = Attack(site, good, owner)
    for number, table in enumerate(TABLES):
        last = len(good[table.name]) - 1
        for value in ({"no": "such thing"}, 2**70, "\x00"):
            wrong = [
                column.attname
                for column in table.columns()
                if not passes(table, good[table.name][last], column.attname, value)
            ]
            if wrong:
                column = wrong[number % len(wrong)]
                assert not attack.at([(table.name, last, column)], value), (table.name, column)


def test_a_person_has_a_name_that_people_have_here(site: Path, owner: APIClient) -> None:
    attack = Attack(site, rows_of(site), owner)
    for name in ("../lizards", "olga\x00", "", "x" * 151, "a b", 5, None, ["olga"], "<b>"):
        assert not attack.at([("user", 0, "username")], name), name
    for column, value in (("is_superuser", True), ("password", "!"), ("email", "a@example.org"), ("id", 1)):
        assert not attack.at([("user", 0, column)], value), column
