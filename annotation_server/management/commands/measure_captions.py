"""manage.py measure_captions PROJECT NUMBER: have a worker measure a round's captions for its report."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, project_named, round_numbered
from annotation_server.steps.rounds.measure_captions import request_measures


class Command(ServerCommand):
    help = (
        "Queue a job that compares a round's captions with their images and with each other: then the round's report has "
        "CLIP score, CIDEr-D and agreement in meaning."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which round."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("number", type=int, help="the round's number")

    def run(self, **options: Any) -> None:
        """One step."""
        round = round_numbered(project_named(options["project"]), options["number"])
        job = request_measures(round=round, requested_by=None)
        self.say(f"Job {job.pk} is queued; a worker of the captioner does it.")
