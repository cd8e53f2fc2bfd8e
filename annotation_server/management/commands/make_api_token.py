"""manage.py make_api_token: a key for a program, shown once."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, user_named
from annotation_server.steps.make_api_token import make_api_token


class Command(ServerCommand):
    help = "Make an API token for a user. It is shown this once; the database keeps its hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and what for."""
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what it is for")

    def run(self, **options: Any) -> None:
        """One step."""
        self.say(make_api_token(user=user_named(options["username"]), name=options["name"]))
