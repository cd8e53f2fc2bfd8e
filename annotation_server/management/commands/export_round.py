"""manage.py export_round PROJECT N --format F --output DIR: a round as a dataset with a manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.errors import InvalidSettings
from annotation_server.management.base import CommandProgress, ServerCommand, project_named, round_numbered
from annotation_server.management.declared_arguments import Spelled, add_options, given_options
from annotation_server.options.export_round import ExportAsked
from annotation_server.queries.exports.export_changes import ChangeKind
from annotation_server.reach.s3 import SCHEME
from annotation_server.releases.release import point_latest_at
from annotation_server.steps.exports.export_round import export_round


class Command(ServerCommand):
    help = "Write a round as a dataset. The same rows and options give the same bytes; _manifest.json has every file's SHA-256."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which round, in which format, where to, and which rows."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("number", type=int, help="the round's number")
        parser.add_argument(
            "--output", required=True, metavar="DIR", help="a new or empty folder, or s3://BUCKET/PREFIX"
        )
        parser.add_argument(
            "--latest", action="store_true", help="let `latest` beside the folder lead to this export"
        )
        add_options(
            parser,
            declaration=ExportAsked,
            spelled={
                "accepted_only": Spelled(("--all",), help="Also captions that wait for a verdict."),
                "byte_order_mark": Spelled(("--bom", "--byte-order-mark")),
            },
        )

    def run(self, **options: Any) -> None:
        """One step."""
        asked = given_options(declaration=ExportAsked, given=options)
        project, output = project_named(options["project"]), options["output"]
        if options["latest"] and str(output).startswith(SCHEME):
            raise InvalidSettings("--latest is for folders: object storage has no links.")
        with CommandProgress(unit="images") as progress:
            export = export_round(
                project=project,
                round=round_numbered(project, options["number"]),
                format=asked.format,
                folder=output if str(output).startswith(SCHEME) else Path(output).absolute(),
                options=asked,
                requested_by=None,
                progress=progress,
            )
        if export.changes:
            counts = ", ".join(f"{export.changes[kind]:,} {kind}" for kind in ChangeKind)
            self.say(f"Since export {export.previous_id}: {counts}.")
        if options["latest"]:
            self.say(f"{point_latest_at(Path(output).absolute())} leads to it.")
        self.say(f"{export.row_count:,} images in {output}; manifest {export.manifest_sha256[:16]}…")
