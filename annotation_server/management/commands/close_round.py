"""manage.py close_round: close a round; training, evaluation and drafts follow as jobs."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, project_named, round_numbered, user_named
from annotation_server.steps.rounds.close_round import check_closing, close_round


class Command(ServerCommand):
    help = "Close a round: unfinished tasks are cancelled, submitted ones accepted, and the captioner is trained."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which round."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("number", type=int, help="the round's number")
        parser.add_argument("--check", action="store_true", help="only say what closing would do")
        parser.add_argument("--by", help="the username of who closes it")

    def run(self, **options: Any) -> None:
        """One step."""
        round = round_numbered(project_named(options["project"]), options["number"])
        check = check_closing(round=round)
        self.say(
            f"{check.unfinished:,} tasks unfinished, {check.waiting_for_review:,} waiting for review, "
            f"{check.flagged:,} flagged, {check.accepted_if_closed:,} captions accepted if closed."
        )
        if options["check"]:
            return
        job = close_round(round=round, closed_by=user_named(options["by"]) if options["by"] else None)
        self.say(
            f"Round {round.number} is closing. Job {job.pk} freezes its training set; a captioner run follows."
        )
