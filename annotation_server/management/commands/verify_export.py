"""manage.py verify_export DIR: is an export whole and unchanged?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from annotation_server.management.base import ServerCommand
from annotation_server.steps.exports.verify_export import verify_export


class Command(ServerCommand):
    help = "Hash every file of an export again and compare with its manifest. Exit code 1 when something differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which folder."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def run(self, **options: Any) -> None:
        """One step."""
        found = verify_export(folder=options["folder"])
        for problem, names in {
            "changed": found.changed,
            "missing": found.missing,
            "added": found.added,
        }.items():
            for name in names:
                self.say(f"{problem}: {name}")
        if not found.is_whole:
            raise CommandError(f"{options['folder']} is not what its manifest says. Export it again.")
        self.say(
            f"{found.row_count:,} rows, every file as the manifest says. Manifest SHA-256 {found.manifest_sha256}."
        )
