"""manage.py find_phrases: the concrete phrases of a project's alt-texts."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import CommandProgress, ServerCommand, project_named
from annotation_server.steps.images.find_phrases import find_phrases


class Command(ServerCommand):
    """One step."""

    help = "Find the concrete phrases of alt-texts that came in before imports did that themselves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which project."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument(
            "--again",
            action="store_true",
            help="also where they were found, as after a change of the language",
        )

    def run(self, **options: Any) -> None:
        """All of them."""
        project = project_named(options["project"])
        with CommandProgress(unit="texts") as progress:
            count = find_phrases(project=project, again=options["again"], progress=progress)
        self.say(f"Looked through {count:,} alt-texts.")
