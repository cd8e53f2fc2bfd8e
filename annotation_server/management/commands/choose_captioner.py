"""manage.py choose_captioner: how a project's next captioner is trained."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from annotation_server.choices import StartFrom
from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.queries.runs.recipes import recipes
from annotation_server.steps.projects.choose_captioner import choose_captioner


class Command(ServerCommand):
    help = "Choose by which recipe, and from which weights, a project's next captioner is trained; or show what is chosen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is left out stays."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument(
            "--recipe", help="'' is the server's own, CAPTIONER_PRESET; the output lists the others"
        )
        parser.add_argument("--start", choices=StartFrom.values)
        parser.add_argument("--base", metavar="NAME", help="see captioner_bases; '' takes it away")
        parser.add_argument("--by", help="the username of who chooses")

    def run(self, **options: Any) -> None:
        """One step, then what holds."""
        project = project_named(options["project"])
        changes = {name: options[name] for name in ("recipe", "start", "base") if options[name] is not None}
        if changes.get("base") == "":
            changes["base"] = None
        if changes:
            chosen_by = user_named(options["by"]) if options["by"] else None
            project = choose_captioner(project=project, changes=changes, chosen_by=chosen_by)
        recipe = project.captioner_recipe or f"{settings.CAPTIONER_PRESET} (the server's)"
        base = f" '{project.captioner_base.name}'" if project.captioner_base else ""
        self.say(f"Recipe {recipe}; training starts from: {project.captioner_start}{base}.")
        if not changes:
            for one in recipes():
                self.say(f"{one.name:>16}  {one.about}")
