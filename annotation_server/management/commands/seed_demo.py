"""manage.py seed_demo: the demo's people and its two projects, each open in round 1. Safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from annotation_server.choices import StartingText
from annotation_server.demo_data import photographs, scenes
from annotation_server.demo_data.people import DEMO_PEOPLE, DEMO_PROJECTS
from annotation_server.management.base import CommandProgress, ServerCommand
from annotation_server.models import Image, Project, Round, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.rounds.launch_round import launch_round

FOLDER = settings.VAR / "demo"


class Command(ServerCommand):
    help = "Make the demo's people and projects (Photographs, Scenes), each open in round 1. What is there stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many scenes to render."""
        parser.add_argument("--scenes", type=int, default=scenes.COUNT, help="how many scenes to render")

    def run(self, **options: Any) -> None:
        """What is missing is made; a second run finds everything there."""
        people = {name: add_person(username=name) for name in DEMO_PEOPLE}
        if not Project.objects.filter(slug="photographs", rounds__number=1).exists():
            manifest = photographs.write_photographs_manifest(folder=FOLDER / "photographs")
            self._project("photographs", "Photographs", photographs.GUIDELINES, str(manifest), people)
        if not Project.objects.filter(slug="scenes", rounds__number=1).exists():
            manifest = scenes.render_scenes(folder=FOLDER / "scenes", count=options["scenes"])
            self._project("scenes", "Scenes", scenes.GUIDELINES, str(manifest), people)
        for project in Project.objects.filter(slug__in=DEMO_PROJECTS).order_by("slug"):
            images = Image.objects.filter(project=project).count()
            round = Round.objects.filter(project=project).order_by("-number").first()
            state = f"round {round.number} is {round.state}" if round else "no round yet"
            self.say(f"{project.name}: {images} images, {state}.")

    def _project(self, slug: str, name: str, guidelines: str, manifest: str, people: dict[str, User]) -> None:
        project = Project.objects.filter(slug=slug).first() or create_project(
            slug=slug, name=name, guidelines=guidelines, created_by=None
        )
        for username, user in people.items():
            set_role(project=project, user=user, role=DEMO_PEOPLE[username], set_by=None)
        with CommandProgress(unit="images") as progress:
            import_images(
                project=project, source=manifest, imported_by=None, options=ImportOptions(), progress=progress
            )
        launch_round(
            project=project, settings=RoundSettings(starting_text=StartingText.ALT_TEXT), launched_by=None
        )
