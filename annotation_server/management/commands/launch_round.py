"""manage.py launch_round: open the next round of a project."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.choices import StartingText
from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.models import Task
from annotation_server.steps.launch_round import RoundSettings, launch_round


class Command(ServerCommand):
    help = "Open the next round of a project: one task per image and annotator slot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The choices that an admin makes in the browser."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument(
            "number", nargs="?", type=int, help="refuse unless the next round has this number"
        )
        parser.add_argument(
            "--starting-text", choices=StartingText.values, default=StartingText.PREVIOUS_CAPTION
        )
        parser.add_argument("--annotators-per-image", type=int, default=1)
        parser.add_argument(
            "--review-share", type=float, default=0.0, help="share of submissions to review, 0 to 1"
        )
        parser.add_argument("--lease-minutes", type=int, default=30)
        parser.add_argument("--own-previous-allowed", action="store_true")
        parser.add_argument("--by", help="the username of who launches it")

    def run(self, **options: Any) -> None:
        """One step."""
        round = launch_round(
            project=project_named(options["project"]),
            number=options["number"],
            settings=RoundSettings(
                starting_text=StartingText(options["starting_text"]),
                annotators_per_image=options["annotators_per_image"],
                review_share=options["review_share"],
                lease_minutes=options["lease_minutes"],
                own_previous_allowed=options["own_previous_allowed"],
            ),
            launched_by=user_named(options["by"]) if options["by"] else None,
        )
        tasks = Task.objects.filter(round=round).count()
        self.say(f"Round {round.number} of {options['project']} is open with {tasks:,} tasks.")
