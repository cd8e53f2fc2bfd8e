"""manage.py import_archive DIR: a project as export_archive wrote it, on this server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.management.base import CommandProgress, ServerCommand
from annotation_server.steps.import_archive import import_archive


class Command(ServerCommand):
    help = "Make a project of an archive. People whom it names and who are not here become inactive accounts; invite them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive, and under which name."""
        parser.add_argument("folder", type=Path, help="what export_archive wrote")
        parser.add_argument("--project", default="", metavar="SLUG", help="another name than it had")

    def run(self, **options: Any) -> None:
        """One step."""
        with CommandProgress(unit="") as progress:
            project = import_archive(
                folder=options["folder"].absolute(),
                slug=options["project"],
                imported_by=None,
                progress=progress,
            )
        self.say(f"Project '{project.slug}' is here.")
