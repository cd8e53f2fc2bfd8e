"""manage.py import_images SOURCE --project SLUG: images and their texts from a file or folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.choices import Split
from annotation_server.errors import InvalidSettings
from annotation_server.formats.import_report import Checkpoint, ImportReport
from annotation_server.formats.readers import READERS
from annotation_server.formats.row_journal import RowJournal
from annotation_server.management.base import CommandProgress, ServerCommand, project_named
from annotation_server.models import Project
from annotation_server.steps.create_project import create_project
from annotation_server.steps.import_images import ImportOptions, import_images

SHOWN_ROWS = 20


class Command(ServerCommand):
    help = "Import images and their texts. What is there already is passed over, so a stopped import is simply run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to import, where to, and what its rows do not say themselves."""
        parser.add_argument(
            "source", help="a file, a folder or s3://BUCKET/PREFIX; its format is recognised by its content"
        )
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the project if there is none")
        parser.add_argument("--format", default="", choices=READERS, help="only where it is not recognised")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column means, where the guess is wrong: --column caption=alt_texts",
        )
        parser.add_argument("--domain", default="", help="for rows that say none; so are the next three")
        parser.add_argument("--source", dest="row_source", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--split", default="", choices=Split.values)
        parser.add_argument(
            "--repair-texts", action="store_true", help="undo wrong decodings (mojibake) and HTML entities"
        )
        parser.add_argument("--report", type=Path, help="write the whole report there as JSON")
        parser.add_argument(
            "--rows", type=Path, metavar="FILE", help="write every row's outcome there as CSV"
        )

    def run(self, **options: Any) -> None:
        """Import, then say what became of the rows."""
        with CommandProgress(unit="rows") as progress:
            report = import_images(
                project=_project(slug=options["project"], create=options["create"]),
                source=options["source"],
                imported_by=None,
                options=ImportOptions(
                    format=options["format"],
                    columns=_columns(options["column"]),
                    domain=options["domain"],
                    source=options["row_source"],
                    licence=options["licence"],
                    split=options["split"],
                    repair_texts=options["repair_texts"],
                ),
                progress=progress,
                checkpoint=_journaled(options["rows"]) if options["rows"] else None,
            )
        self._tell(report)
        if options["report"]:
            options["report"].write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")

    def _tell(self, report: ImportReport) -> None:
        found = report.as_json()
        self.say(
            f"{found['rows']:,} rows ({found['format']}): {found['imported']:,} imported, {found['already_there']:,} already "
            f"there, {found['refused']:,} refused; {found['alt_texts']:,} alt-texts added."
        )
        if found["columns"]:
            self.say(
                "Columns: " + ", ".join(f"{column} → {field}" for column, field in found["columns"].items())
            )
        if found["unknown_columns"]:
            self.say("Not used: " + ", ".join(found["unknown_columns"]) + " (--column NAME=FIELD to use one)")
        for row in (found["refusals"] + found["notes"])[:SHOWN_ROWS]:
            self.say(f"  row {row['row']}, {row['name']}: {row.get('reason') or row['note']}")
        if found["refused"] > SHOWN_ROWS:
            for reason, count in list(found["reasons"].items())[:SHOWN_ROWS]:
                self.say(f"  {count:,} × {reason}")


def _project(*, slug: str, create: bool) -> Project:
    if create and not Project.objects.filter(slug=slug).exists():
        return create_project(slug=slug, name=slug, created_by=None)
    return project_named(slug)


def _journaled(path: Path) -> Checkpoint:
    journal = RowJournal(path)
    return Checkpoint(report=ImportReport(journal=journal), save=lambda report: journal.settle())


def _columns(pairs: list[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        column, equals, field = pair.partition("=")
        if not (column and equals and field):
            raise InvalidSettings(f"--column {pair}: write COLUMN=FIELD.")
        columns[column] = field
    return columns
