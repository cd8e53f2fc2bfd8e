"""manage.py add_person: a user, their role in a project, and a link to sign in with."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.choices import Role
from annotation_server.management.base import ServerCommand, project_named
from annotation_server.management.web_server import add_url_argument, no_server_note
from annotation_server.models import User
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from annotation_server.steps.projects.create_project import set_role


class Command(ServerCommand):
    help = "Add a person (without a password), give them a role, and print a one-time sign-in link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, where, as what."""
        parser.add_argument("username")
        parser.add_argument("--project", help="the project's slug")
        parser.add_argument("--role", choices=Role.values, default=Role.ANNOTATOR)
        parser.add_argument("--owner", action="store_true", help="make them the site's owner")
        add_url_argument(parser)

    def run(self, **options: Any) -> None:
        """Add, set the role, print the link."""
        project = project_named(options["project"]) if options["project"] else None
        user: User = add_person(username=options["username"], owner=options["owner"])
        if project is not None:
            set_role(project=project, user=user, role=Role(options["role"]), set_by=None)
        self.say(f"{options['url']}/sign-in/{make_sign_in_link(user=user)}")
        self.note(no_server_note(url=options["url"]))
