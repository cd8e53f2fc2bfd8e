"""manage.py caption_images PROJECT RUN: have a worker caption the project's images with a captioner run."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.errors import NotFound
from annotation_server.management.base import ServerCommand, project_named
from annotation_server.management.declared_arguments import Spelled, add_options, given_options
from annotation_server.models import CaptionerRun
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.steps.runs.caption_images import request_captions


class Command(ServerCommand):
    help = "Queue a job that captions the project's images in bulk; the result is an export with a manifest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which run, and what it sees."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("run", type=int, help="the captioner run's number")
        without = Spelled(("--without-alt-text",), help="From the pictures alone.")
        add_options(parser, declaration=CaptioningChoices, spelled={"with_alt_text": without})

    def run(self, **options: Any) -> None:
        """One step."""
        project, number = project_named(options["project"]), options["run"]
        run = CaptionerRun.objects.filter(project=project, number=number).first()
        if run is None:
            raise NotFound(f"Project '{project.slug}' has no captioner run {number}.")
        export = request_captions(
            run=run,
            choices=given_options(declaration=CaptioningChoices, given=options),
            requested_by=None,
        )
        self.say(f"Export {export.pk} is queued; a worker of the captioner writes it.")
