"""manage.py reset_second_factor: a phone was lost, and the recovery codes too."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, user_named
from annotation_server.steps.people.reset_second_factor import reset_second_factor


class Command(ServerCommand):
    help = (
        "Remove a person's authenticator app, passkeys and recovery codes. Make sure that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def run(self, **options: Any) -> None:
        """One step."""
        removed = reset_second_factor(user=user_named(options["username"]), reset_by=None)
        self.say(f"Removed {removed}. Next: manage.py sign_in_links {options['username']}")
