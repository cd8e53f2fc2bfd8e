"""manage.py embed_images PROJECT: have a worker make the project's images comparable, with each other and their alt-texts."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, project_named
from annotation_server.steps.images.embed_images import request_embeddings


class Command(ServerCommand):
    help = (
        "Queue a job that embeds the images that are not yet: then the images' pages show more like this, and a round can "
        "start with the alt-texts that fit their images least."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which project."""
        parser.add_argument("project", help="the project's slug")

    def run(self, **options: Any) -> None:
        """One step."""
        job = request_embeddings(project=project_named(options["project"]), requested_by=None)
        self.say(f"Job {job.pk} is queued; a worker of the captioner does it.")
