"""manage.py launch_round: open the next round of a project."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.management.declared_arguments import Spelled, add_options, given_options
from annotation_server.models import Project, Task
from annotation_server.options.launch_round import LaunchChoices, RoundSettings
from annotation_server.queries.rounds.round_settings import round_settings
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.rounds.launch_round import launch_round


class Command(ServerCommand):
    help = "Open the next round of a project: one task per image and annotator slot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The choices that an admin makes in the browser."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument(
            "number", nargs="?", type=int, help="refuse unless the next round has this number"
        )
        add_options(
            parser,
            declaration=LaunchChoices,
            spelled={
                "people": Spelled(("--for",), help="Only for this person (again for more).", metavar="NAME"),
                "cohorts": Spelled(("--cohort",), metavar="NAME=SHARE"),
            },
        )
        parser.add_argument("--preview", action="store_true", help="only say what would be created")
        parser.add_argument("--by", help="the username of who launches it")

    def run(self, **options: Any) -> None:
        """One step, or one look."""
        choices = given_options(declaration=LaunchChoices, given=options)
        project = project_named(options["project"])
        settings = round_settings(project=project, choices=choices)
        if options["preview"]:
            self._preview(project, settings)
            return
        round = launch_round(
            project=project,
            number=options["number"],
            settings=settings,
            launched_by=user_named(options["by"]) if options["by"] else None,
        )
        tasks = Task.objects.filter(round=round).count()
        self.say(f"Round {round.number} of {options['project']} is open with {tasks:,} tasks.")

    def _preview(self, project: Project, settings: RoundSettings) -> None:
        preview = launch_preview(project=project, settings=settings)
        self.say(
            f"{preview.tasks:,} tasks on {preview.images:,} images: {preview.from_alt_text:,} from alt-texts, "
            f"{preview.from_previous_caption:,} from previous captions, {preview.from_draft:,} from drafts, "
            f"{preview.control:,} in the control arm. {preview.checks:,} check tasks come on top."
        )
        for warning in preview.warnings:
            self.say(f"Note: {warning}")
        for task in preview.first:
            self.say(f"  image {task['image']}: {task['starting_text']!r} ({task['starting_source']})")
