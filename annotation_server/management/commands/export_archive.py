"""manage.py export_archive PROJECT --output DIR: the whole project, to be imported into another server without loss."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.management.base import CommandProgress, ServerCommand, project_named
from annotation_server.releases.archive import file_count
from annotation_server.steps.archives.export_archive import export_archive


class Command(ServerCommand):
    help = "Write every row and picture of a project into a folder; import_archive makes the same project of it elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which project, where to, and what may stay behind."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--output", required=True, metavar="DIR", type=Path, help="a new or empty folder")
        parser.add_argument("--no-pictures", action="store_true", help="rows only")
        parser.add_argument("--checkpoints", action="store_true", help="with the weights of its captioners")

    def run(self, **options: Any) -> None:
        """One step."""
        with CommandProgress(unit="") as progress:
            manifest = export_archive(
                project=project_named(options["project"]),
                folder=options["output"].absolute(),
                pictures=not options["no_pictures"],
                checkpoints=options["checkpoints"],
                exported_by=None,
                progress=progress,
            )
        self.say(
            f"{manifest['row_count']:,} rows of {len(manifest['tables'])} tables and {file_count(manifest):,} files "
            f"in {options['output']}."
        )
