"""manage.py walk_the_loop: the product's smoke test."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from annotation_server.choices import Role
from annotation_server.demo_data.people import DEMO_PEOPLE
from annotation_server.demo_data.scenes import known_by_sha256, render_scenes
from annotation_server.management.base import CommandProgress, ServerCommand
from annotation_server.management.web_server import add_url_argument, require_server
from annotation_server.models import Draft, Image, Project, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.walk.claims import claims_row
from annotation_server.walk.client import Client
from annotation_server.walk.loop import People, walk_round
from annotation_server.walk.table import as_table, round_row

ANNOTATORS = 3


class Command(ServerCommand):
    help = (
        "Walk the whole loop without a browser: scripted people annotate rendered scenes over HTTP against a running "
        "server, round after round, with the captioner retrained and drafting in between. Prints a table per round."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far, how much, where."""
        add_url_argument(parser)
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--scenes", type=int, default=480, help="how many scenes to render")
        parser.add_argument("--seed", type=int, default=7, help="of the scenes and of the people's mistakes")
        parser.add_argument(
            "--preset",
            default="",
            choices=settings.CAPTIONER_PRESETS,
            help="the captioner's preset (default: CAPTIONER_PRESET)",
        )
        parser.add_argument(
            "--patience", type=float, default=1200, help="seconds that a round's jobs may take"
        )
        parser.add_argument("--json", type=Path, help="also write the rows to this file")

    def run(self, **options: Any) -> None:
        """A fresh project, its people, and round after round."""
        require_server(url=options["url"])
        manifest = render_scenes(
            folder=settings.VAR / "walk" / f"scenes-{options['seed']}-{options['scenes']}",
            count=options["scenes"],
            seed=options["seed"],
        )
        project = self._project(preset=options["preset"], manifest=manifest)
        people = self._people(project=project, url=options["url"])
        by_hash = known_by_sha256(manifest=manifest)
        images = Image.objects.filter(project=project).values_list("pk", "sha256")
        known = {pk: by_hash[sha256] for pk, sha256 in images}
        truths = {pk: scene.truth for pk, scene in known.items()}
        rows = []
        for number in range(1, options["rounds"] + 1):
            walked = walk_round(
                people=people,
                project=project.slug,
                number=number,
                truths=truths,
                say=self.say,
                patience=options["patience"],
            )
            rows.append(round_row(walked))
            if walked.run and walked.run["draft_count"]:
                drafts = Draft.objects.filter(draft_set__run=walked.run["id"]).values_list("image_id", "text")
                rows[-1]["claims"] = claims_row(texts=dict(drafts), known=known)
            if walked.run and walked.run["error"]:
                raise CommandError(f"The captioner run of round {number} failed: {walked.run['error']}")
        for line in ("", *as_table(rows).splitlines()):
            self.say(line)
        if options["json"]:
            options["json"].write_text(json.dumps({"project": project.slug, "rounds": rows}, indent=1) + "\n")

    def _project(self, *, preset: str, manifest: Path) -> Project:
        taken = Project.objects.filter(slug__startswith="walk-").count()
        project = create_project(slug=f"walk-{taken + 1}", name=f"Walk {taken + 1}", created_by=None)
        Project.objects.filter(pk=project.pk).update(captioner_recipe=preset)
        with CommandProgress(unit="images") as progress:
            import_images(
                project=project,
                source=str(manifest),
                imported_by=None,
                options=ImportOptions(),
                progress=progress,
            )
        return project

    def _people(self, *, project: Project, url: str) -> People:
        names = {
            "walk-admin": Role.ADMIN,
            "walk-reviewer": Role.REVIEWER,
            **{f"walk-annotator-{n + 1}": Role.ANNOTATOR for n in range(ANNOTATORS)},
        }
        for user in User.objects.filter(username__in=DEMO_PEOPLE):  # so that they can watch in the browser
            set_role(project=project, user=user, role=DEMO_PEOPLE[user.username], set_by=None)
        clients = {}
        for name, role in names.items():
            user = add_person(username=name)
            set_role(project=project, user=user, role=role, set_by=None)
            clients[name] = Client(
                url=url, token=make_api_token(user=user, name=f"walk of {project.slug}", days=1)
            )
        return People(
            admin=clients["walk-admin"],
            reviewer=clients["walk-reviewer"],
            annotators=[(name, clients[name]) for name, role in names.items() if role == Role.ANNOTATOR],
        )
