"""manage.py import_images SOURCE --project SLUG: images and their texts from a file or folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.choices import Role
from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.ledger import Kind
from annotation_server.formats.readers.source import COLUMN_UNKNOWN
from annotation_server.intake.import_report import Checkpoint, ImportReport
from annotation_server.intake.row_journal import RowJournal
from annotation_server.management.base import CommandProgress, ServerCommand, project_named, user_named
from annotation_server.management.declared_arguments import Spelled, add_options, given_options
from annotation_server.models import Project, User
from annotation_server.options.import_images import ImportChoices, import_options
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.create_project import create_project, set_role

SHOWN_ROWS = 20
OWNERS_SHOWN = 3


class Command(ServerCommand):
    help = "Import images and their texts. What is there already is passed over, so a stopped import is simply run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to import, where to, and what its rows do not say themselves."""
        parser.add_argument(
            "place",
            metavar="source",
            help="a file, a folder, a zip or tar, hf://OWNER/NAME or s3://BUCKET/PREFIX; its content says its format",
        )
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the project if there is none")
        parser.add_argument(
            "--owner",
            default="",
            metavar="NAME",
            help="the person who is to run the project: becomes its admin",
        )
        add_options(
            parser,
            declaration=ImportChoices,
            spelled={"columns": Spelled(("--column",), metavar="COLUMN=FIELD")},
        )
        parser.add_argument("--report", type=Path, help="write the whole report there as JSON")
        parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
        parser.add_argument(
            "--rows", type=Path, metavar="FILE", help="write every row's outcome there as CSV"
        )

    def run(self, **options: Any) -> None:
        """Import, then say what became of the rows."""
        choices = given_options(declaration=ImportChoices, given=options)
        project = self._project(slug=options["project"], create=options["create"], owner=options["owner"])
        with CommandProgress(unit="rows") as progress:
            report = import_images(
                project=project,
                source=options["place"],
                imported_by=None,
                options=import_options(choices),
                progress=progress,
                checkpoint=_journaled(options["rows"]) if options["rows"] else None,
            )
        found = report.as_json()
        if options["report"]:
            options["report"].write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        if options["json"]:
            self.say(json.dumps(found))
        else:
            self._tell(found)
        if report.nothing_came_in:
            raise UnreadableSource("Nothing came in: no row of the source could be taken.")

    def _project(self, *, slug: str, create: bool, owner: str) -> Project:
        """The project, made if it is asked for, with its owner in it. Says who can see a new one."""
        admin = user_named(owner) if owner else None
        is_new = create and not Project.objects.filter(slug=slug).exists()
        project = create_project(slug=slug, name=slug, created_by=admin) if is_new else project_named(slug)
        if admin is not None:
            set_role(project=project, user=admin, role=Role.ADMIN, set_by=None)
        if is_new:
            self.note(f"Project '{slug}' is new. {_who_sees(admin)}")
        return project

    def _tell(self, found: dict[str, Any]) -> None:
        self.say(
            f"{found['rows']:,} rows ({found['format']}): {found['imported']:,} imported, {found['already_there']:,} already "
            f"there, {found['refused']:,} refused; {found['alt_texts']:,} alt-texts and {found['captions']:,} captions added."
        )
        if found["columns"]:
            meanings = (
                f"{column} → {field}{_where(found['spare_columns'].get(column))}"
                for column, field in found["columns"].items()
            )
            self.say("Columns: " + ", ".join(meanings))
        if found["unknown_columns"]:
            self.say("Not used: " + ", ".join(found["unknown_columns"]) + " (--column NAME=FIELD to use one)")
        for page in found["account"]:
            self._tell_left(page)
        for row in (found["refusals"] + found["notes"])[:SHOWN_ROWS]:
            self.say(f"  row {row['row']}, {row['name']}: {row.get('reason') or row['note']}")
        if found["refused"] > SHOWN_ROWS:
            for reason, count in list(found["reasons"].items())[:SHOWN_ROWS]:
                self.say(f"  {count:,} × {reason} First: {found['examples'].get(reason, '')}")

    def _tell_left(self, page: dict[str, Any]) -> None:
        """What of one kind was not used. Columns that mean nothing are named all together."""
        for left in page["reasons"]:
            if page["kind"] == Kind.COLUMN and left["reason"] == COLUMN_UNKNOWN:
                continue
            kind = page["kind"] if left["count"] == 1 else f"{page['kind']}s"
            example = f" First: {left['example']}" if left["example"] else ""
            self.say(f"Not used: {left['count']:,} {kind}. {left['reason']}{example}")


def _who_sees(admin: User | None) -> str:
    if admin is not None:
        return f"{admin.username} is its admin and sees it."
    owners = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    named = ", ".join(owners.values_list("username", flat=True)[:OWNERS_SHOWN])
    who = (
        f"Only owners of the site see it ({named})"
        if named
        else "Nobody sees it, because it has no member yet"
    )
    return f"{who}. Give it an admin: run this again with --owner NAME."


def _where(other: str | None) -> str:
    """A column that only fills in for another."""
    return f" (only where '{other}' is empty)" if other else ""


def _journaled(path: Path) -> Checkpoint:
    journal = RowJournal(path)
    return Checkpoint(report=ImportReport(journal=journal), save=lambda report: journal.flush())
