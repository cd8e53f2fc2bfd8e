"""manage.py make_api_token: a key for a program, shown once."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.choices import TokenScope
from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.steps.people.make_api_token import make_api_token


class Command(ServerCommand):
    help = "Make an API token for a user. It is shown this once; the database keeps its hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, what for, and its limits."""
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument(
            "--scope", choices=TokenScope.values, default=TokenScope.ADMIN, help="the most that it allows"
        )
        parser.add_argument("--project", help="the only project it is for (default: all of the user's)")
        parser.add_argument("--days", type=int, help="how long it lasts (default: until it is revoked)")

    def run(self, **options: Any) -> None:
        """One step."""
        secret = make_api_token(
            user=user_named(options["username"]),
            name=options["name"],
            scope=TokenScope(options["scope"]),
            project=project_named(options["project"]) if options["project"] else None,
            days=options["days"],
        )
        self.say(secret)
