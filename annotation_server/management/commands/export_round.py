"""manage.py export_round PROJECT N --format F --output DIR: a round as a dataset with a manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.choices import Split
from annotation_server.errors import InvalidSettings
from annotation_server.management.base import CommandProgress, ServerCommand, project_named, round_numbered
from annotation_server.queries.exports.export_changes import ChangeKind
from annotation_server.reach.s3 import SCHEME
from annotation_server.releases.release import point_latest_at
from annotation_server.steps.exports.export_round import FORMATS, TEXTS, ExportOptions, export_round


class Command(ServerCommand):
    help = "Write a round as a dataset. The same rows and options give the same bytes; _manifest.json has every file's SHA-256."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which round, in which format, where to, and which rows."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("number", type=int, help="the round's number")
        parser.add_argument("--format", default="jsonl", choices=FORMATS)
        parser.add_argument(
            "--output", required=True, metavar="DIR", help="a new or empty folder, or s3://BUCKET/PREFIX"
        )
        parser.add_argument(
            "--latest", action="store_true", help="let `latest` beside the folder lead to this export"
        )
        parser.add_argument(
            "--images", action="store_true", help="with the pictures (upright, without metadata)"
        )
        parser.add_argument(
            "--text",
            default="caption",
            choices=TEXTS,
            help="people's captions, or the drafts of the captioner they trained",
        )
        parser.add_argument(
            "--mix",
            type=float,
            metavar="P",
            help="that text with probability P, else the image's first alt-text",
        )
        parser.add_argument("--mix-seed", type=int, default=0, help="another seed draws other images")
        parser.add_argument("--all", action="store_true", help="also captions that wait for a verdict")
        parser.add_argument("--control", action="store_true", help="also captions of the round's control arm")
        parser.add_argument(
            "--bom",
            action="store_true",
            help="csv begins with a byte order mark, so that spreadsheets read UTF-8",
        )
        parser.add_argument("--split", action="append", default=[], choices=Split.values)
        parser.add_argument("--source", action="append", default=[], help="only images of this source")
        parser.add_argument("--domain", action="append", default=[], help="only images of this domain")

    def run(self, **options: Any) -> None:
        """One step."""
        project, output = project_named(options["project"]), options["output"]
        if options["latest"] and str(output).startswith(SCHEME):
            raise InvalidSettings("--latest is for folders: object storage has no links.")
        with CommandProgress(unit="images") as progress:
            export = export_round(
                project=project,
                round=round_numbered(project, options["number"]),
                format=options["format"],
                folder=output if str(output).startswith(SCHEME) else Path(output).absolute(),
                options=ExportOptions(
                    images=options["images"],
                    text=options["text"],
                    mix=options["mix"],
                    mix_seed=options["mix_seed"],
                    accepted_only=not options["all"],
                    control=options["control"],
                    byte_order_mark=options["bom"],
                    splits=options["split"],
                    sources=options["source"],
                    domains=options["domain"],
                ),
                requested_by=None,
                progress=progress,
            )
        if export.changes:
            counts = ", ".join(f"{export.changes[kind]:,} {kind}" for kind in ChangeKind)
            self.say(f"Since export {export.previous_id}: {counts}.")
        if options["latest"]:
            self.say(f"{point_latest_at(Path(output).absolute())} leads to it.")
        self.say(f"{export.row_count:,} images in {output}; manifest {export.manifest_sha256[:16]}…")
