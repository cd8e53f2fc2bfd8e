"""manage.py withdraw_image PROJECT IMAGE --reason …: take an image down at its source's request."""

from argparse import ArgumentParser
from typing import Any

from django.db.models import Q

from annotation_server.errors import NotFound
from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.models import Image
from annotation_server.places import archive_file
from annotation_server.steps.images.withdraw_image import withdraw_image


class Command(ServerCommand):
    help = (
        "Take an image down: it is no longer served, handed out, exported or trained on. Lists the exports and archives that "
        "have it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which image, and on whose wish."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("image", help="its SHA-256, its address or its page's, or the source's own id")
        parser.add_argument("--reason", required=True, help="who asked and why; kept in the audit log")
        parser.add_argument("--by", help="the username of who does it")

    def run(self, **options: Any) -> None:
        """One step for each image of that name."""
        project, name = project_named(options["project"]), options["image"]
        named = Q(sha256=name) | Q(image_url=name) | Q(page_url=name) | Q(source_key=name)
        images = list(Image.objects.filter(named, project=project).select_related("project"))
        if not images:
            raise NotFound(
                f"Project '{project.slug}' has no image '{name}'. Give its SHA-256, address or source id."
            )
        by = user_named(options["by"]) if options["by"] else None
        for image in images:
            done = withdraw_image(image=image, reason=options["reason"], withdrawn_by=by)
            self.say(f"{image.sha256} is taken down; {done.tasks} open tasks cancelled.")
            for export in done.exports:
                self.say(
                    f"  It is in export {export.pk}: round {export.round.number}, {export.format}, {export.folder}"
                )
            for archive in done.archives:
                path = archive_file(archive_id=archive.id, slug=project.slug)
                state = "has" if archive.finished_at else "is being written and may have"
                self.say(f"  Archive {archive.id} {state} its picture, remove it: {path}")
